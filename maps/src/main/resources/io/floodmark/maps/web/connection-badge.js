// How the connection stands, always in sight: in words, with a sign of its own, not by colour alone.

import { setText } from './dom.js';
import { timeSince } from './format.js';

const SIGNS = { live: '●', connecting: '◌', reconnecting: '◐', old: '▲' };

/**
 * What the badge says. `behindMs` is how long ago the page was last up to date, null if it never was; `known` whether
 * it shows anything at all; `now` is the server's time.
 */
export function connectionWords({ state, behindMs, known }, { words, now }) {
  if (state !== 'old') return words(`connection.${state}`);
  if (behindMs !== null) return words('connection.old', { time: timeSince(now - behindMs, now) });
  return words(known ? 'connection.oldUndated' : 'connection.oldUnknown');
}

export function showConnection(badge, connection, { words, now }) {
  const { state } = connection;
  badge.dataset.state = state;
  document.documentElement.dataset.connection = state;
  const [sign, text] = badge.children;
  setText(sign, SIGNS[state]);
  setText(text, connectionWords(connection, { words, now }));
}
