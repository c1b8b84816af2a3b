// What may be said about a sensor, and in which words. Pure. The rule above all: not known is never shown as dry.

import { ago, centimetres, number, timeSince } from './format.js';

/** Water over the ground at the sensor below this cannot be told from noise; the low point is then unknown. */
export const VISIBLE_DEPTH_MM = 30;

const STEADY_MM_PER_MIN = 1;
const FAST_MM_PER_MIN = 10;

/**
 * The look of a sensor: 'level-0'...'level-4', 'level-0-unsure' where the sensor is dry but its low point may already
 * hold a level, 'unknown', 'rain', or a state that hides the level.
 */
export function lookOf(sensor) {
  const { kind, state, level } = sensor;
  if (state !== 'live') return state;
  if (kind === 'rain') return 'rain';
  if (level === null || level === undefined) return 'unknown';
  return isDry(sensor) && sensor.lowPointDeltaMm >= (sensor.thresholdsMm?.[0] ?? Infinity) ? 'level-0-unsure' : `level-${level}`;
}

function isDry({ level, latest }) {
  return level === 0 && Number.isFinite(latest?.depthMm) && latest.depthMm < VISIBLE_DEPTH_MM;
}

/** 'rising-fast', 'rising', 'steady', 'falling', or null where the sensor is not live or nothing is known. */
export function trendOf({ state, level, latest }) {
  const mmPerMin = latest?.trendMmPerMin;
  if (state !== 'live' || level === null || level === undefined || !Number.isFinite(mmPerMin)) return null;
  if (mmPerMin >= FAST_MM_PER_MIN) return 'rising-fast';
  if (mmPerMin >= STEADY_MM_PER_MIN) return 'rising';
  return mmPerMin <= -STEADY_MM_PER_MIN ? 'falling' : 'steady';
}

export const TREND_ARROWS = { 'rising-fast': '⇈', rising: '↑', steady: '→', falling: '↓' };

/** Whether the newest reading may be shown as the present: live, and judged good enough for a level. */
export function isPresent({ state, level }) {
  return state === 'live' && level !== null && level !== undefined;
}

/** Everything said about sensors, in one language. `words(key, values)` gives the texts. */
export class SensorWords {
  #words;
  #language;

  constructor(words, language) {
    this.#words = words;
    this.#language = language;
  }

  /** "Mức 3 · Nguy hiểm", or why there is no level. */
  level(sensor) {
    const look = lookOf(sensor);
    // "Not significant" would promise too much where the sensor cannot see the low point.
    if (isDry(sensor) && look.startsWith('level-0')) {
      return this.#words('level.named', { level: 0, name: this.#words('level.0dry') });
    }
    if (look.startsWith('level-')) return this.levelName(sensor.level);
    return this.#words(`look.${look}`);
  }

  levelName(level) {
    return this.#words('level.named', { level, name: this.#words(`level.${level}`) });
  }

  /** "Mất tín hiệu từ 14:05", null for a live sensor. */
  state({ state, stateSince }, now) {
    if (state === 'live') return null;
    if ((state === 'silent' || state === 'offline') && stateSince) {
      return this.#words(`state.${state}Since`, { time: timeSince(stateSince, now) });
    }
    return this.#words(`state.${state}`);
  }

  /** Depth at the sensor: "14 cm"; under the visible depth "dưới 3 cm". */
  depthAtSensor({ latest }) {
    if (!Number.isFinite(latest?.depthMm)) return this.#words('depth.unknown');
    return latest.depthMm < VISIBLE_DEPTH_MM
      ? this.#words('depth.under', { depth: centimetres(VISIBLE_DEPTH_MM, this.#language) })
      : centimetres(latest.depthMm, this.#language);
  }

  /** Depth at the low point: "32 cm", or the range in which it must lie. */
  depthAtLowPoint({ latest, lowPointDeltaMm }) {
    if (!Number.isFinite(latest?.depthMm)) return this.#words('depth.unknown');
    if (Number.isFinite(latest.lowPointDepthMm)) return centimetres(latest.lowPointDepthMm, this.#language);
    if (!(lowPointDeltaMm > 0)) return this.depthAtSensor({ latest });
    return this.#words('depth.upTo', { depth: centimetres(lowPointDeltaMm, this.#language) });
  }

  /** The sentence that keeps a dry sensor from promising a dry street; null where there is nothing to warn of. */
  lowPointCaution({ kind, latest, lowPointDeltaMm }) {
    const dry = Number.isFinite(latest?.depthMm) && latest.depthMm < VISIBLE_DEPTH_MM;
    if (kind === 'rain' || !dry || !(lowPointDeltaMm > 0)) return null;
    return this.#words('depth.caution', { depth: centimetres(lowPointDeltaMm, this.#language) });
  }

  /** The one depth that stands on the marker and in the list: at the low point where known, and only of now. */
  shortDepth(sensor) {
    const { latest, kind, state } = sensor;
    if (kind === 'rain' && state === 'live' && Number.isFinite(latest?.rainMm)) {
      return `${number(latest.rainMm, this.#language, 1)} mm`;
    }
    if (!isPresent(sensor) || !latest) return '';
    if (Number.isFinite(latest.lowPointDepthMm)) return centimetres(latest.lowPointDepthMm, this.#language);
    const most = sensor.lowPointDeltaMm > 0 ? sensor.lowPointDeltaMm : VISIBLE_DEPTH_MM;
    return this.#words('depth.range', { depth: centimetres(most, this.#language) });
  }

  /** "đang tăng, khoảng 0,7 cm mỗi phút"; empty where no trend is known. */
  trend(sensor) {
    const trend = trendOf(sensor);
    if (!trend) return '';
    const rate = number(Math.abs(sensor.latest.trendMmPerMin) / 10, this.#language, 1);
    return this.#words(`trend.${trend}`, { rate });
  }

  /** "2 phút trước" of the newest reading; a word for "never" where there is none. */
  updated({ latest }, now) {
    if (!latest) return this.#words('updated.never');
    return ago(latest.observedAt, now, this.#language, this.#words('updated.now'));
  }

  /** All that the marker shows and more, as one sentence for a screen reader. */
  accessibleName(sensor, now) {
    const { name, latest, state, kind } = sensor;
    const said = [name, this.level(sensor)];
    if (state === 'silent' || state === 'offline') said[1] = this.state(sensor, now);
    if (kind === 'rain' && state === 'live') said.push(this.shortDepth(sensor));
    if (isPresent(sensor) && latest) {
      if (Number.isFinite(latest.lowPointDepthMm)) {
        said.push(this.#words('spoken.lowPoint', { depth: this.depthAtLowPoint(sensor) }));
      } else {
        said.push(this.lowPointCaution(sensor) ?? this.depthAtSensor(sensor));
      }
      said.push(this.trend(sensor));
    }
    if (latest) said.push(this.#words('spoken.updated', { ago: this.updated(sensor, now) }));
    return said.filter(Boolean).join(', ');
  }
}
