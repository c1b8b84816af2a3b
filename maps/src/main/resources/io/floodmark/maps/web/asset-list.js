// What the map shows of the register, as a list: in step with the map, for keyboards and screen readers.

import { el, setText } from './dom.js';
import { assetSign } from './asset-signs.js';
import { keyOf } from './asset-view.js';

/** More than that nobody reads; the line above says how many there are. */
export const LISTED_MAX = 200;

/** In the order of the list: single things by name, then counts, the greatest first. Pure. */
export function listed(features, titleOf, language) {
  const collator = new Intl.Collator(language, { numeric: true });
  const entries = features.map((feature) => ({ feature, title: titleOf(feature), count: feature.properties.count ?? 0 }));
  entries.sort((a, b) => Math.sign(a.count) - Math.sign(b.count) || b.count - a.count || compareAddress(a, b, collator));
  return entries.slice(0, LISTED_MAX).map(({ feature }) => feature);
}

/** Along a street, not 12 of every street first. */
function compareAddress(a, b, collator) {
  const [left, right] = [a.feature.properties, b.feature.properties];
  return (
    collator.compare(left.street ?? '', right.street ?? '') ||
    collator.compare(left.number ?? '', right.number ?? '') ||
    collator.compare(a.title, b.title)
  );
}

/** Which entry has the focus after a key, or null if the key is not for lists. Pure. */
export function focusAfter(key, index, length) {
  const moves = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: length - 1 };
  return key in moves ? Math.max(0, Math.min(length - 1, moves[key])) : null;
}

export class AssetList {
  #list;
  #onChoose;
  #drawn = '';
  #features = [];

  /** @param onChoose given the feature that was pressed */
  constructor(list, onChoose) {
    this.#list = list;
    this.#onChoose = onChoose;
    list.addEventListener('keydown', (event) => this.#move(event));
  }

  /** @param features those in view; the longest lists are cut */
  show(features, { assetWords, language, selected }) {
    const entries = listed(features, (feature) => assetWords.title(feature), language);
    const chosen = selected === null ? null : keyOf(selected);
    const words = entries.map((feature) => [keyOf(feature), assetWords.title(feature), assetWords.where(feature)]);
    const drawn = JSON.stringify([words, chosen]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#features = entries;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const buttons = words.map(([key, title, where], index) =>
      el(
        'button',
        {
          type: 'button',
          'data-key': key,
          tabindex: index === 0 ? null : '-1',
          'aria-current': key === chosen ? 'true' : null,
          on: { click: () => this.#onChoose(this.#features[index]) },
        },
        assetSign(entries[index].properties.kind),
        el('span', { class: 'asset-words' }, el('strong', {}, title), where ? el('span', {}, where) : null),
      ),
    );
    this.#list.replaceChildren(...buttons.map((button) => el('li', {}, button)));
    if (focused === null) return;
    const again = buttons.find((button) => button.dataset.key === focused) ?? buttons[0];
    if (again) this.#focus(again, buttons);
  }

  /** Puts the focus on an entry; false where it is not in the list, or the list not in sight. */
  focusOn(feature) {
    const buttons = [...this.#list.querySelectorAll('button')];
    const entry = buttons.find(({ dataset }) => dataset.key === keyOf(feature));
    if (!entry || entry.getClientRects().length === 0) return false;
    this.#focus(entry, buttons);
    return true;
  }

  #move(event) {
    const buttons = [...this.#list.querySelectorAll('button')];
    const next = focusAfter(event.key, buttons.indexOf(document.activeElement), buttons.length);
    if (next === null || buttons.length === 0) return;
    event.preventDefault();
    this.#focus(buttons[next], buttons);
  }

  /** One of them is in the order of the tab key; the arrows reach the others. */
  #focus(button, buttons) {
    for (const other of buttons) {
      if (other === button) other.removeAttribute('tabindex');
      else other.tabIndex = -1;
    }
    button.focus();
  }
}

/** The line above the list, which a screen reader says when it changes. */
export function showSummary(element, { counts, total, listedCount, loading, failed, far, words, assetWords }) {
  if (failed) setText(element, words('assets.failed'));
  else if (far) setText(element, words('assets.far'));
  else if (loading && total === 0) setText(element, words('assets.loading'));
  else if (total === 0) setText(element, words('assets.none'));
  else {
    const kinds = counts.map(([kind, count]) => assetWords.counted(kind, count)).join(' · ');
    const cut = listedCount < total ? words('assets.cut', { count: listedCount }) : '';
    setText(element, [kinds, cut].filter(Boolean).join('. '));
  }
}
