// Choosing a way of travelling, and what the map and the list show for it. Stretches come from the server once and again
// every few minutes; how they stand follows from the sensors that the live line keeps up to date, so a flood recolours its
// streets in the moment in which it recolours its sensor, and ten thousand phones ask for nothing.

import { fetchStreets } from './api.js';
import { el } from './dom.js';
import { centimetres, timeSince } from './format.js';
import { sensorLink } from './route.js';
import { StreetLayer } from './street-layer.js';
import { TravelList } from './travel-list.js';
import { VERDICTS, WAYS, oldestReading, rememberWay, rememberedWay, verdictAt, verdictOf } from './travel.js';
import { streetSample, verdictSign } from './travel-signs.js';

const FETCH_MS = 5 * 60_000;

export class TravelView {
  #wardMap;
  #parts;
  #on;
  #layer;
  #list;
  #way = rememberedWay();
  #features = [];
  #limits = null;
  #opened = null;
  #cardKey = '';
  #context = null;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #timer = null;

  /**
   * @param parts {selects: [select], legend, samples, card, summary, limits, streets, streetsHeading, sensors}
   * @param on {draw: something is to be drawn anew, card: given {of, sign, title, lines, links} and whether to take the focus}
   */
  constructor(wardMap, parts, on) {
    this.#wardMap = wardMap;
    this.#parts = parts;
    this.#on = on;
    this.#layer = new StreetLayer(wardMap.leaflet, (id, byKey) => this.#open(id, byKey));
    this.#list = new TravelList(parts, (id) => this.#open(id, true, true));
    for (const select of parts.selects) {
      select.replaceChildren(...WAYS.map((way) => el('option', { value: way })));
      select.addEventListener('change', () => this.#choose(select.value));
    }
  }

  get way() {
    return this.#way;
  }

  /** Called once the sensors are there, and after every break of the live line. */
  start() {
    // A server that comes back is not to be met by every phone of the ward with one question more.
    if (performance.now() - this.#fetchedAt > FETCH_MS) this.#fetch();
    this.#timer ??= setInterval(() => this.#fetch(), FETCH_MS);
  }

  /** Draws the stretches and the list as the ward stands. */
  show(ward, context) {
    this.#context = { ward, ...context };
    const { words, language } = context;
    for (const select of this.#parts.selects) {
      [...select.options].forEach((option) => (option.textContent = words(`way.${option.value}`)));
      select.value = this.#way;
    }
    this.#parts.legend.hidden = this.#features.length === 0;
    this.#drawSamples(words);
    const stretches = this.#features.map((feature) => this.#stretch(feature, ward, context.now));
    const labelled = stretches.map((stretch) => ({ ...stretch, label: this.#label(stretch, words) }));
    this.#layer.show(labelled, this.#cardIsOurs ? this.#opened : null);
    const sensors = ward.sensors
      .map(({ properties }) => properties)
      .filter(({ kind }) => kind !== 'rain')
      .map((sensor) => ({ code: sensor.code, name: sensor.name, street: sensor.street, verdict: verdictAt(sensor, this.#way, context.now) }));
    const shown = stretches.map(({ feature, ...stretch }) => stretch);
    this.#list.show({ stretches: shown, sensors, way: this.#way, limits: this.#limitsInWords(words, language) }, context);
    if (this.#cardIsOurs) this.#drawCard(false);
  }

  /** The card is closed: the focus goes back to the stretch; false if it was not one of ours. */
  leaveCard() {
    const left = this.#opened;
    this.#opened = null;
    this.#on.draw();
    return left !== null && (this.#list.focusOn(left) || this.#layer.focus(left));
  }

  get #cardIsOurs() {
    return this.#opened !== null && !this.#parts.card.hidden && this.#parts.card.dataset.of === `street-${this.#opened}`;
  }

  #stretch(feature, ward, now) {
    const sensorOf = (code) => ward.sensor(code)?.properties ?? null;
    const { name, sensors, madeUp } = feature.properties;
    return {
      id: feature.id,
      feature,
      name,
      madeUp,
      verdict: verdictOf(feature, sensorOf, this.#way, now),
      oldest: oldestReading(feature, sensorOf),
      sensorNames: sensors.map((code) => sensorOf(code)?.name ?? code),
    };
  }

  #label({ name, verdict }, words) {
    return `${name}, ${words(`way.${this.#way}`)}: ${words(`pass.${verdict}`)}`;
  }

  #limitsInWords(words, language) {
    const limits = this.#limits?.[this.#way];
    if (!limits) return '';
    const said = { caution: centimetres(limits.cautionFromMm, language), no: centimetres(limits.noFromMm, language) };
    return words(limits.cautionFromMm < limits.noFromMm ? 'travel.limits' : 'travel.limit', said);
  }

  #drawSamples(words) {
    const { samples } = this.#parts;
    if (samples.dataset.for === words('pass.no')) return;
    samples.dataset.for = words('pass.no');
    samples.replaceChildren(...VERDICTS.map((verdict) => el('li', {}, streetSample(verdict), words(`pass.${verdict}`))));
  }

  #choose(way) {
    this.#way = way;
    rememberWay(way);
    this.#on.draw();
  }

  #open(id, takeFocus, fromList = false) {
    this.#opened = id;
    this.#cardKey = '';
    if (fromList) this.#reveal(id);
    this.#drawCard(takeFocus);
    this.#on.draw();
  }

  #reveal(id) {
    const bounds = this.#layer.boundsOf(id);
    if (bounds) this.#wardMap.showAll(bounds);
  }

  #drawCard(takeFocus) {
    const feature = this.#features.find(({ id }) => id === this.#opened);
    if (!feature || !this.#context) return;
    const { ward, words, now, language } = this.#context;
    const { verdict, oldest, sensorNames, name, madeUp } = this.#stretch(feature, ward, now);
    const content = {
      of: `street-${this.#opened}`,
      title: name,
      lines: [
        `${words(`way.${this.#way}`)}: ${words(`pass.${verdict}`)} (${words('travel.advice')})`,
        restsOn(sensorNames, oldest && timeSince(oldest, now), words),
        this.#limitsInWords(words, language),
        madeUp ? words('asset.madeUp') : '',
      ],
      links: feature.properties.sensors.map((code, index) => ({ href: sensorLink(code), text: sensorNames[index] })),
    };
    const key = JSON.stringify(content);
    if (key === this.#cardKey) return;
    this.#cardKey = key;
    this.#on.card({ ...content, sign: verdictSign(verdict, 26) }, takeFocus);
  }

  async #fetch() {
    if (document.visibilityState === 'hidden' && this.#features.length > 0) return;
    const before = this.#fetchedAt;
    this.#fetchedAt = performance.now();
    try {
      const { features, limits } = await fetchStreets();
      this.#features = features;
      this.#limits = limits;
      this.#on.draw();
    } catch (error) {
      this.#fetchedAt = before; // asked anew when the line is back
      console.warn('The stretches of streets could not be fetched; trying again later.', error);
    }
  }
}

function restsOn(sensorNames, oldest, words) {
  const names = sensorNames.join(', ');
  if (sensorNames.length === 0) return words('travel.noSensor');
  return oldest === null ? words('travel.bySensors', { names }) : words('travel.bySensorsSince', { names, time: oldest });
}
