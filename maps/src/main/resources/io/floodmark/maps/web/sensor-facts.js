// The facts of one sensor, as the panel shows them: how high, at which of the two places, since when, how sure.

import { el } from './dom.js';
import { signOf } from './marker-shapes.js';
import { TREND_ARROWS, isPresent, lookOf, trendOf } from './sensor-words.js';
import { nextOf } from './nowcast-words.js';
import { centimetres, clockTime, dayMonth, number, timeSince } from './format.js';

/** The part above the chart: level, depths, trend, age, and every reservation. */
export function presentFacts(sensor, { words, sensorWords, language, now }) {
  const look = lookOf(sensor);
  const { latest, kind } = sensor;
  const trend = trendOf(sensor);
  const facts = [];
  const tiles = [];
  if (kind === 'rain') {
    tiles.push([words('panel.rain'), Number.isFinite(latest?.rainMm) ? sensorWords.shortDepth(sensor) || '–' : words('depth.unknown')]);
  } else if (latest) {
    tiles.push([words('panel.atLowPoint'), sensorWords.depthAtLowPoint(sensor), mm(latest.lowPointDepthMm)]);
    tiles.push([words('panel.atSensor'), sensorWords.depthAtSensor(sensor), mm(latest.depthMm)]);
  }
  if (trend) {
    const arrow = el('span', { class: 'arrow', 'aria-hidden': 'true', 'data-trend': trend }, TREND_ARROWS[trend]);
    facts.push([words('panel.trend'), [arrow, ' ', sensorWords.trend(sensor)]]);
  }
  if (latest) {
    const at = `${clockTime(latest.observedAt)} ${dayMonth(latest.observedAt)}`;
    facts.push([words('panel.updated'), `${sensorWords.updated(sensor, now)} (${at})`]);
  }
  const state = sensorWords.state(sensor, now);
  return [
    el(
      'div',
      { class: `panel-level ${look}` },
      signOf(look, 56),
      el('p', {}, el('strong', {}, state ?? sensorWords.level(sensor)), alertSince(sensor, { words, now })),
    ),
    tiles.length > 0 && el('dl', { class: isPresent(sensor) || kind === 'rain' ? 'tiles' : 'tiles past' }, tiles.map(tile)),
    el('dl', { class: 'facts' }, facts.map(fact)),
    ...whatComesNext(sensor, { words, now }),
    ...reservations(sensor, { words, sensorWords, now }).map((text) => el('p', { class: 'reservation' }, text)),
    lowestVisible(sensor, { words, language }),
  ].filter(Boolean);
}

/** The part below the chart: thresholds, and the sensor as a device. */
export function standingFacts(sensor, { words, sensorWords, language }) {
  const { latest, thresholdsMm, reportIntervalS, code, zone } = sensor;
  const device = [[words('panel.code'), zone ? `${code} · ${zone}` : code]];
  if (reportIntervalS) device.push([words('panel.interval'), words('panel.intervalSeconds', { seconds: number(reportIntervalS, language) })]);
  if (Number.isFinite(latest?.batteryMv)) device.push([words('panel.battery'), `${number(latest.batteryMv / 1000, language, 2)} V`]);
  if (Number.isFinite(latest?.rssiDbm)) device.push([words('panel.signal'), `${number(latest.rssiDbm, language)} dBm`]);
  if (Number.isFinite(latest?.temperatureC)) {
    device.push([words('panel.temperature'), `${number(latest.temperatureC, language, 1)} °C`]);
  }
  const thresholds = sensor.kind === 'rain' ? [] : (thresholdsMm ?? []);
  return [
    thresholds.length > 0 && el('h3', {}, words('panel.thresholds')),
    thresholds.length > 0 &&
      el(
        'ul',
        { class: 'thresholds' },
        thresholds.map((thresholdMm, index) =>
          el(
            'li',
            { title: `${thresholdMm} mm` },
            signOf(`level-${index + 1}`, 24),
            el('span', { class: 'spoken' }, `${sensorWords.levelName(index + 1)}: `),
            words('panel.thresholdFrom', { depth: centimetres(thresholdMm, language) }),
          ),
        ),
      ),
    el('h3', {}, words('panel.about')),
    el('dl', { class: 'facts device' }, device.map(fact)),
    el('p', { class: 'page-link' }, el('a', { href: `/sensors/${encodeURIComponent(code)}?lang=${language}` }, words('panel.page'))),
  ].filter(Boolean);
}

/** The sentence, and how far it is to be trusted. */
function whatComesNext(sensor, { words, now }) {
  const said = nextOf(sensor, words, now);
  return said ? [el('p', { class: 'next' }, said.sentence), el('p', { class: 'remark' }, said.remark)] : [];
}

function reservations(sensor, { words, sensorWords, now }) {
  const { latest, state, kind, level } = sensor;
  const said = [];
  if (latest && (state === 'silent' || state === 'offline')) {
    said.push(words('panel.lastKnown', { time: timeSince(latest.observedAt, now) }));
  } else if (state === 'live' && kind !== 'rain' && latest && (level === null || level === undefined)) {
    said.push(words('panel.badReading'));
  }
  const caution = isPresent(sensor) ? sensorWords.lowPointCaution(sensor) : null;
  if (caution) said.push(sentence(caution));
  return said;
}

function lowestVisible({ kind, lowestVisibleLevel, lowPointDeltaMm }, { words, language }) {
  if (kind === 'rain' || !(lowestVisibleLevel > 1)) return null;
  const delta = centimetres(lowPointDeltaMm, language);
  return el('p', { class: 'remark' }, words('panel.lowest', { level: lowestVisibleLevel, delta }));
}

function alertSince({ alert }, { words, now }) {
  if (!alert || alert.kind !== 'flood' || !Number.isInteger(alert.level)) return null;
  return el('span', {}, words('panel.alertSince', { level: alert.level, time: timeSince(alert.since, now) }));
}

function fact([name, value, title = null]) {
  return el('div', {}, el('dt', {}, name), el('dd', { title }, value));
}

/** A depth in large figures; words in its place stay small. */
function tile([name, value, title = null]) {
  return el('div', {}, el('dt', {}, name), el('dd', { title, class: /^\d/.test(value) ? 'figure' : null }, value));
}

function mm(value) {
  return Number.isFinite(value) ? `${value} mm` : null;
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
