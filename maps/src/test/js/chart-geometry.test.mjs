import assert from 'node:assert/strict';
import test from 'node:test';
import {
  bandPath, depthTicks, depthTop, isAside, linePath, nearestIndex, neighbourIndex, rawPath, segments, thresholdLines, timeTicks, withReading,
} from '../../main/resources/io/floodmark/maps/web/chart-geometry.js';

const GAP = (t) => [t, null, null, null, null];
const BAD = (t, depth) => [t, depth, null, null, 4];
const row = (t, depth, qc = 1) => [t, depth, depth - 1, depth + 1, qc];
const same = (value) => value;

test('a level begins where the low point reaches its threshold', () => {
  assert.deepEqual(
    thresholdLines([100, 200, 300, 500], 60).map(({ level, depthMm }) => [level, depthMm]),
    [[1, 40], [2, 140], [3, 240], [4, 440]],
  );
});

test('levels that cannot be told apart begin together, named for the highest', () => {
  assert.deepEqual(
    thresholdLines([100, 200, 300, 500], 238).map(({ level, depthMm }) => [level, depthMm]),
    [[2, 30], [3, 62], [4, 262]],
  );
});

test('a bad reading does not stretch the axis and a good one does', () => {
  const lines = thresholdLines([100, 200, 300, 500], 0);
  assert.equal(depthTop([row(1, 40), BAD(2, 2350)], lines), depthTop([row(1, 40)], lines));
  assert.ok(depthTop([row(1, 2350)], lines) >= 2350);
});

test('a dry chart still shows where the first level begins', () => {
  assert.ok(depthTop([row(1, 0)], thresholdLines([100, 200, 300, 500], 0)) > 100);
});

test('depth ticks run from nothing to the top', () => {
  assert.deepEqual(depthTicks(500), [0, 100, 200, 300, 400, 500]);
});

test('time ticks are round in the ward, and midnight is told', () => {
  const from = Date.parse('2026-11-20T17:30:00Z'); // 00:30 in the ward
  const ticks = timeTicks(from, from + 24 * 3600e3, 320);
  assert.deepEqual(
    ticks.map(({ t, midnight }) => [new Date(t).toISOString().slice(11, 16), midnight]),
    [['23:00', false], ['05:00', false], ['11:00', false], ['17:00', true]],
  );
});

test('a line breaks at a gap and at a bad reading, not at a suspect one nor where good ones lie beside a bad one', () => {
  const runs = segments([row(1, 5), row(2, 6, 3), GAP(3), row(4, 7), BAD(5, 900), row(6, 8, 4)]);
  assert.deepEqual(runs.map((run) => run.map(([t]) => t)), [[1, 2], [4], [6]]);
});

test('line and band are drawn in order', () => {
  const run = [row(1, 5), row(2, 7)];
  assert.equal(linePath(run, same, same), 'M1 5L2 7');
  assert.equal(bandPath(run, same, same), 'M1 6L2 8L2 6L1 4Z');
});

test('reading out passes over gaps', () => {
  const rows = [row(1, 5), GAP(2), row(9, 7)];
  assert.equal(nearestIndex(rows, 2), 0);
  assert.equal(nearestIndex([], 2), -1);
  assert.equal(neighbourIndex(rows, 0, 1), 2);
  assert.equal(neighbourIndex(rows, 2, 1), 2);
});

test('a new reading goes on the end, with a break after a gap', () => {
  const rows = [row(1000, 5)];
  assert.deepEqual(withReading(rows, row(1500, 6), 2000), [row(1000, 5), row(1500, 6)]);
  assert.deepEqual(withReading(rows, row(9000, 6), 2000).length, 3);
  assert.deepEqual(withReading(rows, row(1000, 8), 2000), [row(1000, 8)]);
});

test('a reading older than the end is left to the next fetch', () => {
  assert.deepEqual(withReading([row(1000, 5)], row(500, 9), 2000), [row(1000, 5)]);
});

test('a parked car is set aside, a fast rise stays in the line', () => {
  const row = (t, depth, qc, ...reasons) => [t, depth, depth, depth, qc, reasons, depth];
  const rows = [row(0, 0, 1), row(1, 400, 3, 'parked_object'), row(2, 0, 1), row(3, 60, 3, 'fast_change'), row(4, 120, 1)];
  assert.equal(isAside(rows[1]), true);
  assert.equal(isAside(rows[3]), false);
  assert.deepEqual(segments(rows).map((run) => run.length), [1, 3]);
  assert.equal(isAside([1, 400, 400, 400, 3]), false, 'without reasons nothing is known against it');
});

test('raw measurements are drawn through doubts, and broken only where there are none', () => {
  const rows = [[0, 0, 0, 0, 1, [], 3], [1, -7000, null, null, 4, ['error_code'], 9], [2, null], [3, 0, 0, 0, 1, [], 4]];
  assert.equal(rawPath(rows, (t) => t, (mm) => mm), 'M0 3L1 9M3 4');
  assert.equal(rawPath([[0, 5, 5, 5, 1]], (t) => t, (mm) => mm), '');
});
