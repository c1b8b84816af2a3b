// Chooses a position on a map for two number fields: by a tap, by buttons, by keys or from the phone. Never by dragging
// alone (WCAG 2.5.7). The fields stay what is sent; without this script they are filled by hand.

import { lookAt, pointAt, positionMap } from './position-map.js';

const METRES_PER_DEGREE = 111_320;
const DECIMALS = 6;
const KEYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const FAR_STEP = 10;
const GEOLOCATION = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 };

class PositionPicker {
  #words;
  #lon;
  #lat;
  #map;
  #point = null;
  #status;

  constructor(root) {
    this.#words = root.dataset;
    this.#lon = document.getElementById(this.#words.lon);
    this.#lat = document.getElementById(this.#words.lat);
    const ground = document.createElement('div');
    ground.className = 'position-ground';
    ground.tabIndex = 0;
    ground.setAttribute('role', 'application');
    ground.setAttribute('aria-label', this.#words.map);
    this.#status = document.createElement('p');
    this.#status.className = 'hint';
    this.#status.setAttribute('role', 'status');
    this.#status.textContent = this.#words.hint;
    root.append(ground, this.#buttons(), this.#status);
    this.#map = positionMap(ground);
    this.#map.on('click', ({ latlng }) => this.#write(latlng.lng, latlng.lat));
    ground.addEventListener('keydown', (event) => this.#pressed(event));
    for (const field of [this.#lon, this.#lat]) field.addEventListener('change', () => this.#show());
    this.#show();
    const at = this.#position();
    if (at) lookAt(this.#map, [at.lat, at.lon]);
  }

  #buttons() {
    const bar = document.createElement('div');
    bar.className = 'position-buttons';
    const add = (sign, name, press) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button';
      button.textContent = sign;
      if (sign !== name) button.setAttribute('aria-label', name);
      button.addEventListener('click', press);
      bar.append(button);
    };
    add('↑', this.#words.up, () => this.#move(0, 1));
    add('↓', this.#words.down, () => this.#move(0, -1));
    add('←', this.#words.left, () => this.#move(-1, 0));
    add('→', this.#words.right, () => this.#move(1, 0));
    add('+', this.#words.zoomIn, () => this.#map.zoomIn());
    add('−', this.#words.zoomOut, () => this.#map.zoomOut());
    if ('geolocation' in navigator) add(this.#words.here, this.#words.here, () => this.#takePhonePosition());
    return bar;
  }

  #position() {
    const [lon, lat] = [this.#lon, this.#lat].map((field) => field.value.trim().replace(',', '.'));
    if (!lon || !lat || !Number.isFinite(Number(lon)) || !Number.isFinite(Number(lat))) return null;
    return { lon: Number(lon), lat: Number(lat) };
  }

  #write(lon, lat) {
    this.#lon.value = lon.toFixed(DECIMALS);
    this.#lat.value = lat.toFixed(DECIMALS);
    this.#show();
  }

  #show() {
    const at = this.#position();
    if (!at) return;
    this.#point ??= pointAt(this.#map, [at.lat, at.lon]);
    this.#point.setLatLng([at.lat, at.lon]);
    if (!this.#map.getBounds().contains([at.lat, at.lon])) this.#map.panTo([at.lat, at.lon], { animate: false });
  }

  /** By metres; without a point yet it begins in the middle of what the map shows. */
  #move(east, north) {
    const { lat, lng } = this.#map.getCenter();
    const at = this.#position() ?? { lon: lng, lat };
    const degrees = 1 / METRES_PER_DEGREE;
    this.#write(
      at.lon + (east * degrees) / Math.cos((at.lat * Math.PI) / 180),
      at.lat + north * degrees,
    );
  }

  #pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.shiftKey ? FAR_STEP : 1;
    if (KEYS[event.key]) {
      const [east, north] = KEYS[event.key];
      this.#move(east * step, north * step);
    } else if (event.key === '+' || event.key === '=') {
      this.#map.zoomIn();
    } else if (event.key === '-') {
      this.#map.zoomOut();
    } else {
      return;
    }
    event.preventDefault();
  }

  #takePhonePosition() {
    this.#status.textContent = this.#words.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.#write(coords.longitude, coords.latitude);
        lookAt(this.#map, [coords.latitude, coords.longitude]);
        this.#status.textContent = this.#words.found.replace('{metres}', String(Math.round(coords.accuracy)));
      },
      () => (this.#status.textContent = this.#words.failed),
      GEOLOCATION,
    );
  }
}

for (const root of document.querySelectorAll('.position-picker')) new PositionPicker(root);
