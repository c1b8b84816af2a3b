import assert from 'node:assert/strict';
import test from 'node:test';
import { WardNow, alertChanges } from '../../main/resources/io/floodmark/maps/web/ward-now.js';

const feature = (code, level = 0) => ({ type: 'Feature', id: code, properties: { code, level } });
const alert = (id, level, more = {}) => ({ id, sensor: `s-${id}`, level, state: 'active', since: '2026-11-21T13:00:00Z', ...more });
const collection = (...features) => ({ type: 'FeatureCollection', features });

test('a snapshot replaces everything', () => {
  const ward = new WardNow();
  ward.replaceAll(collection(feature('a'), feature('b')), [alert(1, 2)]);
  ward.replaceAll(collection(feature('b', 3)), []);
  assert.deepEqual(ward.sensors.map(({ id }) => id), ['b']);
  assert.equal(ward.sensor('a'), null);
  assert.deepEqual(ward.alerts, []);
});

test('nothing is known before the first answer', () => {
  const ward = new WardNow();
  assert.equal(ward.known, false);
  ward.replaceAll(collection(), []);
  assert.equal(ward.known, true);
});

test('an alert that is cleared leaves the list, one that is open stays, the gravest first', () => {
  const ward = new WardNow();
  ward.putAlert(alert(1, 1));
  ward.putAlert(alert(2, 3));
  ward.putAlert(alert(3, 3, { since: '2026-11-21T13:10:00Z' }));
  assert.deepEqual(ward.alerts.map(({ id }) => id), [3, 2, 1]);
  ward.putAlert(alert(2, 3, { state: 'cleared' }));
  assert.deepEqual(ward.alerts.map(({ id }) => id), [3, 1]);
});

test('changes between two lists are told by kind', () => {
  const changes = alertChanges([alert(1, 2), alert(2, 2), alert(3, 2), alert(4, 2)], [alert(1, 3), alert(2, 1), alert(3, 2), alert(5, 1)]);
  assert.deepEqual(
    changes.map(({ kind, alert: { id } }) => [kind, id]),
    [['escalated', 1], ['lowered', 2], ['raised', 5], ['cleared', 4]],
  );
});

test('equal lists have no changes', () => {
  assert.deepEqual(alertChanges([alert(1, 2)], [alert(1, 2)]), []);
});

test('the public list is of water, street by street: no zone, no silence, nothing that is kept back', () => {
  const ward = new WardNow();
  ward.replaceAll(collection(), [
    alert(1, 2, { kind: 'flood', parentId: 9 }),
    alert(2, 2, { kind: 'fast_rise' }),
    alert(3, 1, { kind: 'silent' }),
    alert(4, 3, { kind: 'flood', suppressed: 'maintenance' }),
    alert(9, 2, { kind: 'flood', zone: 'Bần' }),
  ]);
  assert.deepEqual(ward.alerts.map(({ id }) => id).sort(), [1, 2]);
});
