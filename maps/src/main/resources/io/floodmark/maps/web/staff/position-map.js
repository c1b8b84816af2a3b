// The ground of small maps on staff pages: the ward's drawing with one point on it.

/* global L */

import { WARD_BOUNDS, drawWard, loadWard } from '../ward.js';

const CLOSE_ZOOM = 17;

/** A map in `container`, showing the whole ward until it is told where to look. */
export function positionMap(container, options = {}) {
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    minZoom: 10,
    maxZoom: 20,
    zoomAnimation: false,
    fadeAnimation: false,
    ...options,
  });
  map.fitBounds(WARD_BOUNDS);
  loadWard().then(
    (ward) => drawWard(map, ward),
    () => container.classList.add('no-ground'), // the point shows all the same
  );
  return map;
}

/** The point's marker; its look is in assets.css. */
export function pointAt(map, latLng) {
  return L.circleMarker(latLng, { radius: 10, className: 'position-point', interactive: false }).addTo(map);
}

/** Looks at a place closely enough to tell two trees apart, or from the given zoom. */
export function lookAt(map, latLng, zoom = CLOSE_ZOOM) {
  map.setView(latLng, Math.max(map.getZoom(), zoom), { animate: false });
}
