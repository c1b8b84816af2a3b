// Two lists share the place beside the map: the sensors, and what stands in the register.

/** Binds the tabs [role=tab] of a bar (ARIA's pattern: arrows move between them); returns a function that shows one. */
export function bindListTabs(bar, onShow) {
  const tabs = [...bar.querySelectorAll('[role="tab"]')];

  function show(name, takeFocus = false) {
    for (const tab of tabs) {
      const chosen = tab.dataset.list === name;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
      if (chosen && takeFocus) tab.focus();
    }
    onShow(name);
  }

  for (const tab of tabs) tab.addEventListener('click', () => show(tab.dataset.list));
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const index = tabs.indexOf(document.activeElement);
    show(tabs[(index + step + tabs.length) % tabs.length].dataset.list, true);
  });
  return show;
}
