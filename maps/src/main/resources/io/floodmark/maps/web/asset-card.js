// The card of a house, a tree, a confirmed report or a stretch of a street: what the public may know of it, and the way to say more.

import { el, setText } from './dom.js';

export class AssetCard {
  #root;
  #title;
  #body;
  #onClose;
  #openedFrom = null;

  /** @param onClose called when the reader closes it; true if it has found a place for the focus */
  constructor(root, onClose) {
    this.#root = root;
    this.#title = root.querySelector('[data-part="title"]');
    this.#body = root.querySelector('[data-part="body"]');
    this.#onClose = onClose;
    root.querySelector('[data-part="close"]').addEventListener('click', () => this.#close());
    root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#close();
    });
  }

  /**
   * @param of what it tells of, for who has to know whether it still does
   * @param sign SVG beside the title
   * @param lines [text] below it
   * @param links [{href, text, first}] as buttons
   */
  show({ of = '', sign, title, lines, links }, takeFocus) {
    if (takeFocus && this.#root.hidden) this.#openedFrom = document.activeElement;
    this.#root.hidden = false;
    this.#root.dataset.of = of;
    setText(this.#title, title);
    this.#body.replaceChildren(
      sign,
      ...lines.filter(Boolean).map((line) => el('p', {}, line)),
      el('p', { class: 'card-links' }, ...links.map(({ href, text, first }) => el('a', { href, class: first ? 'first' : null }, text))),
    );
    if (takeFocus) this.#title.focus({ preventScroll: true });
  }

  hide() {
    this.#root.hidden = true;
  }

  #close() {
    this.hide();
    const back = this.#openedFrom;
    this.#openedFrom = null;
    if (!this.#onClose() && back?.isConnected && back.getClientRects().length > 0) back.focus();
  }
}
