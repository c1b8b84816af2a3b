// The sensors on the map: real buttons in the page, reachable by keyboard, changed in place so that focus stays.

/* global L */

import { el, setAttribute, setText } from './dom.js';
import { signOf } from './marker-shapes.js';
import { placePlates, spread } from './marker-layout.js';
import { TREND_ARROWS, lookOf, trendOf } from './sensor-words.js';
import { timeSince } from './format.js';

export class Markers {
  #map;
  #on;
  #markers = new Map();
  #crowdStale = true;

  /** @param on {open: given the code of a sensor that was pressed, focus: given the place of one reached by keyboard} */
  constructor(map, on) {
    this.#map = map;
    this.#on = on;
    map.on('zoomend', () => {
      this.#crowdStale = true;
      this.#arrange();
    });
  }

  /** Draws these sensors and takes away all others. `found` is the set of codes a search found, null without one. */
  show(features, { sensorWords, words, now, selected, found }) {
    const gone = new Set(this.#markers.keys());
    for (const feature of features) {
      const sensor = feature.properties;
      gone.delete(sensor.code);
      const drawn = this.#markers.get(sensor.code) ?? this.#add(feature);
      if (drawn.move(feature.geometry.coordinates)) this.#crowdStale = true;
      drawn.draw(sensor, { sensorWords, words, now });
      setAttribute(drawn.button, 'aria-current', sensor.code === selected ? 'true' : null);
      drawn.button.classList.toggle('faded', found !== null && !found.has(sensor.code));
      // The higher the water, the further to the front; the chosen one before all.
      drawn.importance = sensor.code === selected ? 10 : (sensor.level ?? 0);
      drawn.marker.setZIndexOffset(drawn.importance * 500);
    }
    for (const code of gone) {
      this.#markers.get(code).marker.remove();
      this.#markers.delete(code);
      this.#crowdStale = true;
    }
    this.#arrange();
  }

  /** Puts the focus on a sensor's marker; false if it has none. */
  focus(code) {
    const drawn = this.#markers.get(code);
    drawn?.button.focus({ preventScroll: true });
    return Boolean(drawn);
  }

  /** Makes room, after a zoom or when sensors came, went or moved; then gives every plate its side. */
  #arrange() {
    if (this.#crowdStale) {
      this.#crowdStale = false;
      const all = [...this.#markers.values()];
      const points = all.map(({ marker }) => this.#map.latLngToLayerPoint(marker.getLatLng()));
      spread(points).forEach((shift, index) => all[index].shiftBy(shift));
    }
    const drawn = [...this.#markers.values()].sort((a, b) => b.importance - a.importance);
    const places = drawn.map(({ marker, plateWidth, shift: [dx, dy] }) => {
      const { x, y } = this.#map.latLngToLayerPoint(marker.getLatLng());
      return { x: x + dx, y: y + dy, width: plateWidth };
    });
    placePlates(places).forEach((side, index) => setAttribute(drawn[index].button, 'data-plate', side));
  }

  #add({ geometry, properties }) {
    const drawn = new DrawnMarker(geometry.coordinates, properties.code, this.#map);
    drawn.marker.on('click', () => this.#on.open(properties.code));
    drawn.button.addEventListener('focus', () => {
      const { lng, lat } = drawn.marker.getLatLng();
      if (drawn.button.matches(':focus-visible')) this.#on.focus([lng, lat]);
    });
    this.#markers.set(properties.code, drawn);
    this.#crowdStale = true;
    return drawn;
  }
}

class DrawnMarker {
  #sign = el('span', { class: 'marker-sign' });
  #depth = el('span', { class: 'marker-depth' });
  #arrow = el('span', { class: 'marker-arrow' });
  #plate = el('span', { class: 'marker-plate', 'aria-hidden': 'true' }, this.#depth, this.#arrow);
  #name = el('span', { class: 'spoken' });
  #look = '';
  importance = 0;
  shift = [0, 0];

  constructor([lon, lat], code, map) {
    this.button = el('button', { type: 'button', class: 'sensor-marker', 'data-sensor': code }, this.#name, this.#sign, this.#plate);
    const icon = L.divIcon({ className: 'sensor-icon', html: this.button, iconSize: [44, 44], iconAnchor: [22, 22] });
    // Leaflet's own keyboard handling would make the icon around our button a second, nested button.
    this.marker = L.marker([lat, lon], { icon, keyboard: false, riseOnHover: true }).addTo(map);
  }

  /** Estimated from the text: measuring every plate would make the browser lay the page out again and again. */
  get plateWidth() {
    if (this.#plate.hidden) return 0;
    return 18 + 7.4 * (this.#depth.textContent.length + (this.#arrow.textContent ? 2 : 0));
  }

  /** Whether the sensor really stands elsewhere than before. */
  move([lon, lat]) {
    const at = this.marker.getLatLng();
    const moved = at.lat !== lat || at.lng !== lon;
    if (moved) this.marker.setLatLng([lat, lon]);
    return moved;
  }

  /** Draws the button a few pixels beside its true place. */
  shiftBy([dx, dy]) {
    this.shift = [dx, dy];
    this.button.style.transform = dx === 0 && dy === 0 ? '' : `translate(${dx.toFixed(1)}px, ${dy.toFixed(1)}px)`;
  }

  draw(sensor, { sensorWords, words, now }) {
    const look = lookOf(sensor);
    const trend = trendOf(sensor);
    if (look !== this.#look) {
      this.#look = look;
      this.#sign.replaceChildren(signOf(look, 38));
      this.button.dataset.look = look;
    }
    setText(this.#depth, plateText(sensor, look, { sensorWords, words, now }));
    const plate = this.#depth.textContent;
    setText(this.#arrow, plate && trend ? TREND_ARROWS[trend] : '');
    this.#plate.hidden = plate === '';
    this.button.dataset.trend = trend ?? '';
    this.button.classList.toggle('in-alert', sensor.alert?.kind === 'flood' && (sensor.level ?? 0) >= 3);
    const name = sensorWords.accessibleName(sensor, now);
    setText(this.#name, name);
    setAttribute(this.button, 'title', name);
  }
}

/** A dry sensor gets no plate: "0–18 cm" on every corner of a dry ward would cry wolf; the name and the panel say it. */
function plateText(sensor, look, { sensorWords, words, now }) {
  if ((look === 'silent' || look === 'offline') && sensor.stateSince) {
    return words('state.shortSince', { time: timeSince(sensor.stateSince, now) });
  }
  if (look.startsWith('level-0') && !Number.isFinite(sensor.latest?.lowPointDepthMm)) return '';
  return sensorWords.shortDepth(sensor);
}
