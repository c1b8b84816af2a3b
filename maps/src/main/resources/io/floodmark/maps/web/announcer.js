// Tells screen readers about alert changes: politely, several at once as one message, and nothing else.

const GATHER_MS = 1_500;

export class Announcer {
  #region;
  #waiting = new Map();
  #timer = null;

  /** @param region element with aria-live="polite" */
  constructor(region) {
    this.#region = region;
  }

  /** Says a sentence about a subject; a newer one about the same subject replaces one still waiting. */
  say(subject, sentence) {
    this.#waiting.set(subject, sentence);
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  }

  #speak() {
    this.#timer = null;
    this.#region.textContent = [...this.#waiting.values()].join(' ');
    this.#waiting.clear();
  }
}

/** The sentence for one change of an open alert. */
export function alertSentence({ kind, alert }, words, sensorWords) {
  const flood = alert.kind === 'flood' && Number.isInteger(alert.level);
  const level = flood ? sensorWords.levelName(alert.level) : words(alert.kind === 'fast_rise' ? 'alerts.kind.fast_rise' : 'alerts.kind.other');
  return words(`alerts.said.${kind}`, { name: alert.sensorName ?? alert.sensor, level });
}
