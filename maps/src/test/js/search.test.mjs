import assert from 'node:assert/strict';
import test from 'node:test';
import { matches, plain } from '../../main/resources/io/floodmark/maps/web/search.js';

test('accents, capitals and đ fall away', () => {
  assert.equal(plain('  Đình  Phan Đình Phùng '), 'dinh phan dinh phung');
  assert.equal(plain('Ngã tư Bần'.normalize('NFD')), plain('Ngã tư Bần'.normalize('NFC')));
});

test('a name is found by what a phone types easily', () => {
  assert.ok(matches('nga tu ban', ['Ngã tư Bần', 'Quốc lộ 5']));
  assert.ok(matches('ban nga', ['Ngã tư Bần']));
  assert.ok(matches('BẦN quoc', ['Ngã tư Bần', 'Quốc lộ 5']));
});

test('a word that is nowhere finds nothing', () => {
  assert.ok(!matches('nga tu cho', ['Ngã tư Bần', 'Quốc lộ 5']));
});

test('an empty query finds everything, also where texts are missing', () => {
  assert.ok(matches('', ['Ngã tư Bần']));
  assert.ok(matches(' ', [null, undefined]));
});
