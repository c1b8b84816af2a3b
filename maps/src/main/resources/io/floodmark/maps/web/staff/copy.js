// Buttons that copy what stands in another element. Without the clipboard's own interface, which browsers keep for HTTPS
// and this machine, the old command does it; without either the text can still be selected.

const SHOWN_MS = 2_000;

async function copy(element) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(element.textContent);
    return;
  }
  getSelection().selectAllChildren(element);
  if (!document.execCommand('copy')) throw new Error('nothing was copied');
}

const status = document.getElementById('copy-status');

for (const button of document.querySelectorAll('[data-copy]')) {
  const words = button.textContent;
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener('click', () =>
    copy(source).then(
      () => {
        button.textContent = button.dataset.done;
        status.textContent = button.dataset.done;
        setTimeout(() => {
          button.textContent = words;
          status.textContent = '';
        }, SHOWN_MS);
      },
      () => getSelection().selectAllChildren(source),
    ),
  );
}
