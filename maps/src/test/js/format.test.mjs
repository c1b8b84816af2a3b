import assert from 'node:assert/strict';
import test from 'node:test';
import { ago, centimetres, clockTime, dayMonth, number, timeSince } from '../../main/resources/io/floodmark/maps/web/format.js';

const AT = '2026-11-21T17:05:00.000Z'; // five past midnight on the 22nd in the ward

test('times are those of the ward wherever the reader is', () => {
  assert.equal(clockTime(AT), '00:05');
  assert.equal(dayMonth(AT), '22/11');
});

test('a time of today stands alone and one of yesterday carries its date', () => {
  assert.equal(timeSince(AT, Date.parse('2026-11-22T10:00:00Z')), '00:05');
  assert.equal(timeSince('2026-11-21T16:55:00Z', Date.parse(AT)), '23:55 21/11');
});

test('depths are whole centimetres', () => {
  assert.equal(centimetres(142, 'vi'), '14 cm');
  assert.equal(centimetres(0, 'vi'), '0 cm');
  assert.equal(centimetres(-2, 'vi'), '0 cm');
});

test('decimals are written as the language writes them', () => {
  assert.equal(number(6.54, 'vi', 1), '6,5');
  assert.equal(number(6.54, 'en', 1), '6.5');
});

test('ages grow from seconds to days and never lie in the future', () => {
  const now = Date.parse(AT);
  const said = (seconds, language = 'vi') => ago(now - seconds * 1000, now, language, 'vừa xong');
  assert.equal(said(3), 'vừa xong');
  assert.equal(said(-40), 'vừa xong');
  assert.equal(said(45), '45 giây trước');
  assert.equal(said(150), '2 phút trước');
  assert.equal(said(150, 'en'), '2 minutes ago');
  assert.equal(said(3 * 3600), '3 giờ trước');
  assert.equal(said(5 * 86400), '5 ngày trước');
});
