// What is shown of the register: layers by kind, residential group, condition (for staff), search.

import { el } from './dom.js';
import { assetSign } from './asset-signs.js';

const TYPING_MS = 300;

export class AssetFilters {
  #parts;
  #onChange;
  #filter;
  #kinds = [];
  #boxes = [];
  #typing = null;

  /**
   * @param parts {layers: [elements for the layers' boxes], search, group, condition, conditionField}
   * @param filter {kinds, group, condition, query} to begin with
   * @param onChange given the filter whenever the reader changed it
   */
  constructor(parts, filter, onChange) {
    this.#parts = parts;
    this.#filter = filter;
    this.#onChange = onChange;
    parts.search.value = filter.query;
    parts.search.addEventListener('input', () => this.#typed());
    parts.search.addEventListener('change', () => this.#change({ query: parts.search.value.trim() }));
    parts.group.addEventListener('change', () => this.#change({ group: parts.group.value }));
    parts.condition.addEventListener('change', () => this.#change({ condition: parts.condition.value }));
  }

  get filter() {
    return this.#filter;
  }

  /** Offers layers of these kinds; once they are all that there are, others that the address named are dropped. */
  offer(kinds, areAll) {
    this.#kinds = kinds;
    if (areAll) this.#filter = { ...this.#filter, kinds: this.#filter.kinds.filter((kind) => kinds.includes(kind)) };
    this.#boxes = [];
    for (const root of this.#parts.layers) this.#addBoxes(root);
  }

  /** Words everything anew: after a change of language, and when kinds, groups or rights have become known. */
  show({ words, kindName, groups, conditions, seesConditions }) {
    for (const { kind, text } of this.#boxes) text.textContent = kindName(kind);
    fillSelect(this.#parts.group, this.#filter.group, words('filter.allGroups'), [...groups]);
    fillSelect(this.#parts.condition, this.#filter.condition, words('filter.allConditions'), conditions);
    this.#parts.conditionField.hidden = !seesConditions;
  }

  #addBoxes(root) {
    const labels = this.#kinds.map((kind) => {
      const box = el('input', { type: 'checkbox', value: kind, on: { change: () => this.#tick(kind, box.checked) } });
      box.checked = this.#filter.kinds.includes(kind);
      const text = el('span');
      this.#boxes.push({ kind, box, text });
      return el('label', {}, box, assetSign(kind), text);
    });
    root.replaceChildren(...labels);
  }

  #tick(kind, shown) {
    const kinds = this.#kinds.filter((other) => (other === kind ? shown : this.#filter.kinds.includes(other)));
    for (const { kind: other, box } of this.#boxes) box.checked = kinds.includes(other);
    this.#change({ kinds });
  }

  #typed() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#change({ query: this.#parts.search.value.trim() }), TYPING_MS);
  }

  #change(part) {
    clearTimeout(this.#typing);
    const changed = Object.entries(part).some(([name, value]) => String(this.#filter[name]) !== String(value));
    if (!changed) return;
    this.#filter = { ...this.#filter, ...part };
    this.#onChange(this.#filter);
  }
}

function fillSelect(select, value, all, options) {
  const known = value === '' || options.some(([code]) => code === value);
  const shown = known ? options : [...options, [value, value]];
  select.replaceChildren(el('option', { value: '' }, all), ...shown.map(([code, name]) => el('option', { value: code }, name)));
  select.value = value;
}
