// On a phone one part of the page is shown at a time, chosen at the bottom; on a wide screen all of them, without tabs.

/** Binds the buttons [data-view] of a bar; returns a function that shows a view by name. */
export function bindViewTabs(bar) {
  const buttons = [...bar.querySelectorAll('[data-view]')];

  function show(view) {
    document.body.dataset.view = view;
    for (const button of buttons) {
      if (button.dataset.view === view) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  }

  for (const button of buttons) button.addEventListener('click', () => show(button.dataset.view));
  show('map');
  return show;
}
