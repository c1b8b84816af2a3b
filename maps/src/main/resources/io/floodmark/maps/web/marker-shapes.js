// The signs of the scale: each level has its own outline as well as its own colour, each state its own drawing.
// Drawn once here for map, list, alerts, panel and legend, so that a sign means the same everywhere.

import { svg } from './dom.js';

const CENTRE = 20;

/** Sign of a look ('level-3', 'silent', ...) as SVG, hidden from screen readers: the words stand beside it. */
export function signOf(look, size = 28) {
  return svg(
    'svg',
    { class: `sign sign-${look}`, viewBox: '0 0 40 40', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    ...(SIGNS[look] ?? SIGNS.unknown)(),
  );
}

const SIGNS = {
  'level-0': () => [svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 13.5 }), figure('0')],
  'level-0-unsure': () => [svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 13.5 }), figure('0')],
  'level-1': () => [svg('rect', { class: 'shape', x: 5.5, y: 5.5, width: 29, height: 29, rx: 6 }), figure('1')],
  'level-2': () => [path('M20 2.5 37.5 20 20 37.5 2.5 20Z'), figure('2')],
  'level-3': () => [path('M20 3 38 35.5H2Z'), figure('3', 24.5)],
  'level-4': () => [path('M13 2.5h14L37.5 13v14L27 37.5H13L2.5 27V13Z'), figure('4')],
  unknown: () => [svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 15 }), figure('?')],
  new: () => [svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 14 }), line('M20 13v14M13 20h14')],
  // Silent: radio waves, struck through. Offline: crossed out.
  silent: () => [
    svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 15 }),
    line('M12.5 18a10.5 10.5 0 0 1 15 0M16 22a5.6 5.6 0 0 1 8 0'),
    svg('circle', { class: 'dot', cx: CENTRE, cy: 26, r: 1.8 }),
    line('M13 28.5 27 11.5'),
  ],
  offline: () => [svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 15 }), line('M14 14l12 12M26 14 14 26')],
  maintenance: () => [
    svg('rect', { class: 'shape', x: 5.5, y: 5.5, width: 29, height: 29, rx: 14.5 }),
    line('M12.5 27.5l8-8M19.6 16.2a5.4 5.4 0 0 1 7.2-3.7l-3.4 3.4.7 2.6 2.6.7 3.4-3.4a5.4 5.4 0 0 1-7.2 6.6'),
  ],
  retired: () => [svg('circle', { class: 'shape', cx: CENTRE, cy: CENTRE, r: 10 }), line('M15.5 20h9')],
  rain: () => [path('M20 4c6 8.5 10.5 13.6 10.5 19.5a10.5 10.5 0 0 1-21 0C9.5 17.6 14 12.5 20 4Z'), line('M15 24a5 5 0 0 0 5 5')],
};

function path(d) {
  return svg('path', { class: 'shape', d });
}

function line(d) {
  return svg('path', { class: 'line', d });
}

function figure(text, y = CENTRE) {
  return svg('text', { x: CENTRE, y, 'text-anchor': 'middle', dy: '.36em' }, text);
}
