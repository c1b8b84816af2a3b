// The chart's numbers as a table, newest first; filled only while it is open.

import { el } from './dom.js';
import { DEPTH, MAX, MIN, QC, REASONS, T, isGap } from './chart-geometry.js';
import { centimetres, clockTime, dayMonth } from './format.js';

export class ReadingsTable {
  #details;
  #scroller;
  #shown = null;
  #texts = null;

  /** @param details <details> with a summary; the table goes below it */
  constructor(details) {
    this.#details = details;
    this.#scroller = el('div', { class: 'table-scroll', tabindex: '0', role: 'region' });
    details.append(this.#scroller);
    details.addEventListener('toggle', () => this.#draw());
  }

  /** @param reasons words of doubts by their names, where rows have any */
  show(rows, { words, language, reasons = {} }) {
    this.#shown = rows;
    this.#texts = { words, language, reasons };
    this.#draw();
  }

  #draw() {
    if (!this.#details.open || !this.#shown) return;
    const { words } = this.#texts;
    const heads = ['time', 'depth', 'range', 'quality'].map((name) => el('th', { scope: 'col' }, words(`table.${name}`)));
    this.#scroller.setAttribute('aria-label', words('table.show'));
    this.#scroller.replaceChildren(
      el(
        'table',
        { class: 'readings' },
        el('caption', { class: 'spoken' }, words('table.caption')),
        el('thead', {}, el('tr', {}, heads)),
        el('tbody', {}, [...this.#shown].reverse().map((row) => this.#row(row))),
      ),
    );
  }

  #row(row) {
    const { words, language, reasons } = this.#texts;
    if (isGap(row)) return el('tr', { class: 'gap' }, el('td', { colspan: '4' }, words('table.gap')));
    const depth = centimetres(row[DEPTH], language);
    const range = row[MAX] === null ? '' : `${Math.round(row[MIN] / 10)}–${centimetres(row[MAX], language)}`;
    const why = (row[REASONS] ?? []).map((reason) => reasons[reason] ?? reason);
    const quality = row[QC] === null ? '' : [words(`qc.${row[QC]}`), ...why].join('. ');
    return el(
      'tr',
      { class: row[QC] === 3 || row[QC] === 4 ? 'doubted' : null },
      el('th', { scope: 'row' }, `${clockTime(row[T])} ${dayMonth(row[T])}`),
      el('td', { title: `${row[DEPTH]} mm` }, depth),
      el('td', { title: row[MAX] === null ? null : `${row[MIN]}–${row[MAX]} mm` }, range),
      el('td', {}, quality),
    );
  }
}
