// The signs of who gets through: an outline and a mark each, as on the pages of plates; and lines as the map has them.

import { svg } from './dom.js';

const MARKS = {
  yes: [svgOf('circle', { class: 'v', cx: 12, cy: 12, r: 11 }), svgOf('path', { class: 'm', d: 'M6.5 12.5l3.7 3.7 7.3-8' })],
  care: [svgOf('path', { class: 'v', d: 'M12 1.5 23 21.5H1Z' }), svgOf('path', { class: 'm', d: 'M12 8.5v6M12 17.6v.6' })],
  no: [svgOf('path', { class: 'v', d: 'M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9Z' }), svgOf('path', { class: 'm', d: 'M8 8l8 8M16 8l-8 8' })],
  unknown: [
    svgOf('circle', { class: 'v', cx: 12, cy: 12, r: 10 }),
    svgOf('path', { class: 'm', d: 'M9 9.4a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2M12 17v.5' }),
  ],
};

/** Sign of a verdict, hidden from screen readers: the word stands beside it. */
export function verdictSign(verdict, size = 26) {
  const attributes = { class: `verdict verdict-${verdict}`, viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' };
  return svg('svg', attributes, ...(MARKS[verdict] ?? MARKS.unknown).map((make) => make()));
}

/** A piece of line as the map draws it. */
export function streetSample(verdict) {
  return svg(
    'svg',
    { class: 'street-sample', viewBox: '0 0 44 14', width: 44, height: 14, 'aria-hidden': 'true' },
    svg('path', { class: 'street-casing', 'data-verdict': verdict, d: 'M5 7h34' }),
    svg('path', { class: 'street-line', 'data-verdict': verdict, d: 'M5 7h34' }),
  );
}

function svgOf(tag, attributes) {
  return () => svg(tag, attributes);
}
