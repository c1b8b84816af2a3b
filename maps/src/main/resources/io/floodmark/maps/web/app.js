// Wires the page together, in the order of its life: language, views, address, first data, the live line.

import { fetchOpenAlerts, fetchSensors } from './api.js';
import { AlertsList } from './alerts-list.js';
import { Announcer, alertSentence } from './announcer.js';
import { AssetKinds } from './asset-kinds.js';
import { Assets } from './assets.js';
import { ServerClock } from './clock.js';
import { showConnection } from './connection-badge.js';
import { FloodReports } from './flood-reports.js';
import { OfficialBulletins } from './official-bulletins.js';
import { Language } from './i18n.js';
import { bindKey, drawLegend } from './legend.js';
import { bindListTabs } from './list-tabs.js';
import { LiveConnection } from './live.js';
import { WardMap } from './map.js';
import { Markers } from './markers.js';
import { bindPlacing } from './placing.js';
import { readRoute } from './route.js';
import { SensorList, found } from './sensor-list.js';
import { SensorPanel } from './sensor-panel.js';
import { SensorWords } from './sensor-words.js';
import { bindThemeSwitch } from './theme.js';
import { TravelView } from './travel-view.js';
import { bindViewTabs } from './view-tabs.js';
import { WardNow, alertChanges } from './ward-now.js';
import { drawWard, loadWard } from './ward.js';

/** The map is refitted when the panel changes its width, in the frame after; revealing comes after that. */
const REVEAL_AFTER_MS = 80;

const byId = (id) => document.getElementById(id);
const partOf = (id, name) => byId(id).querySelector(`[data-part="${name}"]`);

const language = new Language(readRoute(location.hash).language);
const clock = new ServerClock();
const ward = new WardNow();
let sensorWords = new SensorWords(language.words, language.code);
let openedFrom = null;
let shownSensor = null;
let drawing = false;
let revealed = false;
let registerStarted = false;

const map = new WardMap(byId('map'), language);
const markers = new Markers(map.leaflet, {
  open: openSensor,
  focus: (place) => map.reveal(place, panel.coversFrom),
});
const alertsList = new AlertsList(byId('alerts-list'), document.querySelectorAll('[data-alert-count]'));
const sensorList = new SensorList(byId('sensor-table'), draw);
const panel = new SensorPanel(byId('panel'), clock, closeSensor);
const announcer = new Announcer(byId('announcer'));
const rewordTheme = bindThemeSwitch(byId('theme-switch'), language);
const showView = bindViewTabs(byId('views'));
const kinds = new AssetKinds();
const assets = new Assets(map, language, kinds, assetParts(), {
  show: () => {
    if (shownSensor !== null) closeSensor();
    showView('map');
  },
  sensors: sensorPlaces,
  kinds: () => drawLegend(byId('scale'), byId('key'), language, kinds),
  leave: () => travel.leaveCard(),
});
const travel = new TravelView(map, travelParts(), {
  draw,
  card: (content, takeFocus) => {
    if (takeFocus) showView('map');
    if (takeFocus && shownSensor !== null) closeSensor();
    assets.showCard(content, takeFocus);
  },
});
const floodReports = new FloodReports(map.leaflet, language, clock, sensorPlaces, (content) => {
  if (shownSensor !== null) closeSensor();
  assets.showCard(content, true);
});
const official = new OfficialBulletins(byId('official'), byId('official-list'), language, clock);
const showList = bindListTabs(byId('list-tabs'), (name) => name === 'assets' && assets.open());
bindPlacing(map.leaflet, byId('map'), placingParts(), language, {
  begin: () => assets.close(),
  address: () => {
    showView('list');
    showList('assets');
    partOf('assets-list', 'search').focus();
  },
  go: (address) => location.assign(address),
});

language.onChange(reword);
byId('language-switch').addEventListener('click', () => language.switchTo(language.code === 'vi' ? 'en' : 'vi'));
byId('search').addEventListener('input', draw);
byId('skip').addEventListener('click', (event) => {
  event.preventDefault(); // the address belongs to the open sensor
  showView('list');
  byId('list').focus();
});
window.addEventListener('hashchange', followAddress);
document.addEventListener('keydown', (event) => {
  const typing = event.target === byId('search') && event.target.value !== '';
  if (event.key === 'Escape' && shownSensor !== null && !event.defaultPrevented && !typing) closeSensor();
});
bindKey(byId('more'));
bindKey(byId('layers'));
reword();

loadWard()
  .then((drawings) => drawWard(map.leaflet, drawings))
  .catch((error) => console.warn('The ground of the map could not be loaded.', error));

// The first paint need not wait for the live line; its snapshot, once there, is the newer truth.
Promise.all([fetchSensors(), fetchOpenAlerts()])
  .then(([sensors, alerts]) => ward.known || replaceAll(sensors, alerts))
  .catch((error) => {
    console.warn('The first data could not be fetched.', error);
    byId('failed').hidden = ward.known;
  });

const live = new LiveConnection('/api/v1/live', {
  snapshot({ serverTime, sensors, alerts }) {
    clock.learn(serverTime);
    replaceAll(sensors, alerts);
    panel.refresh();
  },
  level(feature) {
    ward.putSensor(feature);
    panel.heard(feature.properties);
    draw();
  },
  alert(alert) {
    const before = ward.alerts;
    ward.putAlert(alert);
    announce(before);
    draw();
  },
  heartbeat({ serverTime }) {
    clock.learn(serverTime);
  },
  change: drawConnection,
});
live.start();
// Ages and the chart's right edge move on without news.
setInterval(() => {
  draw();
  floodReports.show();
}, 10_000);
setInterval(() => panel.refresh(), 60_000);

