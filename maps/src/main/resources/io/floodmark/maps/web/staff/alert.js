// The page of one alert: says when the alert has changed since, and takes nobody's words away by itself.

import { LiveConnection } from '../live.js';

const notice = document.getElementById('alert-changed');
const id = Number(notice.dataset.alert);

function tell(alert) {
  if (alert.id !== id || !notice.hidden) return;
  const link = document.createElement('a');
  link.href = location.pathname;
  link.textContent = notice.dataset.link;
  notice.hidden = false;
  notice.replaceChildren(`${notice.dataset.text} `, link);
}

new LiveConnection(notice.dataset.live, {
  snapshot() {},
  alert: tell,
  level() {},
  heartbeat() {},
  change() {},
}).start();
