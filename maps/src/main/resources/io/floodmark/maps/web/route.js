// What the address says: `#/sensor/CODE` opens a sensor, `?lang=en` after it chooses a language. Before the #, what is
// shown of the register: `?layers=tree,house&group=tdp-03&q=phuong`.

/** A kind as the register writes it; which there are, the server says. */
const KIND = /^[a-z][a-z0-9-]{0,31}$/;

/** Layers of a page whose address says nothing about them. */
const LAYERS_AT_FIRST = ['tree', 'house'];

/** {sensor: code or null, language: 'vi', 'en' or null} of a location hash. */
export function readRoute(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const found = /^\/sensor\/([^/]+)$/.exec(path);
  const asked = new URLSearchParams(query).get('lang');
  return { sensor: found ? decoded(found[1]) : null, language: asked === 'vi' || asked === 'en' ? asked : null };
}

/** The permanent link of a sensor, relative to the page. */
export function sensorLink(code) {
  return `#/sensor/${encodeURIComponent(code)}`;
}

/** {kinds, group, condition, query} of a location's search; '' for no restriction. */
export function readFilter(search) {
  const query = new URLSearchParams(search);
  const layers = query.get('layers');
  return {
    kinds: layers === null ? LAYERS_AT_FIRST : [...new Set(layers.split(',').filter((kind) => KIND.test(kind)))],
    group: query.get('group') ?? '',
    condition: query.get('condition') ?? '',
    query: query.get('q') ?? '',
  };
}

/** The search that says so, with whatever else stands in `search`; '' where nothing needs saying. */
export function writeFilter(search, { kinds, group, condition, query }) {
  const parameters = new URLSearchParams(search);
  const layers = kinds.join(',');
  const says = {
    layers: layers === LAYERS_AT_FIRST.join(',') ? null : layers,
    group: group || null,
    condition: condition || null,
    q: query || null,
  };
  for (const [name, value] of Object.entries(says)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The page on which a resident reports something at a place. */
export function reportLink([lon, lat], language) {
  return `/report?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}${language === 'en' ? '&lang=en' : ''}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % sign: no such sensor, but no reason to fall over
  }
}
