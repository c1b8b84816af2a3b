// Ways of travelling, and what is said of them: passable, with care, not, not known. Pure, but for the reader's choice.

/** As the server names them, in the order of menus. */
export const WAYS = ['footAdult', 'footChild', 'bicycle', 'motorbike', 'car', 'truck'];

/** As lists show them: what stops the reader, what slows him down, what nobody knows. */
export const VERDICTS = ['no', 'care', 'unknown', 'yes'];

/** Most people of the ward ride one. */
const WAY_AT_FIRST = 'motorbike';
const STORED_AS = 'floodmark.way';

/** Water deeper than this at the low point hides open manholes and fallen wires. */
const HIDES_ABOVE_MM = 100;

/** The worst first. What is known to stop says more than what is not known, and that is never passed over, with care neither. */
const WORST = ['no', 'unknown', 'care', 'yes'];

/** As the server counts a sensor as silent, and how far its clock may be behind besides. */
const SILENT_INTERVALS = 3;
const SILENT_S_LEAST = 300;
const SLOW_CLOCK_S = 900;

/** What holds for a way past several places; of none nothing is known. */
export function worst(verdicts) {
  if (verdicts.length === 0) return 'unknown';
  return WORST.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}

/** Whether one gets through at a sensor; one that is not there says nothing, nor what came before the line was lost. */
export function verdictAt(sensor, way, now) {
  const verdict = sensor?.passability?.[way];
  return VERDICTS.includes(verdict) && !isStale(sensor, now) ? verdict : 'unknown';
}

function isStale({ latest, reportIntervalS }, now) {
  const seconds = Math.max(SILENT_INTERVALS * (reportIntervalS ?? 0), SILENT_S_LEAST) + SLOW_CLOCK_S;
  return Boolean(latest) && now - Date.parse(latest.observedAt) > seconds * 1000;
}

/** Whether one gets through a stretch, by its sensors as they stand; `sensorOf(code)` gives them, null for none. */
export function verdictOf({ properties: { sensors } }, sensorOf, way, now) {
  return worst(sensors.map((code) => verdictAt(sensorOf(code), way, now)));
}

/** When the oldest reading was taken that a stretch rests on; null where one of its sensors has none. */
export function oldestReading({ properties: { sensors } }, sensorOf) {
  const times = sensors.map((code) => sensorOf(code)?.latest?.observedAt ?? null);
  if (times.length === 0 || times.includes(null)) return null;
  return times.reduce((oldest, time) => (Date.parse(time) < Date.parse(oldest) ? time : oldest));
}

/** How many there are of each verdict, the worst first, none left out. */
export function countsOf(verdicts) {
  return VERDICTS.map((verdict) => [verdict, verdicts.filter((one) => one === verdict).length]).filter(([, count]) => count > 0);
}

/** Entries {verdict, name, ...} in the order of the list: what stops the reader first. */
export function worstFirst(entries, language) {
  const collator = new Intl.Collator(language, { numeric: true });
  const rank = ({ verdict }) => VERDICTS.indexOf(verdict);
  return [...entries].sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name));
}

/** Whether the water at a sensor is deep enough to hide what is dangerous. */
export function hidesHazards({ state, level, latest }) {
  return state === 'live' && level !== null && (latest?.lowPointDepthMm ?? 0) > HIDES_ABOVE_MM;
}

/** The way that the reader chose last. */
export function rememberedWay() {
  try {
    const way = localStorage.getItem(STORED_AS);
    return WAYS.includes(way) ? way : WAY_AT_FIRST;
  } catch {
    return WAY_AT_FIRST; // storage is switched off: the choice lasts as long as the page
  }
}

export function rememberWay(way) {
  try {
    localStorage.setItem(STORED_AS, way);
  } catch {
    // as above
  }
}
