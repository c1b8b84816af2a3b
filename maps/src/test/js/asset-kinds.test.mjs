import assert from 'node:assert/strict';
import test from 'node:test';

import { AssetKinds } from '../../main/resources/io/floodmark/maps/web/asset-kinds.js';

const words = (key) => `«${key}»`;

test('conditions are those of the kinds in use, each value once, with every name that it has', () => {
  const kinds = new AssetKinds();
  assert.equal(kinds.conditions(words, 'vi')[0][1], '«condition.good»', 'before the ward is heard');
  kinds.learn([
    { code: 'tree', vi: 'Cây', en: 'Tree', enabled: true, conditions: [{ value: 'poor', vi: 'Kém', en: 'Poor' }] },
    { code: 'drain', vi: 'Cống', en: 'Drain', enabled: true, conditions: [{ value: 'poor', vi: 'Tắc', en: '' }] },
    { code: 'bench', vi: 'Ghế', en: 'Bench', enabled: true, conditions: [] },
    { code: 'old', vi: 'Cũ', en: 'Old', enabled: false, conditions: [{ value: 'gone', vi: 'Mất', en: 'Gone' }] },
  ]);
  assert.deepEqual(kinds.conditions(words, 'vi'), [['poor', 'Kém / Tắc']]);
  assert.deepEqual(kinds.conditions(words, 'en'), [['poor', 'Poor / Tắc']]);
});
