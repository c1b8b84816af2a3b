import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { textOf } from '../../main/resources/io/floodmark/maps/web/i18n.js';
import { EN } from '../../main/resources/io/floodmark/maps/web/texts-en.js';
import { VI } from '../../main/resources/io/floodmark/maps/web/texts-vi.js';

const WEB = new URL('../../main/resources/io/floodmark/maps/web/', import.meta.url);
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test('both languages have the same keys, in the same order', () => {
  assert.deepEqual(Object.keys(EN), Object.keys(VI));
});

test('both languages fill the same placeholders', () => {
  for (const key of Object.keys(VI)) assert.deepEqual(placeholders(EN[key]), placeholders(VI[key]), key);
});

test('every text is composed Unicode and not empty', () => {
  for (const texts of [VI, EN]) {
    for (const [key, text] of Object.entries(texts)) {
      assert.notEqual(text.trim(), '', key);
      assert.equal(text, text.normalize('NFC'), key);
    }
  }
});

test('every key that the page names exists', () => {
  const html = readFileSync(new URL('index.html', WEB), 'utf8');
  for (const [, key] of html.matchAll(/data-(?:text|label|hint)="([^"]+)"/g)) assert.ok(key in VI, key);
});

test('every key that a module names exists', () => {
  for (const file of readdirSync(WEB).filter((name) => name.endsWith('.js'))) {
    const source = readFileSync(new URL(file, WEB), 'utf8');
    for (const [, key] of source.matchAll(/words\('([\w.-]+)'/g)) assert.ok(key in VI, `${file}: ${key}`);
  }
});

test('placeholders are filled, and unknown ones vanish', () => {
  assert.equal(textOf({ a: '{x} of {y}' }, 'a', { x: 1 }), '1 of ');
  assert.equal(textOf({}, 'missing.key'), 'missing.key');
});
