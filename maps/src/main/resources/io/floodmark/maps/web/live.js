// The line to the server: the browser's own EventSource, watched, because a dead connection can look open for minutes.

const EVENTS = ['snapshot', 'level', 'alert', 'heartbeat'];
/** Two heartbeats of 15 s and a little: after this without a sign the data count as old. */
export const SILENCE_MS = 35_000;
const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** Before the first sign. Both times are local milliseconds. */
export const NOTHING_HEARD = { heardAt: null, currentAt: null, databaseAway: false };

/**
 * What is known once an event has come. `currentAt` is when the page was last up to date: a server that lost its
 * database goes on speaking, but of nothing new. Snapshots and heartbeats say so; other events leave it as it was.
 */
export function afterEvent(before, name, data, now) {
  const tells = name === 'snapshot' || name === 'heartbeat';
  const databaseAway = tells ? data.databaseAway === true : before.databaseAway;
  return { heardAt: now, currentAt: databaseAway ? before.currentAt : now, databaseAway };
}

/**
 * How the connection stands, from what was last heard. Old wins over reconnecting: what the reader must know is that
 * the map no longer shows the present.
 */
export function connectionState({ heardAt, databaseAway, open, now, startedAt }) {
  if (heardAt === null) return now - startedAt > SILENCE_MS ? 'old' : 'connecting';
  if (databaseAway || now - heardAt > SILENCE_MS) return 'old';
  return open ? 'live' : 'reconnecting';
}

/** Wait before the n-th try of our own (from 0), spread by up to a half so that browsers do not return in step. */
export function backOff(tries, random) {
  const base = BACKOFF_MS[Math.min(tries, BACKOFF_MS.length - 1)];
  return Math.round(base * (1 + random() / 2));
}

export class LiveConnection {
  #url;
  #on;
  #source = null;
  #open = false;
  #last = NOTHING_HEARD;
  #startedAt = Date.now();
  #triedAt = 0;
  #tries = 0;
  #retry = null;

  /** @param on {snapshot, level, alert, heartbeat: given the parsed data; change: the state may have changed} */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
  }

  start() {
    this.#connect();
    setInterval(() => this.#watch(), 1_000);
    window.addEventListener('online', () => this.#restart());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.state !== 'live') this.#restart();
    });
  }

  get state() {
    return connectionState({ ...this.#last, open: this.#open, now: Date.now(), startedAt: this.#startedAt });
  }

  /** Local milliseconds since the page was last up to date; null if it never was. */
  get behindMs() {
    return this.#last.currentAt === null ? null : Date.now() - this.#last.currentAt;
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#source?.close();
    this.#open = false;
    this.#triedAt = Date.now();
    const source = new EventSource(this.#url);
    this.#source = source;
    for (const name of EVENTS) source.addEventListener(name, (event) => this.#heard(source, name, event.data));
    source.addEventListener('error', () => {
      if (source !== this.#source) return;
      this.#open = false;
      // CONNECTING: the browser tries again by itself. CLOSED: it never will (an HTTP error, a wrong content type).
      if (source.readyState === EventSource.CLOSED) this.#retryLater();
      this.#on.change();
    });
  }

  #heard(source, name, data) {
    if (source !== this.#source) return;
    let parsed;
    try {
      parsed = JSON.parse(data);
    } catch (error) {
      console.warn(`An event of kind ${name} from ${this.#url} is no JSON and was passed over.`, error);
      return;
    }
    this.#last = afterEvent(this.#last, name, parsed, Date.now());
    this.#open = true;
    this.#tries = 0;
    this.#on[name](parsed);
    this.#on.change();
  }

  #retryLater() {
    if (this.#retry !== null) return;
    this.#retry = setTimeout(() => this.#connect(), backOff(this.#tries, Math.random));
    this.#tries += 1;
  }

  #restart() {
    this.#tries = 0;
    this.#connect();
    this.#on.change();
  }

  /** A connection on which nothing arrives any more is given up and made anew, at the pace of the back-off. */
  #watch() {
    const patience = Date.now() - Math.max(this.#last.heardAt ?? 0, this.#triedAt);
    if (patience > SILENCE_MS && this.#retry === null) {
      this.#open = false;
      this.#source.close();
      this.#retryLater();
    }
    this.#on.change();
  }
}