function replaceAll(sensors, alerts) {
  const before = ward.known ? ward.alerts : null;
  ward.replaceAll(sensors, alerts);
  startRegister();
  travel.start();
  byId('failed').hidden = true;
  if (before) announce(before);
  draw();
}

/** What stands in the register comes after the sensors: the first look at the water must not wait for trees. */
function startRegister() {
  if (registerStarted) return;
  registerStarted = true;
  assets.start();
  floodReports.start();
  official.start();
}

function announce(before) {
  for (const change of alertChanges(before, ward.alerts)) {
    announcer.say(change.alert.id, alertSentence(change, language.words, sensorWords));
  }
}

/** Draws once in the next frame, however many events arrive before it. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawNow();
  });
}

function drawNow() {
  const { sensor: selected } = readRoute(location.hash);
  const sensors = ward.sensors.map(({ properties }) => properties);
  const hits = found(sensors, byId('search').value);
  const context = {
    words: language.words,
    language: language.code,
    sensorWords,
    now: clock.now(),
    selected,
    found: hits,
    known: ward.known,
    way: travel.way,
  };
  travel.show(ward, context);
  markers.show(ward.sensors, context);
  alertsList.show(ward.alerts, context);
  const listed = hits ? sensors.filter(({ code }) => hits.has(code)) : sensors;
  sensorList.show(listed, context);
  drawCounts(sensors.length, listed.length);
  byId('demo').hidden = !sensors.some(({ madeUp }) => madeUp);
  if (selected !== null && ward.known) {
    panel.show(selected, ward.sensor(selected)?.properties ?? null, context);
    revealOnce(ward.sensor(selected));
  }
  drawTitle(selected);
}

function drawCounts(total, listed) {
  byId('found').textContent = listed < total ? language.words('list.found', { count: listed, total }) : String(total);
  const empty = byId('list-empty');
  empty.hidden = !ward.known || listed > 0;
  empty.textContent = language.words(total === 0 ? 'list.empty' : 'list.none');
}

function drawTitle(selected) {
  const name = selected && ward.sensor(selected)?.properties.name;
  const open = ward.alerts.length > 0 ? `(${ward.alerts.length}) ` : '';
  document.title = `${open}${name ? `${name} · ` : ''}${language.words('app.title')}`;
}

function drawConnection() {
  const connection = { state: live.state, behindMs: live.behindMs, known: ward.known };
  showConnection(byId('connection'), connection, { words: language.words, now: clock.now() });
}

function reword() {
  document.documentElement.lang = language.code;
  sensorWords = new SensorWords(language.words, language.code);
  language.translate(document);
  byId('language-switch').lang = language.code === 'vi' ? 'en' : 'vi';
  drawLegend(byId('scale'), byId('key'), language, kinds);
  rewordTheme();
  map.translate();
  assets.translate();
  floodReports.show();
  official.show();
  followAddress();
}

function openSensor(code) {
  location.hash = `#/sensor/${encodeURIComponent(code)}`;
}

function closeSensor() {
  // Not an empty hash: that would make the browser scroll to the top.
  history.pushState(null, '', location.pathname + location.search);
  followAddress();
}

/** Brings the page in line with the address: opens, changes or closes the panel, and moves the focus along. */
function followAddress() {
  const { sensor: code } = readRoute(location.hash);
  if (code === shownSensor) {
    draw();
    return;
  }
  if (code === null) {
    panel.hide();
    map.uncover();
    const listed = openedFrom?.closest('.side') && openedFrom.getClientRects().length > 0;
    if (listed) openedFrom.focus();
    else markers.focus(shownSensor);
  } else {
    if (shownSensor === null) openedFrom = document.activeElement;
    assets.close();
    showView('map');
  }
  shownSensor = code;
  document.body.classList.toggle('has-panel', code !== null);
  revealed = false;
  drawNow();
}

/** Once the panel has taken its place, so that the marker comes into the map that is left. */
function revealOnce(feature) {
  if (revealed || !feature) return;
  revealed = true;
  setTimeout(() => map.reveal(feature.geometry.coordinates, panel.coversFrom), REVEAL_AFTER_MS);
}

function sensorPlaces() {
  return ward.sensors.map(({ geometry }) => geometry.coordinates);
}

function assetParts() {
  const names = ['search', 'group', 'condition', 'summary', 'list'];
  return {
    ...Object.fromEntries(names.map((name) => [name, partOf('assets-list', name)])),
    conditionField: partOf('assets-list', 'condition-field'),
    layers: [partOf('layers', 'layers'), partOf('assets-list', 'layers')],
    status: byId('asset-status'),
    card: byId('asset-card'),
  };
}

function travelParts() {
  const names = ['summary', 'limits', 'streets', 'streetsHeading', 'sensors'];
  return {
    ...Object.fromEntries(names.map((name) => [name, partOf('travel-list', name)])),
    selects: [byId('way'), partOf('travel-list', 'way')],
    legend: byId('ways'),
    samples: byId('way-samples'),
    card: byId('asset-card'),
  };
}

function placingParts() {
  const ways = Object.fromEntries(['here', 'address', 'cancel'].map((name) => [name, partOf('placing', name)]));
  return { button: byId('report'), bar: byId('placing'), ...ways };
}
