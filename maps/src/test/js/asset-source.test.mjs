import assert from 'node:assert/strict';
import test from 'node:test';
import { AssetSource } from '../../main/resources/io/floodmark/maps/web/asset-source.js';

const VIEW = { west: 106.06, south: 20.94, east: 106.07, north: 20.945 };
const PART = { west: 106.062, south: 20.941, east: 106.066, north: 20.943 };
const WARD = { west: 106, south: 20.9, east: 106.2, north: 21 };
const TREES = { kinds: ['tree'], group: '', condition: '', query: '' };

/** A server by hand: every request waits in `asked` until it is answered or fails. */
function fakeServer() {
  const asked = [];
  const fetchAssets = (parameters, signal) =>
    new Promise((resolve, reject) => {
      asked.push({ parameters, signal, answer: (features) => resolve({ features }), fail: () => reject(new Error('no')) });
    });
  let now = 0;
  const source = new AssetSource(fetchAssets, () => now, () => {});
  return { asked, source, later: (ms) => (now += ms) };
}

function feature(properties) {
  return { geometry: { type: 'Point', coordinates: [106.065, 20.942] }, properties };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a layer is asked for once, and a part of what came needs no request', async () => {
  const { asked, source } = fakeServer();
  source.load(VIEW, 16, TREES, WARD);
  source.load(VIEW, 16, TREES, WARD);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].parameters.kind, 'tree');
  assert.ok(source.loading);
  asked[0].answer([feature({ kind: 'tree' })]);
  await settled();
  assert.equal(source.features.length, 1);
  source.load(PART, 17.5, TREES, WARD);
  assert.equal(asked.length, 1);
  assert.ok(!source.loading);
});

test('counts serve only their own zoom', async () => {
  const { asked, source } = fakeServer();
  source.load(VIEW, 14, TREES, WARD);
  asked[0].answer([feature({ kind: 'tree', count: 3000 })]);
  await settled();
  source.load(PART, 15, TREES, WARD);
  assert.equal(asked.length, 2);
  assert.equal(source.features.length, 1, 'the old stays while the new is on its way');
});

test('a request that nobody waits for any more is given up, and its answer is not shown', async () => {
  const { asked, source } = fakeServer();
  source.load(VIEW, 16, TREES, WARD);
  source.load(VIEW, 16, { ...TREES, group: 'tdp-03' }, WARD);
  assert.ok(asked[0].signal.aborted);
  assert.equal(asked[1].parameters.group, 'tdp-03');
  asked[0].answer([feature({ kind: 'tree' })]);
  await settled();
  assert.equal(source.features.length, 0);
});

test('a layer that is off is not asked for and not shown', async () => {
  const { asked, source } = fakeServer();
  source.load(VIEW, 16, TREES, WARD);
  asked[0].answer([feature({ kind: 'tree' })]);
  await settled();
  source.load(VIEW, 16, { ...TREES, kinds: [] }, WARD);
  assert.equal(source.features.length, 0);
  assert.equal(asked.length, 1);
});

test('a failure is told, what was there stays, and a minute later it is asked again', async () => {
  const { asked, source, later } = fakeServer();
  source.load(VIEW, 16, TREES, WARD);
  asked[0].answer([feature({ kind: 'tree' })]);
  await settled();
  later(61_000);
  source.load(VIEW, 16, TREES, WARD);
  asked[1].fail();
  await settled();
  assert.ok(source.failed);
  assert.equal(source.features.length, 1);
  source.load(VIEW, 16, TREES, WARD);
  asked[2].answer([]);
  await settled();
  assert.ok(!source.failed);
});

test('a search looks through all kinds in the whole ward, beside the layers', async () => {
  const { asked, source } = fakeServer();
  assert.equal(source.found, null);
  source.load(VIEW, 16, { ...TREES, query: 'cay phuong' }, WARD);
  assert.equal(asked.length, 2);
  assert.deepEqual(asked[1].parameters, { bbox: '106,20.9,106.2,21', zoom: '15', q: 'cay phuong' });
  assert.equal(asked[0].parameters.q, undefined);
  asked[1].answer([feature({ kind: 'tree' })]);
  await settled();
  assert.equal(source.found.length, 1);
  source.load(VIEW, 16, TREES, WARD);
  assert.equal(source.found, null);
});
