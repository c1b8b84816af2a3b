// Open alerts, the gravest first. Each is a link that opens its sensor.

import { el } from './dom.js';
import { signOf } from './marker-shapes.js';
import { sensorLink } from './route.js';
import { timeSince } from './format.js';

export class AlertsList {
  #list;
  #counts;
  #shown = '';

  /** @param counts elements that show how many alerts are open; empty and hidden when none */
  constructor(list, counts) {
    this.#list = list;
    this.#counts = counts;
  }

  show(alerts, { words, sensorWords, now, selected, known }) {
    for (const count of this.#counts) {
      count.textContent = alerts.length > 0 ? String(alerts.length) : '';
      count.hidden = alerts.length === 0;
    }
    const items = alerts.map((alert) => describe(alert, { words, sensorWords, now, selected }));
    // Rebuilt only when something is different, so that focus and reading position survive the ticking of the page.
    const state = JSON.stringify([known, words('alerts.none'), items]);
    if (state === this.#shown) return;
    this.#shown = state;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.alert : null;
    this.#list.replaceChildren(...(items.length > 0 ? items.map(draw) : known ? [none(words)] : []));
    if (focused) this.#list.querySelector(`[data-alert="${CSS.escape(focused)}"]`)?.focus();
  }
}

function describe(alert, { words, sensorWords, now, selected }) {
  const flood = alert.kind === 'flood' && Number.isInteger(alert.level);
  const lower = flood && alert.peakLevel > alert.level;
  return {
    id: String(alert.id),
    sensor: alert.sensor,
    look: flood ? `level-${alert.level}` : 'unknown',
    name: alert.sensorName ?? alert.sensor,
    level: flood ? sensorWords.levelName(alert.level) : words(alert.kind === 'fast_rise' ? 'alerts.kind.fast_rise' : 'alerts.kind.other'),
    since: words('alerts.since', { time: timeSince(alert.since, now) }),
    peak: lower ? words('alerts.peak', { level: alert.peakLevel }) : '',
    current: alert.sensor === selected,
  };
}

function draw({ id, sensor, look, name, level, since, peak, current }) {
  return el(
    'li',
    { class: `alert ${look}` },
    el(
      'a',
      { href: sensorLink(sensor), 'data-alert': id, 'aria-current': current ? 'true' : null },
      signOf(look, 32),
      el(
        'span',
        { class: 'alert-words' },
        el('strong', {}, name),
        el('span', { class: 'alert-level' }, level),
        el('span', { class: 'alert-when' }, peak ? `${since} · ${peak}` : since),
      ),
    ),
  );
}

function none(words) {
  return el('li', { class: 'nothing' }, words('alerts.none'));
}
