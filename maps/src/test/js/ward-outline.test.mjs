import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';

const WEB = new URL('../../main/resources/io/floodmark/maps/web/', import.meta.url);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const outline = read(new URL('ward-outline.geojson', WEB));
const ring = outline.geometry.coordinates[0];
/** The boundary that ours was simplified from; not part of the project, compared where a checkout has it beside it. */
const ORIGINAL = new URL('../../../../../shared/data/my-hao-ward-12103.geojson', import.meta.url);

const METRES = [Math.cos((20.95 * Math.PI) / 180) * 111_320, 110_600];
const signedKm2 = (points) =>
  points.slice(1).reduce((sum, [x, y], i) => sum + (points[i][0] * y - x * points[i][1]), 0) * (METRES[0] * METRES[1]) / 2e6;

test('the outline is closed, counter-clockwise, and of about forty corners', () => {
  assert.deepEqual(ring[0], ring[ring.length - 1]);
  assert.ok(signedKm2(ring) > 0);
  assert.ok(ring.length >= 36 && ring.length <= 48, String(ring.length));
});

test('no corner is repeated and no two edges cross', () => {
  assert.equal(new Set(ring.map(String)).size, ring.length - 1);
  const edges = ring.slice(1).map((to, i) => [ring[i], to]);
  edges.forEach((a, i) => edges.slice(i + 2).forEach((b) => assert.ok(!cross(a, b), `${a} / ${b}`)));
});

test('its bbox is the bbox of its corners', () => {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  assert.deepEqual(outline.bbox, [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
});

test('its area is that of the ward, 28.36 square kilometres, within two per cent', () => {
  assert.ok(Math.abs(signedKm2(ring) / 28.36 - 1) < 0.02, String(signedKm2(ring)));
});

test('the boundary it comes from stays within 250 metres of it', { skip: !existsSync(ORIGINAL) && 'shared data not there' }, () => {
  for (const point of read(ORIGINAL).features[0].geometry.coordinates[0][0]) {
    const off = Math.min(...ring.slice(1).map((to, i) => metresToEdge(point, ring[i], to)));
    assert.ok(off < 250, `${point} is ${Math.round(off)} m off`);
  }
});

test('the schematic says that it is one', () => {
  assert.match(read(new URL('ward-schematic.geojson', WEB)).note, /schematic/);
});

function cross([a, b], [c, d]) {
  const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  const shared = [a, b].some((p) => [c, d].some((q) => p[0] === q[0] && p[1] === q[1]));
  return !shared && side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function metresToEdge(point, from, to) {
  const [p, a, b] = [point, from, to].map(([x, y]) => [x * METRES[0], y * METRES[1]]);
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}
