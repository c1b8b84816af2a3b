// The signs of houses, trees and what else the ward registers: each kind has its own outline as well as its own colour.
// One path serves the canvas of the map and the SVG of lists and legend, so that a sign means the same everywhere.

import { svg } from './dom.js';

/** Width and height of the square that the outlines are drawn in. */
export const SIGN_BOX = 20;

/** Kinds in the order of menus, with the outline of each. Small and quiet: the sensors are what this map is about. */
export const OUTLINES = {
  tree: 'M10 2a8 8 0 0 1 1.5 15.86V20h-3v-2.14A8 8 0 0 1 10 2Z',
  house: 'M10 1.5 19 9v9.5H1V9Z',
  shelter: 'M10 1 18 4v6c0 5-3.4 7.8-8 9.5C5.4 17.8 2 15 2 10V4Z',
  pump: 'M5.5 2h9L19 10l-4.5 8h-9L1 10Z',
  drain: 'M1 5.5h18v3H1ZM1 11.5h18v3H1Z',
  camera: 'M1 5h11v3.5L19 5v10l-7-3.5V15H1Z',
  light: 'M10 1l2.4 6.200L19 7.5l-5.100 4.200L15.600 18 10 14.4 4.4 18l1.700-6.300L1 7.5l6.600-.3Z',
};

export const KINDS = Object.keys(OUTLINES);

/** Outline of a kind, of one that this page does not know too. */
export function outlineOf(kind) {
  return OUTLINES[kind] ?? 'M4 4h12v12H4Z';
}

/** The sign as SVG, hidden from screen readers: the words stand beside it. */
export function assetSign(kind, size = 20) {
  const box = { viewBox: '-1 -1 22 22', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' };
  const name = kind in OUTLINES ? kind : 'other';
  return svg('svg', { class: `asset-sign asset-${name}`, ...box }, svg('path', { d: outlineOf(kind) }));
}
