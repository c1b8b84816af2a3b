import assert from 'node:assert/strict';
import test from 'node:test';
import { placePlates, spread } from '../../main/resources/io/floodmark/maps/web/marker-layout.js';

const moved = (points) => spread(points).map(([dx, dy], i) => ({ x: points[i].x + dx, y: points[i].y + dy }));
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test('signs with room stay where they are', () => {
  assert.deepEqual(spread([{ x: 0, y: 0 }, { x: 60, y: 0 }]), [[0, 0], [0, 0]]);
});

test('signs too close move apart, also from one and the same spot', () => {
  for (const x of [0, 10]) {
    const [a, b] = moved([{ x: 0, y: 0 }, { x, y: 0 }]);
    assert.ok(distance(a, b) >= 34, String(distance(a, b)));
  }
});

test('a small crowd spreads until each can be hit', () => {
  const crowd = moved([0, 1, 2, 3, 4].map((i) => ({ x: 100 + i * 6, y: 100 + (i % 2) * 5 })));
  for (const a of crowd) for (const b of crowd) if (a !== b) assert.ok(distance(a, b) > 28, String(distance(a, b)));
});

test('a lone plate hangs below', () => {
  assert.deepEqual(placePlates([{ x: 0, y: 0, width: 60 }]), ['below']);
});

test('a neighbour below sends the plate above', () => {
  assert.deepEqual(placePlates([{ x: 0, y: 0, width: 60 }, { x: 0, y: 40, width: 0 }]), ['above', 'none']);
});

test('the more important keeps its plate where there is room for one', () => {
  const crowd = [0, 1, 2, 3, 4, 5].map((i) => ({ x: (i % 3) * 34, y: Math.floor(i / 3) * 34, width: 70 }));
  const sides = placePlates(crowd);
  assert.notEqual(sides[0], 'none');
  assert.ok(sides.includes('none'));
});
