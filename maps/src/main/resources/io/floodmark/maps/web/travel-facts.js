// Who gets through at one sensor, for its panel: a sign and a word for each way, and what deep water hides.

import { el } from './dom.js';
import { WAYS, hidesHazards, verdictAt } from './travel.js';
import { verdictSign } from './travel-signs.js';

/** Nothing for a rain gauge, which sees no water on the street. */
export function travelFacts(sensor, { words, way, now }) {
  if (sensor.kind === 'rain') return [];
  return [
    el('h3', { class: 'travel-heading' }, words('travel.heading'), ' ', el('span', { class: 'advice' }, words('travel.advice'))),
    el('ul', { class: 'verdicts' }, ...WAYS.map((one) => verdictLine(verdictAt(sensor, one, now), one, one === way, words))),
    hidesHazards(sensor) && el('p', { class: 'reservation' }, words('travel.hazard')),
    el('p', { class: 'remark' }, words('travel.note')),
  ].filter(Boolean);
}

function verdictLine(verdict, way, chosen, words) {
  return el(
    'li',
    { class: chosen ? 'chosen' : null },
    verdictSign(verdict, 24),
    el('span', {}, words(`way.${way}`)),
    el('strong', {}, words(`pass.${verdict}`)),
  );
}
