// The readings behind the chart: fetched for a range, then kept up with what arrives live.

import { fetchReadings } from './api.js';
import { withReading } from './chart-geometry.js';

const HOUR = 3600e3;
export const RANGES_MS = { '1h': HOUR, '24h': 24 * HOUR, '7d': 7 * 24 * HOUR, '31d': 31 * 24 * HOUR };
/** Enough for hourly steps over 31 days, which are 745 rows, and for fine ones, of two minutes, over a day. */
const MAX_POINTS = 800;
/** The server reduces anew at most this often; between, live readings are put on the end as they come. */
const REFETCH_MS = 15_000;

export class SensorReadings {
  #clock;
  #onChange;
  #sensor = null;
  #range = '24h';
  #rows = [];
  #newest = null;
  #status = 'loading';
  #abort = null;
  #timer = null;
  #fetchedAt = 0;

  /** @param clock the server's; @param onChange called after rows or status changed */
  constructor(clock, onChange) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** {rows, fromMs, toMs, range, status: 'loading' | 'ready' | 'failed'} */
  get view() {
    const toMs = this.#clock.now();
    const fromMs = toMs - RANGES_MS[this.#range];
    return { rows: this.#rows.filter((row) => row[0] >= fromMs), fromMs, toMs, range: this.#range, status: this.#status };
  }

  open(sensor, range = this.#range) {
    const same = this.#sensor?.code === sensor.code && range === this.#range;
    this.#sensor = sensor;
    this.#range = range;
    if (same) return;
    this.#rows = [];
    this.#newest = null;
    this.#status = 'loading';
    this.#fetch();
  }

  close() {
    this.#sensor = null;
    this.#abort?.abort();
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** A sensor's newest feature has arrived: its reading goes on the end at once, the exact rows follow. */
  heard(sensor) {
    if (sensor.code !== this.#sensor?.code || !Number.isFinite(sensor.latest?.depthMm)) return;
    const { observedAt, depthMm, qc } = sensor.latest;
    const believed = qc === 4 ? null : depthMm;
    this.#newest = [Date.parse(observedAt), depthMm, believed, believed, qc];
    this.#putNewest();
    this.refresh();
    this.#onChange();
  }

  #putNewest() {
    if (this.#newest === null) return;
    const gapMs = Math.max(3 * (this.#sensor.reportIntervalS ?? 60) * 1000, (2 * RANGES_MS[this.#range]) / MAX_POINTS);
    this.#rows = withReading(this.#rows, this.#newest, gapMs);
  }

  /** Fetches again soon, however often it is called. */
  refresh() {
    if (!this.#sensor || this.#timer !== null) return;
    const wait = Math.max(0, REFETCH_MS - (Date.now() - this.#fetchedAt));
    this.#timer = setTimeout(() => this.#fetch(), wait);
  }

  async #fetch() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#fetchedAt = Date.now();
    const toMs = this.#clock.now();
    try {
      const answer = await fetchReadings(
        this.#sensor.code,
        toMs - RANGES_MS[this.#range],
        toMs,
        MAX_POINTS,
        abort.signal,
      );
      if (abort.signal.aborted) return;
      this.#rows = answer.rows;
      this.#putNewest(); // it may have come while the answer was on its way
      this.#status = 'ready';
    } catch (error) {
      if (abort.signal.aborted) return;
      console.warn('The readings could not be fetched.', error);
      if (this.#status !== 'ready') this.#status = 'failed';
      this.refresh();
    }
    this.#onChange();
  }
}
