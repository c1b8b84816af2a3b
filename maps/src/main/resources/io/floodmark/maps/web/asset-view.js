// What the map asks the server for, and what it draws of the answers. Pure arithmetic in degrees and zoom levels.

/** From here on single houses and trees can be told apart; before it they are counted. */
export const POINTS_FROM_ZOOM = 15.2;

/** From afar the sensors need the room that the counts would take. */
export const COUNTS_FROM_ZOOM = 12.9;

/** The least width of a cell in which things are counted: few enough numbers to leave the sensors in front. */
const CELL_PIXELS = 128;
const TILE_PIXELS = 256;
const MARGIN = 0.15;

/**
 * The rectangle to ask for: the view and a margin, out to a grid, so that a small move asks for nothing new.
 *
 * @param view {west, south, east, north} in degrees
 */
export function askedBounds(view) {
  const span = Math.max(view.east - view.west, view.north - view.south);
  const step = powerOfTwo(span / 8);
  const grow = span * MARGIN;
  return {
    west: Math.max(-180, Math.floor((view.west - grow) / step) * step),
    south: Math.max(-90, Math.floor((view.south - grow) / step) * step),
    east: Math.min(180, Math.ceil((view.east + grow) / step) * step),
    north: Math.min(90, Math.ceil((view.north + grow) / step) * step),
  };
}

/** As the API takes it: `west,south,east,north`. */
export function bboxText({ west, south, east, north }) {
  return [west, south, east, north].map((degrees) => String(Number(degrees.toFixed(6)))).join(',');
}

/** Whether a rectangle holds another. */
export function holds(outer, inner) {
  return outer.west <= inner.west && outer.south <= inner.south && outer.east >= inner.east && outer.north >= inner.north;
}

/** The zoom that the server is told, so that its cells are as wide as those of {@link gather}. */
export function zoomForServer(zoom) {
  return Math.max(0, Math.min(24, Math.round(zoom) - 1));
}

/** Whether an answer lists everything in its rectangle one by one; otherwise it counts. */
export function isWhole(features) {
  return !features.some(({ properties }) => properties.count > 0);
}

/**
 * What is drawn: counts as they came, single things from a zoom on where they can be told apart, and counted before.
 *
 * @return features; those that stand for several have `properties.count` and `bbox`
 */
export function drawnFeatures(features, zoom) {
  if (zoom >= POINTS_FROM_ZOOM) return features;
  const singles = features.filter(({ properties }) => !(properties.count > 0));
  const counts = features.filter(({ properties }) => properties.count > 0);
  return [...counts, ...gather(singles, zoom)];
}

/** Counts single things in the cells of a grid at round degrees, as the server does; kinds are kept apart. */
export function gather(features, zoom) {
  const cell = powerOfTwo((360 / 2 ** zoomForServer(zoom)) * (CELL_PIXELS / 2 / TILE_PIXELS));
  const cells = new Map();
  for (const feature of features) {
    const [lon, lat] = feature.geometry.coordinates;
    const key = `${feature.properties.kind} ${Math.floor(lat / cell)} ${Math.floor(lon / cell)}`;
    if (cells.has(key)) cells.get(key).push(feature);
    else cells.set(key, [feature]);
  }
  return [...cells.values()].map((members) => (members.length === 1 ? members[0] : counted(members)));
}

function counted(members) {
  const lons = members.map(({ geometry }) => geometry.coordinates[0]);
  const lats = members.map(({ geometry }) => geometry.coordinates[1]);
  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return {
    type: 'Feature',
    bbox: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
    geometry: { type: 'Point', coordinates: [mean(lons), mean(lats)] },
    properties: {
      kind: members[0].properties.kind,
      count: members.length,
      madeUp: members.some(({ properties }) => properties.madeUp),
    },
  };
}

/** The features whose place lies in the view. */
export function inView(features, view) {
  return features.filter(({ geometry: { coordinates: [lon, lat] } }) =>
    holds(view, { west: lon, south: lat, east: lon, north: lat }));
}

/** How many things of each kind the features stand for, most first: [[kind or null, number]]. */
export function totals(features) {
  const sums = new Map();
  for (const { properties } of features) {
    sums.set(properties.kind, (sums.get(properties.kind) ?? 0) + (properties.count ?? 1));
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** A text that tells one feature from others as long as the map stays: the public gets no ids. */
export function keyOf({ geometry, properties }) {
  return `${properties.kind} ${geometry.coordinates.join(' ')} ${properties.count ?? properties.number ?? ''}`;
}

function powerOfTwo(atLeast) {
  return 2 ** Math.ceil(Math.log2(atLeast));
}
