// Who gets through, as a list: the chosen way, how many places stop it, the stretches and the sensors, the worst first.

import { el, setText } from './dom.js';
import { timeSince } from './format.js';
import { sensorLink } from './route.js';
import { countsOf, worstFirst } from './travel.js';
import { verdictSign } from './travel-signs.js';

export class TravelList {
  #parts;
  #onOpen;
  #drawn = new Map();

  /**
   * @param parts {summary, limits, streets, streetsHeading, sensors}
   * @param onOpen given the id of a stretch
   */
  constructor(parts, onOpen) {
    this.#parts = parts;
    this.#onOpen = onOpen;
  }

  /**
   * @param stretches [{id, name, verdict, sensorNames, oldest}]
   * @param sensors [{code, name, street, verdict}]
   * @param limits {cautionFromMm, noFromMm} of the chosen way in words, '' while they are not known
   */
  show({ stretches, sensors, way, limits }, { words, language, now }) {
    const counted = stretches.length > 0 ? stretches : sensors;
    const what = words(stretches.length > 0 ? 'travel.ofStretches' : 'travel.ofSensors');
    const counts = countsOf(counted.map(({ verdict }) => verdict)).map(([verdict, count]) => `${count} ${words(`pass.${verdict}`)}`);
    setText(this.#parts.summary, counted.length === 0 ? '' : words('travel.summary', { way: words(`way.${way}`), what, counts: counts.join(', ') }));
    setText(this.#parts.limits, limits);
    this.#parts.streetsHeading.hidden = stretches.length === 0;
    this.#fill(this.#parts.streets, worstFirst(stretches, language), (stretch) => this.#stretch(stretch, words, now));
    this.#fill(this.#parts.sensors, worstFirst(sensors, language), (sensor) => sensorEntry(sensor, words));
  }

  /** Puts the focus on the entry of a stretch; false where it has none in sight. */
  focusOn(id) {
    const button = this.#parts.streets.querySelector(`[data-stretch="${id}"]`);
    if (!button || button.getClientRects().length === 0) return false;
    button.focus();
    return true;
  }

  /** What reads the same stays, so that focus and screen readers keep their place. */
  #fill(list, entries, make) {
    const key = JSON.stringify([document.documentElement.lang, entries]);
    if (this.#drawn.get(list) === key) return;
    this.#drawn.set(list, key);
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.entry : null;
    list.replaceChildren(...entries.map(make));
    if (focused) list.querySelector(`[data-entry="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #stretch({ id, name, verdict, sensorNames, oldest, madeUp }, words, now) {
    const rests = sensorNames.length === 0 ? words('travel.noSensorShort') : sensorNames.join(', ');
    const age = oldest === null ? '' : words('travel.oldest', { time: timeSince(oldest, now) });
    const said = [words(`pass.${verdict}`), rests, age, madeUp ? words('travel.madeUp') : ''];
    const button = el(
      'button',
      { type: 'button', 'data-stretch': id, 'data-entry': `stretch-${id}`, on: { click: () => this.#onOpen(id) } },
      verdictSign(verdict, 26),
      entryWords(name, said),
    );
    return el('li', {}, button);
  }
}

function sensorEntry({ code, name, street, verdict }, words) {
  const link = el('a', { href: sensorLink(code), 'data-entry': `sensor-${code}` }, verdictSign(verdict, 26), entryWords(name, [words(`pass.${verdict}`), street ?? '']));
  return el('li', {}, link);
}

function entryWords(name, [verdict, ...more]) {
  return el(
    'span',
    { class: 'asset-words' },
    el('strong', {}, name),
    el('span', {}, el('b', {}, verdict), ...more.filter(Boolean).map((text) => ` · ${text}`)),
  );
}
