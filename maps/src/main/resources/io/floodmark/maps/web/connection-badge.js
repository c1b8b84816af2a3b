// How the connection stands, always in sight: in words, with a sign of its own, not by colour alone.

import { setText } from './dom.js';
import { timeSince } from './format.js';

const SIGNS = { live: '●', connecting: '◌', reconnecting: '◐', old: '▲' };

/** `silentMs` is how long nothing has been heard, null if nothing ever was; `now` is the server's time. */
export function showConnection(badge, { state, silentMs }, { words, now }) {
  badge.dataset.state = state;
  document.documentElement.dataset.connection = state;
  const [sign, text] = badge.children;
  setText(sign, SIGNS[state]);
  if (state !== 'old') setText(text, words(`connection.${state}`));
  else if (silentMs === null) setText(text, words('connection.oldUnknown'));
  else setText(text, words('connection.old', { time: timeSince(now - silentMs, now) }));
}
