// The key to the map: the scale always in sight, the states and the schematic's lines on request.

import { assetSign } from './asset-signs.js';
import { el, svg } from './dom.js';
import { reportSign } from './flood-reports.js';
import { signOf } from './marker-shapes.js';

const LEVELS = [0, 1, 2, 3, 4];
const LOOKS = ['level-0-unsure', 'unknown', 'rain'];
const STATES = ['new', 'silent', 'offline', 'maintenance', 'retired'];
const LINES = ['outline', 'trunk', 'road', 'canal', 'rail'];

/** Escape closes the key again, and nothing else. */
export function bindKey(details) {
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    event.preventDefault();
    details.open = false;
    details.querySelector('summary').focus();
  });
}

/** Fills the scale and the key; called again after a change of language, and when the ward's kinds are known. */
export function drawLegend(scale, more, { words, code }, kinds) {
  scale.replaceChildren(
    ...LEVELS.map((level) => el('li', {}, signOf(`level-${level}`, 26), el('span', {}, words(`level.${level}`)))),
  );
  const drawSign = ([look, key]) => el('li', {}, signOf(look, 26), words(key));
  more.replaceChildren(
    el('p', {}, words('legend.scaleLong'), '. ', words('legend.own')),
    el('h3', {}, words('legend.states')),
    el('ul', {}, ...[...LOOKS.map((look) => [look, `look.${look}`]), ...STATES.map((state) => [state, `state.${state}`])].map(drawSign)),
    el('h3', {}, words('legend.assets')),
    el(
      'ul',
      {},
      ...kinds.codes.map((kind) => el('li', {}, assetSign(kind, 20), kinds.name(kind, words, code))),
      el('li', {}, reportSign(22), words('flood.reported')),
    ),
    el('p', {}, words('legend.counts')),
    el('h3', {}, words('legend.lines')),
    el('ul', {}, ...LINES.map((line) => el('li', {}, lineSample(line), words(`legend.${line}`)))),
    el('p', {}, words('legend.schematic'), ' ', words('legend.source')),
  );
}

function lineSample(line) {
  const classes = line === 'outline' ? ['ward-line'] : [`way way-${line}-casing`, `way way-${line}`];
  return svg(
    'svg',
    { class: 'line-sample', viewBox: '0 0 34 12', width: 34, height: 12, 'aria-hidden': 'true' },
    ...classes.map((name) => svg('path', { class: name, d: 'M2 6h30', fill: 'none' })),
  );
}
