import assert from 'node:assert/strict';
import test from 'node:test';
import { readRoute, sensorLink } from '../../main/resources/io/floodmark/maps/web/route.js';
import { found, sorted } from '../../main/resources/io/floodmark/maps/web/sensor-list.js';

const collator = new Intl.Collator('vi');
const sensor = (code, name, level, lowPointDepthMm = null, state = 'live') => ({
  code, name, level, state, street: 'Quốc lộ 5', zone: 'Nhân Hòa', kind: 'distance',
  latest: { observedAt: '2026-11-21T13:05:00Z', depthMm: lowPointDepthMm ?? 0, lowPointDepthMm, trendMmPerMin: 0 },
});
const SENSORS = [
  sensor('a', 'Chợ Bần', 1, 120), sensor('b', 'Cầu Sắt', null, null, 'silent'), sensor('c', 'Ngã tư Bần', 3, 320),
  sensor('d', 'Đình làng', 0), sensor('e', 'Cổng trường', 3, 350),
];
const codes = (column, descending) => sorted(SENSORS, column, descending, collator).map(({ code }) => code).join('');

test('the gravest come first, the deeper first among equals, and what is not known comes last', () => {
  assert.equal(codes('level', true), 'ecadb');
});

test('turned round, what is not known still comes last', () => {
  assert.equal(codes('level', false), 'daceb');
});

test('names sort as Vietnamese does', () => {
  assert.equal(codes('name', false), 'baedc');
});

test('a search looks at name, street, area and code', () => {
  assert.equal(found(SENSORS, ' '), null);
  assert.deepEqual([...found(SENSORS, 'dinh')], ['d']);
  assert.equal(found(SENSORS, 'quoc lo').size, 5);
});

test('a link leads back to its sensor, whatever the code holds', () => {
  for (const code of ['bvd-03', 'a b', '50%']) assert.equal(readRoute(sensorLink(code)).sensor, code);
});

test('an address may choose the language, and nonsense chooses nothing', () => {
  assert.deepEqual(readRoute('#/sensor/bvd-03?lang=en'), { sensor: 'bvd-03', language: 'en' });
  assert.deepEqual(readRoute('#/elsewhere?lang=xx'), { sensor: null, language: null });
  assert.equal(readRoute('#/sensor/%').sensor, '%');
});
