// Shows where an asset stands. The coordinates are in the page as text, so the map is for the eyes only.

import { lookAt, pointAt, positionMap } from './position-map.js';

// Far enough away for a street or two to be seen around it: our ground shows nothing smaller.
const STREETS_ZOOM = 14;

for (const container of document.querySelectorAll('.asset-map')) {
  const at = [Number(container.dataset.lat), Number(container.dataset.lon)];
  const map = positionMap(container, { dragging: false, scrollWheelZoom: false, doubleClickZoom: false, touchZoom: false });
  lookAt(map, at, STREETS_ZOOM);
  pointAt(map, at);
}
