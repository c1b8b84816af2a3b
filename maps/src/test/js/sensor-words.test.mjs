import assert from 'node:assert/strict';
import test from 'node:test';
import { textOf } from '../../main/resources/io/floodmark/maps/web/i18n.js';
import { SensorWords, lookOf, trendOf } from '../../main/resources/io/floodmark/maps/web/sensor-words.js';
import { VI } from '../../main/resources/io/floodmark/maps/web/texts-vi.js';

const words = new SensorWords((key, values) => textOf(VI, key, values), 'vi');
const NOW = Date.parse('2026-11-21T13:06:00Z');

function sensor(more = {}, latest = {}) {
  return {
    code: 'bvd-03', name: 'Ngã tư Bần', kind: 'distance', state: 'live', stateSince: null, level: 3,
    lowPointDeltaMm: 180, thresholdsMm: [100, 200, 300, 500],
    latest: { observedAt: '2026-11-21T13:05:00Z', depthMm: 142, lowPointDepthMm: 322, trendMmPerMin: 6.5, qc: 1, ...latest },
    ...more,
  };
}
const dry = (more = {}) => sensor({ level: 0, ...more }, { depthMm: 12, lowPointDepthMm: null, trendMmPerMin: 0 });

test('a wet sensor tells both depths', () => {
  assert.equal(words.level(sensor()), 'Mức 3 · Nguy hiểm');
  assert.equal(words.depthAtSensor(sensor()), '14 cm');
  assert.equal(words.depthAtLowPoint(sensor()), '32 cm');
  assert.equal(words.lowPointCaution(sensor()), null);
});

test('a dry sensor does not promise a dry street', () => {
  assert.equal(words.depthAtSensor(dry()), 'dưới 3 cm');
  assert.equal(words.depthAtLowPoint(dry()), 'chưa rõ, có thể đến 18 cm');
  assert.equal(words.lowPointCaution(dry()), 'chỗ trũng gần đó có thể ngập đến 18 cm');
  assert.equal(words.shortDepth(dry()), '0–18 cm');
  assert.match(words.level(dry()), /Cảm biến chưa thấy nước/);
});

test('a dry sensor whose low point may already hold a level looks unsure, one that sees its low point does not', () => {
  assert.equal(lookOf(dry()), 'level-0-unsure');
  assert.equal(lookOf(dry({ lowPointDeltaMm: 60 })), 'level-0');
});

test('a dry sensor that stands at the low point has nothing to warn of', () => {
  const at = dry({ lowPointDeltaMm: 0 });
  assert.equal(words.lowPointCaution(at), null);
  assert.equal(words.depthAtLowPoint(at), 'dưới 3 cm');
});

test('a level that is not known is never shown as a level', () => {
  for (const level of [null, undefined]) assert.equal(lookOf(sensor({ level })), 'unknown');
  assert.equal(words.shortDepth(sensor({ level: null })), '');
  assert.equal(trendOf(sensor({ level: null })), null);
});

test('a state hides the level of before', () => {
  for (const state of ['new', 'silent', 'offline', 'maintenance', 'retired']) {
    assert.equal(lookOf(sensor({ state })), state);
    assert.equal(words.shortDepth(sensor({ state })), '');
  }
});

test('silence says since when', () => {
  const silent = sensor({ state: 'silent', stateSince: '2026-11-21T07:05:00Z', level: null });
  assert.equal(words.state(silent, NOW), 'Mất tín hiệu từ 14:05');
  assert.match(words.accessibleName(silent, NOW), /^Ngã tư Bần, Mất tín hiệu từ 14:05/);
});

test('a trend is steady within a millimetre a minute, and fast from ten', () => {
  const of = (trendMmPerMin) => trendOf(sensor({}, { trendMmPerMin }));
  assert.deepEqual([0.9, 1, 10, -0.9, -1, null].map(of), ['steady', 'rising', 'rising-fast', 'steady', 'falling', null]);
});

test('a rain gauge shows rain and no level', () => {
  const gauge = sensor({ kind: 'rain', level: null }, { depthMm: null, lowPointDepthMm: null, rainMm: 2.4 });
  assert.equal(lookOf(gauge), 'rain');
  assert.equal(words.shortDepth(gauge), '2,4 mm');
});

test('the accessible name says all that the marker shows', () => {
  const said = words.accessibleName(sensor(), NOW);
  for (const part of ['Ngã tư Bần', 'Mức 3', '32 cm ở chỗ trũng', 'đang tăng', '1 phút trước']) assert.ok(said.includes(part), said);
});
