// Floods that residents reported and the ward confirmed: three hours on the map, under a sign of their own.

/* global L */

import { el, setAttribute, setText, svg } from './dom.js';
import { fetchShownReports } from './api.js';
import { timeSince } from './format.js';
import { keepApart } from './marker-layout.js';
import { reportLink } from './route.js';

const POLL_MS = 30_000;
/** So far from each other signs can all be hit with a finger. */
const ROOM_PX = 23;
const DEPTHS = ['ankle', 'knee', 'half_wheel', 'handlebar'];

/** A speech bubble with waves in it: somebody said so, no sensor. */
export function reportSign(size = 32) {
  return svg(
    'svg',
    { class: 'report-sign', viewBox: '0 0 32 32', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { class: 'bubble', d: 'M5 3h22a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-7l-4 6-4-6H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3Z' }),
    svg('path', { class: 'waves', d: 'M6.5 11c2.4-2.5 4.7-2.5 6.3 0s4 2.5 6.3 0 4.7-2.5 6.4 0M6.5 17c2.4-2.5 4.7-2.5 6.3 0s4 2.5 6.3 0 4.7-2.5 6.4 0' }),
  );
}

/** Reports that count at a time: those whose end has not come. Pure. */
export function current(features, nowMs) {
  return features.filter(({ properties: { until } }) => !until || Date.parse(until) > nowMs);
}

/** What a report says, as {title, lines}. Pure. */
export function wordsOf({ properties }, words, now) {
  const depth = DEPTHS.includes(properties.depth) ? words(`flood.${properties.depth}`) : '';
  return {
    title: words('flood.reported'),
    lines: [
      depth,
      properties.since ? words('flood.since', { time: timeSince(properties.since, now) }) : '',
      properties.until ? words('flood.until', { time: timeSince(properties.until, now) }) : '',
      words('flood.source'),
      properties.madeUp ? words('asset.madeUp') : '',
    ],
  };
}

export class FloodReports {
  #map;
  #language;
  #clock;
  #sensors;
  #onOpen;
  #features = [];
  #markers = new Map();

  /**
   * @param sensors () => [[lon, lat]]: what the signs of reports keep away from
   * @param onOpen given {sign, title, lines, links} of the report that was pressed
   */
  constructor(map, language, clock, sensors, onOpen) {
    this.#map = map;
    this.#language = language;
    this.#clock = clock;
    this.#sensors = sensors;
    this.#onOpen = onOpen;
    map.on('zoomend', () => this.#makeRoom());
  }

  start() {
    this.#poll();
    setInterval(() => this.#poll(), POLL_MS);
  }

  /** Draws them anew: after a change of language, too. */
  show() {
    const shown = current(this.#features, this.#clock.now());
    const keys = new Set(shown.map(keyOf));
    for (const [key, marker] of this.#markers) {
      if (keys.has(key)) continue;
      marker.remove();
      this.#markers.delete(key);
    }
    for (const feature of shown) {
      const marker = this.#markers.get(keyOf(feature)) ?? this.#add(feature);
      const { title, lines } = wordsOf(feature, this.#language.words, this.#clock.now());
      setText(marker.options.name, [title, ...lines].filter(Boolean).join('. '));
      setAttribute(marker.options.name.parentElement, 'title', [title, lines[0]].filter(Boolean).join(': '));
    }
    this.#makeRoom();
  }

  #makeRoom() {
    const pointOf = (at) => ({ ...this.#map.latLngToLayerPoint(at), radius: ROOM_PX });
    const markers = [...this.#markers.values()];
    const places = markers.map((marker) => pointOf(marker.getLatLng()));
    const signs = places.map((place) => ({ ...place }));
    keepApart(signs, this.#sensors().map(([lon, lat]) => pointOf([lat, lon])));
    signs.forEach(({ x, y }, index) => {
      const { style } = markers[index].options.name.parentElement;
      style.transform = `translate(${(x - places[index].x).toFixed(1)}px, ${(y - places[index].y).toFixed(1)}px)`;
    });
  }

  #add(feature) {
    const [lon, lat] = feature.geometry.coordinates;
    const name = el('span', { class: 'spoken' });
    const button = el('button', { type: 'button', class: 'report-marker' }, name, reportSign(34));
    const icon = L.divIcon({ className: 'sensor-icon', html: button, iconSize: [44, 44], iconAnchor: [22, 22] });
    const marker = L.marker([lat, lon], { icon, keyboard: false, name, zIndexOffset: -200 }).addTo(this.#map);
    marker.on('click', () => {
      const { words, code } = this.#language;
      const links = [{ href: reportLink([lon, lat], code), text: words('report.here'), first: true }];
      this.#onOpen({ sign: reportSign(28), ...wordsOf(feature, words, this.#clock.now()), links });
    });
    this.#markers.set(keyOf(feature), marker);
    return marker;
  }

  async #poll() {
    if (document.visibilityState === 'hidden') return;
    try {
      this.#features = (await fetchShownReports()).features;
    } catch (error) {
      console.warn('Confirmed reports could not be fetched.', error); // those that are shown end by their own time
    }
    this.show();
  }
}

function keyOf({ geometry, properties }) {
  return JSON.stringify([geometry.coordinates, properties.since, properties.depth]);
}
