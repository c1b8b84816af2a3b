import assert from 'node:assert/strict';
import test from 'node:test';
import { SILENCE_MS, backOff, connectionState } from '../../main/resources/io/floodmark/maps/web/live.js';

const at = (more) => connectionState({ heardAt: 1000, open: true, now: 2000, startedAt: 0, ...more });

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

test('waits grow to a quarter of a minute and are spread by up to a half', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map((tries) => backOff(tries, () => 0)), [1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  assert.equal(backOff(1, () => 1), 3000);
});
