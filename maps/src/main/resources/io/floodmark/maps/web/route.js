// What the address says: `#/sensor/CODE` opens a sensor, `?lang=en` after it chooses a language.

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

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % sign: no such sensor, but no reason to fall over
  }
}
