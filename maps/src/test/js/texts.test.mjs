import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { KINDS } from '../../main/resources/io/floodmark/maps/web/asset-signs.js';
import { textOf } from '../../main/resources/io/floodmark/maps/web/i18n.js';
import { RANGES_MS } from '../../main/resources/io/floodmark/maps/web/readings.js';
import { TREND_ARROWS } from '../../main/resources/io/floodmark/maps/web/sensor-words.js';
import { EN } from '../../main/resources/io/floodmark/maps/web/texts-en.js';
import { VERDICTS, WAYS } from '../../main/resources/io/floodmark/maps/web/travel.js';
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

test('the page says the same before its texts are filled in', () => {
  const html = readFileSync(new URL('index.html', WEB), 'utf8');
  for (const [, key, text] of html.matchAll(/data-text="([^"]+)"[^>]*>([^<]+)</g)) assert.equal(text, VI[key], key);
  for (const [, key, text] of html.matchAll(/data-label="([^"]+)" aria-label="([^"]+)"/g)) assert.equal(text, VI[key], key);
});

/** What stands in for the placeholders of keys that modules put together. */
const COMPOSED = {
  'alerts.said.${kind}': ['raised', 'escalated', 'lowered', 'cleared'],
  'chart.${name}': ['keyLine', 'keyBand', 'keyDoubted', 'keyBad'],
  'chart.${range}': Object.keys(RANGES_MS),
  'chart.${view.status}': ['loading', 'failed'],
  'condition.${value}': ['good', 'fair', 'poor', 'dying', 'dead', 'stump'],
  'connection.${state}': ['live', 'connecting', 'reconnecting'],
  'flood.${properties.depth}': ['ankle', 'knee', 'half_wheel', 'handlebar'],
  'kind.${kind}': KINDS,
  'legend.${line}': ['outline', 'trunk', 'road', 'canal', 'rail'],
  'level.${level}': [0, 1, 2, 3, 4],
  'list.${column}': ['name', 'level', 'depth', 'trend', 'updated'],
  'look.${look}': ['level-0-unsure', 'unknown', 'rain', 'new', 'silent', 'offline', 'maintenance', 'retired'],
  'next.level${level}': [1, 2, 3, 4],
  'pass.${verdict}': VERDICTS,
  'qc.${row[QC]}': [1, 2, 3, 4, 9],
  'state.${state}': ['new', 'silent', 'offline', 'maintenance', 'retired'],
  'state.${state}Since': ['silent', 'offline'],
  'table.${name}': ['time', 'depth', 'range', 'quality'],
  'trend.${trend}': Object.keys(TREND_ARROWS),
  'way.${option.value}': WAYS,
  'way.${this.#way}': WAYS,
  'way.${way}': WAYS,
};

test('every text is used, and every key that is put together exists', () => {
  const sources = readdirSync(WEB)
    .filter((name) => /\.(js|html)$/.test(name) && !name.startsWith('texts-'))
    .map((name) => readFileSync(new URL(name, WEB), 'utf8'))
    .join('\n');
  const composed = new Set([...sources.matchAll(/`([a-z]+\.[\w.]*\$\{[^}]+\}\w*)`/g)].map(([, key]) => key));
  assert.deepEqual([...composed].sort(), Object.keys(COMPOSED).sort(), 'COMPOSED lists what the modules put together');
  const used = new Set([...sources.matchAll(/["']([a-z]+\.[\w.-]+)["']/g)].map(([, key]) => key));
  for (const [pattern, values] of Object.entries(COMPOSED)) {
    for (const value of values) {
      const key = pattern.replace(/\$\{[^}]+\}/, () => value);
      assert.ok(key in VI, key);
      used.add(key);
    }
  }
  assert.deepEqual(Object.keys(VI).filter((key) => !used.has(key)), []);
});

test('placeholders are filled, and unknown ones vanish', () => {
  assert.equal(textOf({ a: '{x} of {y}' }, 'a', { x: 1 }), '1 of ');
  assert.equal(textOf({}, 'missing.key'), 'missing.key');
});
