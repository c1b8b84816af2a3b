// The ward as it stands: every sensor's newest feature and the open alerts. A snapshot replaces all, events amend.

export class WardNow {
  #sensors = new Map();
  #alerts = new Map();
  #known = false;

  /** Sensors' features, in the order the server gave them. */
  get sensors() {
    return [...this.#sensors.values()];
  }

  /** Open alerts: highest level first, the newest first among equals. */
  get alerts() {
    return [...this.#alerts.values()].sort(
      (a, b) => (b.level ?? 0) - (a.level ?? 0) || Date.parse(b.since) - Date.parse(a.since),
    );
  }

  /** False until the first answer: an empty page is not an empty ward. */
  get known() {
    return this.#known;
  }

  sensor(code) {
    return this.#sensors.get(code) ?? null;
  }

  replaceAll(featureCollection, alerts) {
    this.#sensors = new Map(featureCollection.features.map((feature) => [feature.properties.code, feature]));
    this.#alerts = new Map(alerts.filter(isOpen).map((alert) => [alert.id, alert]));
    this.#known = true;
  }

  putSensor(feature) {
    this.#sensors.set(feature.properties.code, feature);
  }

  putAlert(alert) {
    if (isOpen(alert)) this.#alerts.set(alert.id, alert);
    else this.#alerts.delete(alert.id);
  }
}

/** What changed between two lists of open alerts: [{kind: 'raised'|'escalated'|'lowered'|'cleared', alert}]. */
export function alertChanges(before, after) {
  const old = new Map(before.map((alert) => [alert.id, alert]));
  const changes = [];
  for (const alert of after) {
    const was = old.get(alert.id);
    old.delete(alert.id);
    if (!was) changes.push({ kind: 'raised', alert });
    else if ((alert.level ?? 0) > (was.level ?? 0)) changes.push({ kind: 'escalated', alert });
    else if ((alert.level ?? 0) < (was.level ?? 0)) changes.push({ kind: 'lowered', alert });
  }
  for (const alert of old.values()) changes.push({ kind: 'cleared', alert });
  return changes;
}

/** What the public list shows: water, street by street. Zones and the rest are for the staff's inbox. */
const SHOWN_KINDS = ['flood', 'fast_rise'];

function isOpen(alert) {
  const isShown = alert.kind === undefined || SHOWN_KINDS.includes(alert.kind);
  return isShown && alert.state !== 'cleared' && alert.state !== 'closed' && !alert.zone && !alert.suppressed;
}
