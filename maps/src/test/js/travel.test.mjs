import assert from 'node:assert/strict';
import test from 'node:test';
import {
  WAYS, countsOf, hidesHazards, oldestReading, verdictAt, verdictOf, worst, worstFirst,
} from '../../main/resources/io/floodmark/maps/web/travel.js';

const sensor = (verdict, observedAt = '2026-11-21T13:05:00.000Z') => ({
  passability: Object.fromEntries(WAYS.map((way) => [way, verdict])),
  latest: observedAt && { observedAt },
  reportIntervalS: 60,
});
const ward = { a: sensor('yes'), b: sensor('no', '2026-11-21T13:01:00.000Z'), c: sensor('care'), d: sensor('unknown', null) };
const NOW = Date.parse('2026-11-21T13:06:00.000Z');
const sensorOf = (code) => ward[code] ?? null;
const stretch = (...sensors) => ({ properties: { sensors } });

test('of several places the worst counts, and what is unknown is never passable', () => {
  assert.equal(worst(['yes', 'unknown', 'no', 'care']), 'no');
  assert.equal(worst(['yes', 'unknown', 'care']), 'unknown');
  assert.equal(worst(['yes', 'unknown']), 'unknown');
  assert.equal(worst(['yes', 'yes']), 'yes');
  assert.equal(worst([]), 'unknown');
});

test('what a server of another version says, or a sensor that is gone, is not known', () => {
  assert.equal(verdictAt({ passability: { car: 'perhaps' } }, 'car', NOW), 'unknown');
  assert.equal(verdictAt({}, 'car', NOW), 'unknown');
  assert.equal(verdictAt(null, 'car', NOW), 'unknown');
});

test('what was known when the line was lost is not known for ever', () => {
  const twentyMinutes = 20 * 60_000;
  assert.equal(verdictAt(ward.a, 'car', Date.parse('2026-11-21T13:05:00Z') + twentyMinutes), 'yes');
  assert.equal(verdictAt(ward.a, 'car', Date.parse('2026-11-21T13:05:01Z') + twentyMinutes), 'unknown');
  assert.equal(verdictAt({ ...ward.a, reportIntervalS: 900 }, 'car', NOW + twentyMinutes), 'yes');
});

test('a stretch follows its sensors', () => {
  assert.equal(verdictOf(stretch('a'), sensorOf, 'car', NOW), 'yes');
  assert.equal(verdictOf(stretch('a', 'b'), sensorOf, 'car', NOW), 'no');
  assert.equal(verdictOf(stretch('a', 'gone'), sensorOf, 'car', NOW), 'unknown');
  assert.equal(verdictOf(stretch(), sensorOf, 'car', NOW), 'unknown');
});

test('the oldest reading is told only where every sensor has one', () => {
  assert.equal(oldestReading(stretch('a', 'b'), sensorOf), '2026-11-21T13:01:00.000Z');
  assert.equal(oldestReading(stretch('a', 'd'), sensorOf), null);
  assert.equal(oldestReading(stretch('a', 'gone'), sensorOf), null);
  assert.equal(oldestReading(stretch(), sensorOf), null);
});

test('the list begins with what stops the reader', () => {
  const entries = [
    { name: 'Đường 196', verdict: 'yes' }, { name: 'Ngõ 12', verdict: 'unknown' },
    { name: 'Phố Bần', verdict: 'no' }, { name: 'Ngõ 2', verdict: 'unknown' }, { name: 'Đê kênh', verdict: 'care' },
  ];
  assert.deepEqual(worstFirst(entries, 'vi').map(({ name }) => name), ['Phố Bần', 'Đê kênh', 'Ngõ 2', 'Ngõ 12', 'Đường 196']);
  assert.deepEqual(countsOf(entries.map(({ verdict }) => verdict)), [['no', 1], ['care', 1], ['unknown', 2], ['yes', 1]]);
});

test('deep water hides manholes and wires, water of before says nothing', () => {
  const at = (lowPointDepthMm, more = {}) => hidesHazards({ state: 'live', level: 1, latest: { lowPointDepthMm }, ...more });
  assert.deepEqual([at(100), at(101), at(null), at(400, { state: 'silent', level: null })], [false, true, false, false]);
});
