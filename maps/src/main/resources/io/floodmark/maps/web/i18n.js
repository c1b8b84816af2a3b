// The page's language: Vietnamese unless the reader chose English, remembered between visits.

import { VI } from './texts-vi.js';
import { EN } from './texts-en.js';

const TEXTS = { vi: VI, en: EN };
const STORED_AS = 'floodmark.language';

/** The text with its {placeholders} filled. A missing key is a mistake of ours and shows as the key. */
export function textOf(texts, key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

export class Language {
  #code;
  #listeners = [];

  constructor(asked = null) {
    this.#code = asked ?? remembered() ?? 'vi';
  }

  /** 'vi' or 'en'; also what Intl is given. */
  get code() {
    return this.#code;
  }

  /** Bound, so that it can be handed on as `words`. */
  words = (key, values) => textOf(TEXTS[this.#code], key, values);

  switchTo(code) {
    if (code === this.#code || !TEXTS[code]) return;
    this.#code = code;
    remember(code);
    for (const listener of this.#listeners) listener();
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Fills in what stands in the page itself: elements with data-text and with data-label (their aria-label). */
  translate(root) {
    for (const element of root.querySelectorAll('[data-text]')) element.textContent = this.words(element.dataset.text);
    for (const element of root.querySelectorAll('[data-label]')) {
      element.setAttribute('aria-label', this.words(element.dataset.label));
    }
    for (const element of root.querySelectorAll('[data-hint]')) element.placeholder = this.words(element.dataset.hint);
  }
}

function remembered() {
  try {
    const code = localStorage.getItem(STORED_AS);
    return TEXTS[code] ? code : null;
  } catch {
    return null; // storage is switched off: the choice lasts as long as the page
  }
}

function remember(code) {
  try {
    localStorage.setItem(STORED_AS, code);
  } catch {
    // as above
  }
}
