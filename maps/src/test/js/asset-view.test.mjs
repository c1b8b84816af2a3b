import assert from 'node:assert/strict';
import test from 'node:test';
import {
  POINTS_FROM_ZOOM,
  askedBounds,
  bboxText,
  drawnFeatures,
  gather,
  holds,
  inView,
  isWhole,
  totals,
} from '../../main/resources/io/floodmark/maps/web/asset-view.js';

const VIEW = { west: 106.06, south: 20.94, east: 106.07, north: 20.945 };

function thing(kind, lon, lat) {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { kind } };
}

test('what is asked for holds the view, and what a small move brings into it', () => {
  const asked = askedBounds(VIEW);
  assert.ok(holds(asked, VIEW));
  const moved = { west: 106.0603, south: 20.9402, east: 106.0703, north: 20.9452 };
  assert.ok(holds(asked, moved));
  assert.ok(!holds(asked, { ...moved, east: 106.09 }));
});

test('a view of half the world stays on the globe', () => {
  const asked = askedBounds({ west: -179, south: -80, east: 179, north: 80 });
  assert.ok(asked.west >= -180 && asked.east <= 180 && asked.south >= -90 && asked.north <= 90);
  assert.equal(bboxText({ west: 106.0312501, south: 20.5, east: 106.5, north: 21 }), '106.03125,20.5,106.5,21');
});

test('from afar single things are counted by kind, close up they are not', () => {
  const things = [thing('tree', 106.06, 20.94), thing('tree', 106.0601, 20.9401), thing('house', 106.0602, 20.9401)];
  const counted = drawnFeatures(things, 13);
  assert.deepEqual(totals(counted), [['tree', 2], ['house', 1]]);
  const trees = counted.find(({ properties }) => properties.kind === 'tree');
  assert.equal(trees.properties.count, 2);
  assert.deepEqual(trees.bbox, [106.06, 20.94, 106.0601, 20.9401]);
  assert.equal(counted.find(({ properties }) => properties.kind === 'house').properties.count, undefined);
  assert.equal(drawnFeatures(things, POINTS_FROM_ZOOM), things);
});

test('counting loses nothing', () => {
  const things = Array.from({ length: 500 }, (_, i) => thing(i % 3 ? 'tree' : 'house', 106 + (i % 50) / 400, 20.9 + i / 4000));
  for (const zoom of [11, 13, 15]) {
    assert.equal(totals(gather(things, zoom)).reduce((sum, [, count]) => sum + count, 0), 500);
  }
});

test('an answer with counts is not whole', () => {
  assert.ok(isWhole([thing('tree', 106, 20)]));
  assert.ok(!isWhole([{ ...thing('tree', 106, 20), properties: { kind: 'tree', count: 12 } }]));
});

test('only what lies in the view is in step with the map', () => {
  assert.equal(inView([thing('tree', 106.065, 20.942), thing('tree', 106.08, 20.942)], VIEW).length, 1);
});
