import assert from 'node:assert/strict';
import test from 'node:test';
import { focusAfter, listed } from '../../main/resources/io/floodmark/maps/web/asset-list.js';
import { AssetKinds } from '../../main/resources/io/floodmark/maps/web/asset-kinds.js';
import { AssetWords } from '../../main/resources/io/floodmark/maps/web/asset-words.js';
import { current, wordsOf } from '../../main/resources/io/floodmark/maps/web/flood-reports.js';
import { textOf } from '../../main/resources/io/floodmark/maps/web/i18n.js';
import { keepApart } from '../../main/resources/io/floodmark/maps/web/marker-layout.js';
import { readFilter, reportLink, writeFilter } from '../../main/resources/io/floodmark/maps/web/route.js';
import { EN } from '../../main/resources/io/floodmark/maps/web/texts-en.js';
import { VI } from '../../main/resources/io/floodmark/maps/web/texts-vi.js';

const vi = (key, values) => textOf(VI, key, values);
const en = (key, values) => textOf(EN, key, values);
const words = new AssetWords(vi, 'vi', new Map([['tdp-03', 'Tổ dân phố 3']]), new AssetKinds());

function house(number, street) {
  return { geometry: { coordinates: [106.06, 20.94] }, properties: { kind: 'house', number, street, group: 'tdp-03' } };
}

test('a house is named by its address, a tree by its kind until staff see its name', () => {
  assert.equal(words.title(house('12', 'Phố Bần')), 'Số 12 Phố Bần');
  assert.equal(words.where(house('12', 'Phố Bần')), 'Tổ dân phố 3');
  assert.equal(words.title({ properties: { kind: 'tree' } }), 'Cây xanh');
  const known = { properties: { kind: 'tree', street: 'Phố Bần', name: null, details: { commonName: 'Phượng vĩ' } } };
  assert.equal(words.title(known), 'Phượng vĩ');
  assert.equal(words.where(known), 'Phố Bần');
  assert.equal(new AssetWords(en, 'en', new Map(), new AssetKinds()).title(house('12', 'Phố Bần')), '12 Phố Bần');
});

test('counts are written as each language writes numbers; a kind that is new here keeps its code', () => {
  assert.equal(words.title({ properties: { kind: 'tree', count: 1240 } }), 'Cây xanh: 1.240');
  assert.equal(words.title({ properties: { kind: null, count: 7 } }), 'Nhiều loại: 7');
  assert.equal(words.kind('bench'), 'bench');
});

test('kinds are those of the ward, by the names in their own records; until they are known, those of the page', () => {
  const kinds = new AssetKinds();
  assert.deepEqual(kinds.codes.slice(0, 2), ['tree', 'house']);
  assert.equal(kinds.name('tree', vi, 'vi'), 'Cây xanh');
  kinds.learn([
    { code: 'bench', vi: 'Ghế đá', en: 'Bench', enabled: true },
    { code: 'tree', vi: 'Cây', en: 'Street tree', enabled: true },
    { code: 'camera', vi: 'Camera', en: 'Camera', enabled: false },
  ]);
  assert.deepEqual(kinds.codes, ['bench', 'tree']);
  assert.equal(kinds.name('bench', vi, 'vi'), 'Ghế đá');
  assert.equal(kinds.name('tree', en, 'en'), 'Street tree');
  assert.equal(kinds.name('camera', en, 'en'), 'Camera');
  assert.equal(kinds.name('statue', en, 'en'), 'statue');
});

test('the list goes along each street by number, counts come last, and it is cut', () => {
  const features = [house('100', 'Phố Bần'), house('9', 'Phố Bần'), house('7', 'Đường 196')];
  const count = { geometry: { coordinates: [106, 20] }, properties: { kind: 'tree', count: 40 } };
  const order = listed([count, ...features], (feature) => words.title(feature), 'vi');
  assert.deepEqual(order.map((feature) => feature.properties.number ?? 'count'), ['7', '9', '100', 'count']);
  const many = Array.from({ length: 500 }, (_, i) => house(String(i), 'Phố Bần'));
  assert.equal(listed(many, (feature) => words.title(feature), 'vi').length, 200);
});

test('arrows move through the list and stop at its ends; other keys are left alone', () => {
  assert.equal(focusAfter('ArrowDown', 0, 3), 1);
  assert.equal(focusAfter('ArrowDown', 2, 3), 2);
  assert.equal(focusAfter('ArrowUp', 0, 3), 0);
  assert.equal(focusAfter('End', 0, 3), 2);
  assert.equal(focusAfter('Enter', 0, 3), null);
});

test('the address keeps what is shown, and says nothing where all is as at first', () => {
  assert.deepEqual(readFilter('').kinds, ['tree', 'house']);
  assert.deepEqual(readFilter('?layers=').kinds, []);
  assert.deepEqual(readFilter('?layers=house,nonsense,pump').kinds, ['house', 'nonsense', 'pump']);
  assert.deepEqual(readFilter('?layers=house,<b>,house').kinds, ['house']);
  const filter = { kinds: ['house'], group: 'tdp-03', condition: '', query: 'cây phượng' };
  const search = writeFilter('?other=1', filter);
  assert.deepEqual(readFilter(search), filter);
  assert.ok(search.includes('other=1'));
  assert.equal(writeFilter(search, readFilter('')), '?other=1');
  assert.equal(writeFilter('', readFilter('')), '');
});

test('a report begins at its place, in the language of the page', () => {
  assert.equal(reportLink([106.0655123456, 20.9478], 'vi'), '/report?lon=106.065512&lat=20.947800');
  assert.equal(reportLink([106.1, 20.9], 'en'), '/report?lon=106.100000&lat=20.900000&lang=en');
});

test('a confirmed flood is shown until its time is over', () => {
  const until = (time) => ({ properties: { until: time } });
  const now = Date.parse('2026-11-22T03:00:00Z');
  assert.equal(current([until('2026-11-22T03:00:01Z'), until('2026-11-22T03:00:00Z')], now).length, 1);
  const said = wordsOf({ properties: { depth: 'knee', since: '2026-11-22T02:00:00Z', until: '2026-11-22T05:00:00Z' } }, vi, now);
  assert.equal(said.lines[0], 'Nước đến đầu gối');
  assert.equal(said.lines[1], 'Từ 09:00');
});

test('counts make room for each other and for the sensors, which stay', () => {
  const counts = [{ x: 0, y: 0, radius: 15 }, { x: 2, y: 0, radius: 15 }, { x: 0, y: 0, radius: 12 }];
  const sensor = { x: 10, y: 0, radius: 20 };
  keepApart(counts, [sensor]);
  for (const count of counts) assert.ok(Math.hypot(count.x - 10, count.y) > 30, JSON.stringify(counts));
  assert.deepEqual(sensor, { x: 10, y: 0, radius: 20 });
});
