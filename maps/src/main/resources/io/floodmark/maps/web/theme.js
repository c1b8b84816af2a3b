// Light or dark: as the system says, until the reader chooses otherwise.

const STORED_AS = 'floodmark.theme';

/** Binds the switch; returns a function that words it anew after a change of language. */
export function bindThemeSwitch(button, language) {
  const root = document.documentElement;
  const label = button.querySelector('.label');
  const system = window.matchMedia('(prefers-color-scheme: dark)');

  function show(dark) {
    root.dataset.theme = dark ? 'dark' : 'light';
    const text = language.words(dark ? 'theme.toLight' : 'theme.toDark');
    label.textContent = text;
    button.title = text;
  }

  button.addEventListener('click', () => {
    const dark = root.dataset.theme !== 'dark';
    try {
      // Choosing what the system says anyway means following it again.
      if (dark === system.matches) localStorage.removeItem(STORED_AS);
      else localStorage.setItem(STORED_AS, dark ? 'dark' : 'light');
    } catch {
      // storage is switched off: the choice lasts as long as the page
    }
    show(dark);
  });
  system.addEventListener('change', () => show(system.matches));
  return () => show(root.dataset.theme === 'dark');
}
