// Runs before the first paint, as a classic script: a page that flashes white at night is no help to anybody.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('floodmark.theme');
  } catch (e) {
    // storage is switched off: follow the system
  }
  var dark = chosen ? chosen === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
