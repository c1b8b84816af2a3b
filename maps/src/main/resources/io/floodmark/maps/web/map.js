// The map itself: the ward filling the space it is given, zoom and home buttons with translated names, a scale.

/* global L */

import { svg } from './dom.js';
import { WARD_BOUNDS } from './ward.js';

const NAMES_FROM_ZOOM = 12.9;
const ROAMING_BOUNDS = L.latLngBounds(WARD_BOUNDS).pad(0.45);

export class WardMap {
  #container;
  #language;
  #zoom;
  #home;
  #moved = false;

  constructor(container, language) {
    this.#container = container;
    this.#language = language;
    this.leaflet = L.map(container, {
      zoomControl: false,
      attributionControl: false,
      minZoom: 11,
      maxZoom: 19,
      zoomSnap: 0,
      zoomDelta: 0.75,
      wheelPxPerZoomLevel: 120,
      maxBounds: ROAMING_BOUNDS,
      maxBoundsViscosity: 0.8,
    });
    this.#home = homeButton(() => this.showWard());
    L.control.scale({ imperial: false, position: 'bottomright', maxWidth: 120 }).addTo(this.leaflet);
    this.showWard();
    this.leaflet.on('zoomend', () => this.#showNames());
    this.#showNames();
    // A ward that nobody has moved keeps filling the view when panels open and phones turn.
    this.leaflet.on('dragstart', () => (this.#moved = true));
    container.addEventListener('wheel', () => (this.#moved = true), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(container);
    this.translate();
  }

  showWard() {
    this.#moved = false;
    this.leaflet.fitBounds(WARD_BOUNDS, { paddingTopLeft: [14, 22], paddingBottomRight: [14, 40], animate: false });
  }

  /**
   * Brings a place into view: clear of the edges or, under a sheet, into the middle of what is left of the map.
   *
   * @param coveredFrom where the sheet begins, in pixels from the window's top; Infinity without one
   */
  reveal([lon, lat], coveredFrom) {
    const animate = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { top, bottom } = this.#container.getBoundingClientRect();
    if (coveredFrom >= bottom) {
      this.leaflet.panInside([lat, lon], { padding: [60, 60], animate });
      return;
    }
    const at = this.leaflet.latLngToContainerPoint([lat, lon]);
    const middle = L.point(this.#container.clientWidth / 2, Math.max(40, (coveredFrom - top) / 2 - 10));
    this.leaflet.setMaxBounds(null); // they would pull the place back under the sheet
    this.leaflet.panBy(at.subtract(middle), { animate });
  }

  /** Goes to a place and stays there when the window changes. */
  goTo([lon, lat], zoom) {
    this.#moved = true;
    const animate = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.leaflet.setView([lat, lon], Math.min(zoom, this.leaflet.getMaxZoom()), { animate });
  }

  /** Brings all of something into view and stays there when the window changes. */
  showAll(bounds) {
    this.#moved = true;
    const animate = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.leaflet.fitBounds(bounds, { padding: [50, 70], maxZoom: 16, animate });
  }

  /** The sheet is gone: back to the ward, unless the reader had moved the map. */
  uncover() {
    if (!this.#moved) this.showWard();
    this.leaflet.setMaxBounds(ROAMING_BOUNDS);
  }

  translate() {
    const { words } = this.#language;
    this.#zoom?.remove();
    this.#home.remove();
    this.#zoom = L.control.zoom({ zoomInTitle: words('map.zoomIn'), zoomOutTitle: words('map.zoomOut') });
    this.#zoom.setPosition('topleft').addTo(this.leaflet);
    this.#home.addTo(this.leaflet);
    for (const button of this.#zoom.getContainer().querySelectorAll('a')) {
      button.addEventListener('click', () => (this.#moved = true));
    }
    const home = this.#home.getContainer().firstChild;
    home.title = words('map.home');
    home.setAttribute('aria-label', words('map.home'));
    this.#container.setAttribute('aria-label', words('map.label'));
  }

  /** From afar the sensors need the room that the names would take. */
  #showNames() {
    this.#container.dataset.names = this.leaflet.getZoom() >= NAMES_FROM_ZOOM ? 'all' : 'few';
  }

  #resized() {
    this.leaflet.invalidateSize({ animate: false, pan: !this.#moved });
    if (!this.#moved) this.showWard();
  }
}

function houseSign() {
  const size = { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true' };
  return svg('svg', size, svg('path', { d: 'M3 9.5 10 3.5l7 6V17h-5v-4.5H8V17H3Z' }));
}

function homeButton(onPress) {
  const control = L.control({ position: 'topleft' });
  control.onAdd = () => {
    const bar = L.DomUtil.create('div', 'leaflet-bar home-control');
    const button = L.DomUtil.create('button', '', bar);
    button.type = 'button';
    button.append(houseSign());
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.on(button, 'click', onPress);
    return bar;
  };
  return control;
}
