// Stretches of streets on the map, over the ground and under everything else. Colour, weight and pattern each say alone
// whether one gets through; a wide unseen line on top takes fingers and the keyboard's focus.

/* global L */

import { setAttribute } from './dom.js';

/** More stops than that on the way through the page help nobody: the list has all stretches. */
const FOCUSABLE_MAX = 60;

export class StreetLayer {
  #map;
  #onPress;
  #drawn = new Map();

  /** @param onPress given the id of a stretch, and whether by keyboard */
  constructor(map, onPress) {
    this.#map = map;
    this.#onPress = onPress;
    const pane = map.createPane('streets');
    pane.style.zIndex = 270;
  }

  /** Draws these stretches, [{id, feature, verdict, label}], and takes away all others. */
  show(stretches, chosen) {
    const gone = new Set(this.#drawn.keys());
    for (const { id, feature, verdict, label } of stretches) {
      gone.delete(id);
      const drawn = this.#drawn.get(id) ?? this.#add(id, feature);
      for (const path of drawn.paths) setAttribute(path.getElement(), 'data-verdict', verdict);
      drawn.paths[0].getElement().classList.toggle('chosen', id === chosen);
      const hit = drawn.paths[2].getElement();
      setAttribute(hit, 'aria-label', label);
      setAttribute(hit, 'tabindex', stretches.length <= FOCUSABLE_MAX ? '0' : null);
    }
    for (const id of gone) {
      for (const path of this.#drawn.get(id).paths) path.remove();
      this.#drawn.delete(id);
    }
  }

  boundsOf(id) {
    return this.#drawn.get(id)?.paths[0].getBounds() ?? null;
  }

  /** Puts the focus on a stretch; false where it takes none. */
  focus(id) {
    const hit = this.#drawn.get(id)?.paths[2].getElement();
    hit?.focus({ preventScroll: true });
    return hit === document.activeElement;
  }

  #add(id, { geometry: { type, coordinates } }) {
    const lines = (type === 'LineString' ? [coordinates] : coordinates).map((line) => line.map(([lon, lat]) => [lat, lon]));
    const path = (className, interactive) =>
      L.polyline(lines, { pane: 'streets', className, interactive, smoothFactor: 1 }).addTo(this.#map);
    const paths = [path('street-casing', false), path('street-line', false), path('street-hit', true)];
    const hit = paths[2].getElement();
    hit.setAttribute('role', 'button');
    paths[2].on('click', () => this.#onPress(id, false));
    hit.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.#onPress(id, true);
    });
    const drawn = { paths };
    this.#drawn.set(id, drawn);
    return drawn;
  }
}
