// The inbox while it is open: fetched again when an alert changes, with a mark in the title and, if wished, a sound.

import { LiveConnection } from '../live.js';

const SOUND_KEY = 'floodmark.alertSound';
/** Several changes at once, as of a whole zone, are one look at the server. */
const GATHER_MS = 300;
/** So long after it moved over the list a pointer or finger may be on its way to a button. */
const AIMING_MS = 10_000;

const tools = document.querySelector('.alert-tools');
const state = document.getElementById('live-state');
const sound = document.getElementById('alert-sound');
const changes = document.getElementById('alert-changes');
const title = document.title;
let known = unseen();
let pending = null;
/** What the list has become while somebody aims at it; null where it is shown already. */
let waiting = null;
let movedAt = -Infinity;

function inbox() {
  return document.getElementById('inbox-live');
}

/** Ids of the alerts shown that nobody has acknowledged. */
function unseen(list = inbox()) {
  return new Set([...list.querySelectorAll('[data-alert][data-unseen="true"]')].map((row) => row.dataset.alert));
}

function countInTitle(ids) {
  const count = ids.size;
  document.title = count > 0 ? `(${count}) ${title}` : title;
}

function refreshSoon() {
  pending ??= setTimeout(refresh, GATHER_MS);
}

async function refresh() {
  pending = null;
  let page;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return;
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch (error) {
    console.warn('The inbox could not be fetched; the next change tries again.', error);
    return;
  }
  const fresh = page.getElementById('inbox-live');
  if (!fresh) return;
  tellNew(fresh);
  waiting = fresh;
  showWhenFree();
}

/** The list must not move under a pointer or finger: what was aimed at would be another alert. */
function isAimedAt() {
  const filter = inbox().querySelector('.alert-filter');
  return Boolean(filter?.contains(document.activeElement)) || performance.now() - movedAt < AIMING_MS;
}

function showWhenFree() {
  if (!waiting) return;
  changes.hidden = !isAimedAt();
  if (changes.hidden) show();
}

function show() {
  const fresh = waiting;
  waiting = null;
  changes.hidden = true;
  const focused = document.activeElement?.closest?.('[data-alert]')?.dataset.alert;
  const onButton = document.activeElement?.matches?.('button');
  inbox().replaceWith(document.adoptNode(fresh));
  if (focused) {
    const row = inbox().querySelector(`[data-alert="${CSS.escape(focused)}"]`);
    (row?.querySelector(onButton ? 'button' : 'a') ?? row?.querySelector('a'))?.focus();
  }
}

function tellNew(fresh) {
  const now = unseen(fresh);
  const isNew = [...now].some((id) => !known.has(id));
  known = now;
  countInTitle(now);
  if (isNew) {
    state.textContent = tools.dataset.new;
    if (wantsSound()) beep();
  }
}

function wantsSound() {
  try {
    return localStorage.getItem(SOUND_KEY) === 'on';
  } catch {
    return false;
  }
}

function showSound() {
  const on = wantsSound();
  sound.setAttribute('aria-pressed', String(on));
  sound.textContent = on ? sound.dataset.on : sound.dataset.off;
  sound.hidden = false;
}

/** Two short tones; browsers stay silent until the page was touched once. */
function beep() {
  const Audio = window.AudioContext;
  if (!Audio) return;
  const audio = new Audio();
  for (const [from, pitch] of [[0, 880], [.22, 660]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = .15;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + from);
    tone.stop(audio.currentTime + from + .18);
  }
  setTimeout(() => audio.close(), 1_000);
}

sound.addEventListener('click', () => {
  try {
    localStorage.setItem(SOUND_KEY, wantsSound() ? 'off' : 'on');
  } catch (error) {
    console.warn('The choice of sound cannot be kept in this browser.', error);
  }
  showSound();
  if (wantsSound()) beep();
});

const live = new LiveConnection(tools.dataset.live, {
  snapshot: refreshSoon,
  alert: refreshSoon,
  level() {},
  heartbeat() {},
  change() {
    const look = live.state === 'live' ? 'live' : live.state === 'old' ? 'lost' : '';
    if (state.dataset.look === look) return;
    state.dataset.look = look;
    state.textContent = look === 'live' ? state.dataset.liveText : look === 'lost' ? state.dataset.lostText : '';
  },
});

for (const kind of ['pointermove', 'pointerdown', 'wheel', 'touchmove']) {
  document.addEventListener(kind, (event) => {
    if (event.target.closest?.('.alert-list')) movedAt = performance.now();
  }, { passive: true });
}
changes.addEventListener('click', () => {
  movedAt = -Infinity;
  show();
});
setInterval(showWhenFree, 500);

showSound();
countInTitle(known);
live.start();
