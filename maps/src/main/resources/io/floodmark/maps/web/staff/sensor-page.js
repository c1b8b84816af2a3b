// The chart of a sensor's page, and what keeps the page fresh. The page says in words, without it, what is doubted.

import { Chart } from '../chart.js';
import { ReadingsTable } from '../readings-table.js';
import { fetchJudgedReadings } from '../api.js';
import { textOf } from '../i18n.js';
import { el } from '../dom.js';
import { VI } from '../texts-vi.js';
import { EN } from '../texts-en.js';

/** Hourly steps over 30 days, two minutes over a day. */
const MAX_POINTS = 760;
const REFRESH_MS = 60_000;

const root = document.querySelector('.sensor-chart');
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const language = document.documentElement.lang;
const words = (key, values) => textOf(language === 'en' ? EN : VI, key, values);
const { code, range } = root.dataset;
const lengthMs = Number(root.dataset.length);
// The server's clock when it made the page, carried on by ours.
const openedAt = performance.now();
const now = () => Number(root.dataset.now) + performance.now() - openedAt;

const chart = new Chart(part('chart'));
const table = new ReadingsTable(part('table'));
const status = part('status');

async function draw() {
  const toMs = Math.ceil(now());
  try {
    const answer = await fetchJudgedReadings(code, toMs - lengthMs, toMs, MAX_POINTS, language);
    const reasons = answer.words ?? {};
    chart.show(
      {
        rows: answer.rows,
        fromMs: toMs - lengthMs,
        toMs,
        range,
        reasons,
        thresholdsMm: root.dataset.thresholds.split(',').map(Number),
        lowPointDeltaMm: Number(root.dataset.delta),
      },
      { words, language },
    );
    table.show(answer.rows, { words, language, reasons });
    part('table').hidden = answer.rows.length === 0;
    status.textContent = answer.rows.length === 0 ? words('chart.empty') : '';
  } catch (error) {
    console.warn('The readings could not be fetched.', error);
    status.textContent = words('chart.failed');
  }
}

/** Puts what the server now says in place of what stands there, if it differs. */
async function freshen() {
  const response = await fetch(window.location.href);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of ['now', 'health']) {
    const shown = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (shown && fresh && !shown.isEqualNode(fresh)) shown.replaceWith(document.adoptNode(fresh));
  }
}

function drawKey() {
  const names = { line: 'keyLine', band: 'keyBand', doubted: 'keyDoubted', bad: 'keyBad' };
  part('key').replaceChildren(
    ...Object.entries(names).map(([kind, name]) => el('li', { class: `key-${kind}` }, words(`chart.${name}`))),
    el('li', { class: 'key-raw' }, root.dataset.rawName),
  );
}

status.textContent = words('chart.loading');
drawKey();
draw();
setInterval(() => {
  if (document.hidden) return;
  draw();
  freshen().catch((error) => console.warn('The page could not be refreshed.', error));
}, REFRESH_MS);
