// The chart's arithmetic, apart from the drawing. Rows are [t, depthMm, minMm, maxMm, qc], with detail also [reasons,
// rawMm]; a gap is a row of nulls.

import { VISIBLE_DEPTH_MM } from './sensor-words.js';
import { WARD_OFFSET_MS } from './format.js';

export const [T, DEPTH, MIN, MAX, QC, REASONS, RAW] = [0, 1, 2, 3, 4, 5, 6];

const MINUTE = 60e3;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 7 * DAY];
const DEPTH_STEPS_MM = [20, 50, 100, 200, 500, 1000, 2000];

export const isGap = (row) => row[DEPTH] === null || row[DEPTH] === undefined;
/**
 * Nothing but QARTOD 4, fail: shown as a mark, but neither in the line nor allowed to stretch the axis. Where good
 * readings lie in the same step the depth is theirs, and they have a least and a greatest.
 */
export const isBad = (row) => row[QC] === 4 && (row[MIN] === null || row[MIN] === undefined);
/** With some QARTOD 3 or 4 in it: to be marked. */
export const isDoubted = (row) => row[QC] === 3 || row[QC] === 4;

/** Doubts that leave a reading good for alerts: a fast rise is of high interest, and a clock says nothing of the water. */
const STILL_WATER = ['fast_change', 'clock'];

/** Suspect for a reason that alerts take seriously, such as a parked car: marked, but not drawn as water. */
export const isAside = (row) => row[QC] === 3 && (row[REASONS] ?? []).some((reason) => !STILL_WATER.includes(reason));

/**
 * Where, in depth at the sensor, each level begins: level L holds when the low point, depth + delta, reaches its
 * threshold, and only from the visible depth on. Levels that begin together at the visible depth are one line, named
 * for the highest, because the lower ones can never be seen there.
 */
export function thresholdLines(thresholdsMm, lowPointDeltaMm) {
  const byDepth = new Map();
  (thresholdsMm ?? []).forEach((thresholdMm, index) => {
    const depthMm = Math.max(VISIBLE_DEPTH_MM, thresholdMm - (lowPointDeltaMm ?? 0));
    byDepth.set(depthMm, { level: index + 1, depthMm, thresholdMm });
  });
  return [...byDepth.values()].sort((a, b) => a.depthMm - b.depthMm);
}

/** Upper end of the depth axis: room over the data, the first threshold always in sight, never less than 10 cm. */
export function depthTop(rows, lines) {
  const highest = rows.reduce((top, row) => (isGap(row) || isBad(row) ? top : Math.max(top, row[DEPTH], row[MAX] ?? 0)), 0);
  const first = lines.length > 0 ? lines[0].depthMm : 0;
  const wanted = Math.max(highest * 1.12, first * 1.35, 100);
  const step = depthStep(wanted);
  return Math.ceil(wanted / step) * step;
}

/** Round depths from 0 to the top, four to six of them. */
export function depthTicks(topMm) {
  const step = depthStep(topMm);
  return Array.from({ length: Math.floor(topMm / step) + 1 }, (_, index) => index * step);
}

function depthStep(topMm) {
  return DEPTH_STEPS_MM.find((step) => topMm / step <= 5) ?? 5000;
}

/** Round local times within the range, at least minGapPx apart. `midnight` says that a date fits better than a time. */
export function timeTicks(fromMs, toMs, widthPx, minGapPx = 56) {
  const most = Math.max(2, Math.floor(widthPx / minGapPx));
  const step = TIME_STEPS.find((candidate) => (toMs - fromMs) / candidate <= most) ?? 14 * DAY;
  const ticks = [];
  for (let local = Math.ceil((fromMs + WARD_OFFSET_MS) / step) * step; local <= toMs + WARD_OFFSET_MS; local += step) {
    ticks.push({ t: local - WARD_OFFSET_MS, midnight: local % DAY === 0 });
  }
  return ticks;
}

/** Runs of rows that may be joined by a line: broken at gaps, and at readings that are bad or set aside. */
export function segments(rows) {
  const runs = [];
  let run = [];
  for (const row of rows) {
    if (!isGap(row) && !isBad(row) && !isAside(row)) {
      run.push(row);
    } else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}

/** What was measured before anybody judged it, as a path: broken only where nothing was. Empty without such values. */
export function rawPath(rows, x, y) {
  let path = '';
  let broken = true;
  for (const row of rows) {
    const raw = row[RAW];
    if (Number.isFinite(raw)) path += `${broken ? 'M' : 'L'}${px(x(row[T]))} ${px(y(raw))}`;
    broken = !Number.isFinite(raw);
  }
  return path;
}

export function linePath(run, x, y) {
  return run.map((row, index) => `${index === 0 ? 'M' : 'L'}${px(x(row[T]))} ${px(y(row[DEPTH]))}`).join('');
}

/** The band from each bucket's least to its greatest depth. */
export function bandPath(run, x, y) {
  const there = run.map((row) => `${px(x(row[T]))} ${px(y(row[MAX] ?? row[DEPTH]))}`);
  const back = [...run].reverse().map((row) => `${px(x(row[T]))} ${px(y(row[MIN] ?? row[DEPTH]))}`);
  return `M${[...there, ...back].join('L')}Z`;
}

/** Index of the reading nearest in time, gaps passed over; -1 where there is none. */
export function nearestIndex(rows, t) {
  let best = -1;
  rows.forEach((row, index) => {
    if (!isGap(row) && (best < 0 || Math.abs(row[T] - t) < Math.abs(rows[best][T] - t))) best = index;
  });
  return best;
}

/** Index of the next reading in a direction (+1, -1), gaps passed over; the same index at the end. */
export function neighbourIndex(rows, index, direction) {
  for (let i = index + direction; i >= 0 && i < rows.length; i += direction) if (!isGap(rows[i])) return i;
  return index;
}

/** Rows with a new reading at the end: in place of one of the same time, after a row of nulls if there was a gap. */
export function withReading(rows, row, gapMs) {
  const last = rows[rows.length - 1];
  if (!last || row[T] > last[T]) {
    const gap = last && !isGap(last) && row[T] - last[T] > gapMs;
    return [...rows, ...(gap ? [[last[T] + 1, null, null, null, null]] : []), row];
  }
  return row[T] === last[T] ? [...rows.slice(0, -1), row] : rows;
}

function px(value) {
  return Math.round(value * 10) / 10;
}
