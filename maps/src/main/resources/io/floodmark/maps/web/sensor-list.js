// All sensors as a sortable table, in step with the map: for keyboards, screen readers, phones, and whoever likes lists.

import { el, setAttribute, setText } from './dom.js';
import { signOf } from './marker-shapes.js';
import { matches } from './search.js';
import { sensorLink } from './route.js';
import { TREND_ARROWS, isPresent, lookOf, trendOf } from './sensor-words.js';
import { timeSince } from './format.js';

const COLUMNS = ['name', 'level', 'depth', 'trend', 'updated'];

/** What each column sorts by, ascending; null goes last both ways, because not known is neither high nor low. */
const KEYS = {
  name: (sensor) => sensor.name,
  level: (sensor) => (isPresent(sensor) ? sensor.level * 1e6 + (sensor.latest?.lowPointDepthMm ?? 0) : null),
  depth: (sensor) => (isPresent(sensor) ? (sensor.latest?.lowPointDepthMm ?? 0) : null),
  trend: (sensor) => (trendOf(sensor) ? sensor.latest.trendMmPerMin : null),
  updated: (sensor) => (sensor.latest ? Date.parse(sensor.latest.observedAt) : null),
};

/** Sensors in the order of a column; equal ones by name. Pure. */
export function sorted(sensors, column, descending, collator) {
  const key = KEYS[column];
  return [...sensors].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else {
      const order = typeof left === 'string' ? collator.compare(left, right) : left - right;
      if (order !== 0) return descending ? -order : order;
    }
    return collator.compare(a.name, b.name);
  });
}

/** Codes of the sensors that a search finds; null when nothing is searched for. Pure. */
export function found(sensors, query) {
  if (query.trim() === '') return null;
  return new Set(sensors.filter((s) => matches(query, [s.name, s.street, s.zone, s.code])).map((s) => s.code));
}

export class SensorList {
  #table;
  #onSort;
  #rows = new Map();
  #heads = new Map();
  #column = 'level';
  #descending = true;

  /** @param onSort called when the reader asks for another order */
  constructor(table, onSort) {
    this.#table = table;
    this.#onSort = onSort;
    const row = table.tHead.rows[0];
    for (const column of COLUMNS) {
      const button = el('button', { type: 'button', on: { click: () => this.#sortBy(column) } });
      const head = el('th', { scope: 'col', class: `column-${column}` }, button);
      this.#heads.set(column, head);
      row.append(head);
    }
  }

  show(sensors, { words, sensorWords, language, now, selected }) {
    for (const [column, head] of this.#heads) {
      setText(head.firstChild, words(`list.${column}`));
      const direction = this.#descending ? 'descending' : 'ascending';
      setAttribute(head, 'aria-sort', column === this.#column ? direction : null);
    }
    this.#heads.get('depth').firstChild.title = words('list.depthHint');
    const gone = new Set(this.#rows.keys());
    const order = sorted(sensors, this.#column, this.#descending, new Intl.Collator(language));
    const rows = order.map((sensor) => {
      gone.delete(sensor.code);
      const row = this.#rows.get(sensor.code) ?? this.#add(sensor.code);
      row.draw(sensor, { words, sensorWords, now, current: sensor.code === selected });
      return row.element;
    });
    for (const code of gone) {
      this.#rows.get(code).element.remove();
      this.#rows.delete(code);
    }
    this.#arrange(rows);
  }

  #add(code) {
    const row = new Row(code);
    this.#rows.set(code, row);
    return row;
  }

  /** Moves only what stands wrong: moving an element takes its focus away, so that is given back. */
  #arrange(rows) {
    const body = this.#table.tBodies[0];
    const focused = body.contains(document.activeElement) ? document.activeElement : null;
    rows.forEach((row, index) => {
      if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] ?? null);
    });
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }

  #sortBy(column) {
    this.#descending = column === this.#column ? !this.#descending : column !== 'name';
    this.#column = column;
    this.#onSort();
  }
}

class Row {
  #link;
  #where = el('span', { class: 'where' });
  #sign = el('td', { class: 'column-level' });
  #depth = el('td', { class: 'column-depth' });
  #trend = el('td', { class: 'column-trend' });
  #updated = el('td', { class: 'column-updated' });
  #drawn = '';

  constructor(code) {
    this.#link = el('a', { href: sensorLink(code) });
    const name = el('th', { scope: 'row', class: 'column-name' }, this.#link, this.#where);
    this.element = el('tr', { 'data-sensor': code }, name, this.#sign, this.#depth, this.#trend, this.#updated);
  }

  draw(sensor, { words, sensorWords, now, current }) {
    const look = lookOf(sensor);
    const state = sensorWords.state(sensor, now);
    const trend = trendOf(sensor);
    setAttribute(this.#link, 'aria-current', current ? 'true' : null);
    setText(this.#link, sensor.name);
    setText(this.#where, state ?? sensor.street ?? '');
    this.#where.classList.toggle('is-state', state !== null);
    const level = sensorWords.level(sensor);
    if (this.#drawn !== look + level) {
      this.#drawn = look + level;
      this.#sign.replaceChildren(signOf(look, 30), el('span', { class: 'spoken' }, level));
      this.#sign.title = level;
    }
    setText(this.#depth, sensorWords.shortDepth(sensor) || '–');
    this.#depth.title = Number.isFinite(sensor.latest?.depthMm) ? `${sensor.latest.depthMm} mm (${words('panel.atSensor')})` : '';
    const drawnTrend = trend ? TREND_ARROWS[trend] : '–';
    if (this.#trend.dataset.drawn !== drawnTrend + sensorWords.trend(sensor)) {
      this.#trend.dataset.drawn = drawnTrend + sensorWords.trend(sensor);
      this.#trend.dataset.trend = trend ?? '';
      const arrow = el('span', { 'aria-hidden': 'true' }, drawnTrend);
      this.#trend.replaceChildren(arrow, el('span', { class: 'spoken' }, sensorWords.trend(sensor)));
      this.#trend.title = sensorWords.trend(sensor);
    }
    setText(this.#updated, sensor.latest ? timeSince(sensor.latest.observedAt, now) : '–');
  }
}
