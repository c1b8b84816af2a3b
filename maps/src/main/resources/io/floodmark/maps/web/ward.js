// The ground of the map: the ward's outline and a schematic of its roads, railway and waters. No tiles, no other host.

/* global L */

const TITLES = { place: 'place-name', towards: 'towards-name' };

/** Loads both drawings; a failure leaves an empty ground, on which the sensors still stand in their places. */
export async function loadWard() {
  const [outline, schematic] = await Promise.all(['ward-outline.geojson', 'ward-schematic.geojson'].map(load));
  return { outline, schematic };
}

/** Bounds of the ward, known before its drawing is there: [[south, west], [north, east]]. */
export const WARD_BOUNDS = [
  [20.9291, 106.031],
  [20.9778, 106.1137],
];

/** Draws the ground under everything else. Colours come from map.css by class, so both themes work. */
export function drawWard(map, { outline, schematic }) {
  const ground = map.createPane('ground');
  ground.style.zIndex = 250;
  const options = { pane: 'ground', interactive: false };
  const shape = (data, className, more = {}) => L.geoJSON(data, { ...options, style: { className, ...more } }).addTo(map);

  shape(outline, 'ward-fill', { stroke: false });
  shape(outline, 'ward-halo', { fill: false });
  for (const feature of schematic.features.filter(({ geometry }) => geometry.type === 'LineString')) {
    const { kind } = feature.properties;
    shape(feature, `way way-${kind}-casing`);
    shape(feature, `way way-${kind}`);
  }
  shape(outline, 'ward-line', { fill: false });
  for (const feature of schematic.features) drawName(map, feature);
}

function drawName(map, { geometry, properties }) {
  const at = properties.labelAt ?? (geometry.type === 'Point' ? geometry.coordinates : null);
  if (!at) return;
  const text = document.createElement('span');
  text.textContent = properties.arrow ? named(properties) : properties.name;
  if (properties.arrow) text.dataset.arrow = properties.arrow;
  const className = TITLES[properties.kind] ?? `way-name way-name-${properties.kind}`;
  const icon = L.divIcon({ className: `ground-name ${className}`, html: text, iconSize: null });
  // Drawn words are for the eyes; a screen reader has the streets in the list.
  const marker = L.marker([at[1], at[0]], { icon, interactive: false, keyboard: false, pane: 'ground' }).addTo(map);
  marker.getElement().setAttribute('aria-hidden', 'true');
}

function named({ arrow, name }) {
  return arrow === '←' ? `${arrow} ${name}` : `${name} ${arrow}`;
}

async function load(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file} answered ${response.status}.`);
  return response.json();
}
