import assert from 'node:assert/strict';
import test from 'node:test';
import { connectionWords } from '../../main/resources/io/floodmark/maps/web/connection-badge.js';
import { textOf } from '../../main/resources/io/floodmark/maps/web/i18n.js';
import { NOTHING_HEARD, SILENCE_MS, afterEvent, backOff, connectionState } from '../../main/resources/io/floodmark/maps/web/live.js';
import { VI } from '../../main/resources/io/floodmark/maps/web/texts-vi.js';

const at = (more) => connectionState({ heardAt: 1000, databaseAway: false, open: true, now: 2000, startedAt: 0, ...more });

test('a line that speaks is live', () => {
  assert.equal(at({}), 'live');
});

test('a line that broke a moment ago is reconnecting', () => {
  assert.equal(at({ open: false }), 'reconnecting');
});

test('after the silence limit the data are old, open or not', () => {
  const now = 1001 + SILENCE_MS;
  assert.equal(at({ now }), 'old');
  assert.equal(at({ now, open: false }), 'old');
  assert.equal(at({ now: now - 1 }), 'live');
});

test('before the first sign it is connecting, but not for ever', () => {
  assert.equal(at({ heardAt: null, open: false }), 'connecting');
  assert.equal(at({ heardAt: null, open: false, now: SILENCE_MS + 1 }), 'old');
});

const hear = (before, ...events) => events.reduce((last, [now, name, data]) => afterEvent(last, name, data, now), before);

test('a server without its database is old, from when it last had it, until it says otherwise', () => {
  const live = hear(NOTHING_HEARD, [1000, 'snapshot', {}], [2000, 'level', {}]);
  assert.deepEqual(live, { heardAt: 2000, currentAt: 2000, databaseAway: false });
  const away = hear(live, [3000, 'heartbeat', { databaseAway: true }], [4000, 'level', {}], [5000, 'alert', {}]);
  assert.deepEqual(away, { heardAt: 5000, currentAt: 2000, databaseAway: true });
  assert.equal(at({ ...away, now: 5001 }), 'old');
  assert.equal(at({ ...away, now: 5001, open: false }), 'old');
  for (const name of ['snapshot', 'heartbeat']) {
    const back = hear(away, [6000, name, {}]);
    assert.deepEqual(back, { heardAt: 6000, currentAt: 6000, databaseAway: false });
    assert.equal(at({ ...back, now: 6001 }), 'live');
  }
});

test('who comes while the database is away was never up to date', () => {
  const away = hear(NOTHING_HEARD, [1000, 'snapshot', { databaseAway: true }]);
  assert.deepEqual(away, { heardAt: 1000, currentAt: null, databaseAway: true });
  assert.equal(at(away), 'old');
});

test('the badge says since when the data are old, as far as that is known', () => {
  const now = Date.parse('2026-11-21T07:06:00Z');
  const said = (connection) => connectionWords(connection, { words: (key, values) => textOf(VI, key, values), now });
  assert.equal(said({ state: 'live', behindMs: 0, known: true }), 'Trực tiếp');
  assert.equal(said({ state: 'old', behindMs: 60_000, known: true }), 'Dữ liệu đã cũ, từ 14:05');
  assert.equal(said({ state: 'old', behindMs: null, known: true }), 'Dữ liệu đã cũ');
  assert.equal(said({ state: 'old', behindMs: null, known: false }), 'Chưa có dữ liệu');
});

test('waits grow to a quarter of a minute and are spread by up to a half', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map((tries) => backOff(tries, () => 0)), [1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  assert.equal(backOff(1, () => 1), 3000);
});
