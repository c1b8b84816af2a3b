import assert from 'node:assert/strict';
import test from 'node:test';
import { textOf } from '../../main/resources/io/floodmark/maps/web/i18n.js';
import { nextOf } from '../../main/resources/io/floodmark/maps/web/nowcast-words.js';
import { VI } from '../../main/resources/io/floodmark/maps/web/texts-vi.js';

const words = (key, values) => textOf(VI, key, values);
const at = (time) => Date.parse(`2026-11-21T${time}Z`);

const RISE = {
  kind: 'rise', level: 3, from: '2026-11-21T13:09:00Z', to: '2026-11-21T13:15:30Z', until: '2026-11-21T13:08:00Z',
  skill: { rightShare: 0.51, foretoldShare: 0.49 },
};
const FALL = {
  kind: 'fall', from: '2026-11-21T15:40:00Z', expected: '2026-11-21T15:58:00Z', to: '2026-11-21T16:20:00Z',
  until: '2026-11-21T13:08:00Z', floods: 7,
};

function sensor(nowcast, more = {}) {
  return { state: 'live', level: 2, nowcast, ...more };
}

test('a rise is told in minutes from now on, with its skill beside it', () => {
  const said = nextOf(sensor(RISE), words, at('13:05:00'));
  assert.equal(said.sentence, 'Có thể lên mức 3, nguy hiểm trong 4–11 phút nữa.');
  assert.match(said.remark, /khoảng 5 lần đúng/);
  assert.match(said.remark, /mô phỏng/);
});

test('minutes go by without a new reading', () => {
  assert.equal(
    nextOf(sensor({ ...RISE, from: '2026-11-21T13:05:30Z' }), words, at('13:06:00')).sentence,
    'Có thể lên mức 3, nguy hiểm trong vòng 10 phút tới.',
  );
});

test('a fall is told by the clock of the ward', () => {
  assert.equal(
    nextOf(sensor(FALL), words, at('13:05:00')).sentence,
    'Nước dưới cảm biến dự kiến rút hết khoảng 22:40–23:20, theo 7 lần ngập trước ở đây.',
  );
});

test('nothing is told by an old reading, a silent sensor, or a doubted one', () => {
  assert.equal(nextOf(sensor(RISE), words, at('13:08:01')), null);
  assert.equal(nextOf(sensor(RISE, { state: 'silent' }), words, at('13:05:00')), null);
  assert.equal(nextOf(sensor(RISE, { level: null }), words, at('13:05:00')), null);
  assert.equal(nextOf(sensor(undefined), words, at('13:05:00')), null);
});
