// Houses, trees and the like on one canvas between the ground and the sensors. Thousands of elements would bring an old
// phone to its knees; a canvas takes no focus, so the list beside the map is the way in for keyboards.

/* global L */

import { KINDS, SIGN_BOX, outlineOf } from './asset-signs.js';
import { inView, keyOf } from './asset-view.js';
import { keepApart } from './marker-layout.js';

const FINGER_PX = 22;
const MOUSE_PX = 12;
/** From this zoom on there is room for the numbers of houses. */
const NUMBERS_FROM_ZOOM = 17.6;

/** Leaflet's renderer without its paths: it moves and scales our canvas along with the map. */
const Sheet = L.Renderer.extend({
  options: { padding: 0.15, pane: 'assets' },

  initialize(onDraw) {
    this.onDraw = onDraw;
    L.setOptions(this, {});
    L.stamp(this);
  },

  _initContainer() {
    this._container = L.DomUtil.create('canvas', 'asset-canvas');
    this._container.setAttribute('aria-hidden', 'true');
    this._context = this._container.getContext('2d');
  },

  _destroyContainer() {
    this._container.remove();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._context.setTransform(ratio, 0, 0, ratio, -this._bounds.min.x * ratio, -this._bounds.min.y * ratio);
    this.onDraw(this._context, this._bounds);
  },

  _updatePaths() {},
});

export class AssetLayer {
  #map;
  #sheet;
  #features = [];
  #ground = [];
  #spots = [];
  #selected = null;
  #sensors;
  #stamps = new Map();

  /**
   * @param sensors () => [[lon, lat]]: the places that counts keep away from
   * @param onPress given the feature that was pressed, or null beside all of them
   */
  constructor(map, sensors, onPress) {
    this.#map = map;
    this.#sensors = sensors;
    const pane = map.createPane('assets');
    pane.style.zIndex = 300;
    pane.style.pointerEvents = 'none';
    this.#sheet = new Sheet((context, bounds) => this.#draw(context, bounds)).addTo(map);
    map.on('click', ({ containerPoint, originalEvent }) => {
      const reach = originalEvent.pointerType === 'touch' ? FINGER_PX : MOUSE_PX;
      onPress(this.#at(containerPoint, reach));
    });
    map.on('mousemove', ({ containerPoint }) => {
      map.getContainer().classList.toggle('on-asset', this.#at(containerPoint, MOUSE_PX) !== null);
    });
    new MutationObserver(() => this.redraw()).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  /**
   * @param ground features that are only there for orientation, drawn faintly
   * @param selected the feature that stands out, or null
   */
  show(features, ground, selected) {
    this.#features = features;
    this.#ground = ground;
    this.#selected = selected;
    this.redraw();
  }

  /** After a change of colours too: stamps are drawn anew. */
  redraw() {
    this.#stamps.clear();
    this.#sheet._update();
  }

  #at(point, reach) {
    const { x, y } = this.#map.containerPointToLayerPoint(point);
    let best = null;
    let least = Infinity;
    for (const spot of this.#spots) {
      const distance = Math.hypot(spot.x - x, spot.y - y) - spot.radius;
      if (distance < least) [best, least] = [spot, distance];
    }
    return best !== null && least <= reach - (best.feature.properties.count ? reach : 4) ? best.feature : null;
  }

  #draw(context, { min, max }) {
    const colours = coloursOf(this.#map.getContainer());
    const zoom = this.#map.getZoom();
    const radius = Math.max(2.4, Math.min(11, 2.6 + (zoom - 15) * 2));
    const sw = this.#map.layerPointToLatLng([min.x, max.y]);
    const ne = this.#map.layerPointToLatLng([max.x, min.y]);
    const view = { west: sw.lng, south: sw.lat, east: ne.lng, north: ne.lat };
    const seen = inView(this.#features, view);
    const chosen = this.#selected && keyOf(this.#selected);
    const spots = seen.map((feature) => this.#spot(feature, radius));
    const counts = spots.filter(({ feature }) => feature.properties.count > 0);
    const singles = spots.filter(({ feature }) => !(feature.properties.count > 0));
    keepApart(counts, this.#sensors().map((place) => ({ ...this.#place(place), radius: 20 })));
    const ground = inView(this.#ground, view).map((feature) => this.#spot(feature, radius));
    context.globalAlpha = 0.35;
    for (const spot of ground) if (!spot.feature.properties.count) this.#drawSingle(context, spot, colours);
    context.globalAlpha = 1;
    for (const spot of singles) this.#drawSingle(context, spot, colours);
    const numbered = zoom >= NUMBERS_FROM_ZOOM ? singles.filter(({ feature }) => keyOf(feature) !== chosen) : [];
    for (const spot of numbered) drawNumber(context, spot, colours);
    for (const spot of counts) drawCount(context, spot, colours);
    this.#spots = [...ground.filter(({ feature }) => !feature.properties.count), ...spots];
    const spot = chosen && this.#spots.find(({ feature }) => keyOf(feature) === chosen);
    if (spot) {
      this.#drawSingle(context, { ...spot, radius: Math.max(9, spot.radius) }, colours);
      drawRing(context, spot, colours);
      drawNumber(context, { ...spot, radius: Math.max(9, spot.radius) + 8 }, colours);
    }
  }

  #place([lon, lat]) {
    return this.#map.latLngToLayerPoint([lat, lon]);
  }

  #spot(feature, radius) {
    const { x, y } = this.#place(feature.geometry.coordinates);
    const { count } = feature.properties;
    return { feature, x, y, radius: count > 0 ? 11 + Math.min(9, Math.log10(count) * 3) : radius };
  }

  /** Each sign is drawn once and stamped from then on: two thousand outlines a frame are too many for a weak PC. */
  #drawSingle(context, { feature, x, y, radius }, colours) {
    const { kind } = feature.properties;
    const key = `${kind} ${radius.toFixed(1)}`;
    if (!this.#stamps.has(key)) this.#stamps.set(key, stampOf(kind, radius, colours));
    const { canvas, size } = this.#stamps.get(key);
    context.drawImage(canvas, x - size / 2, y - size / 2, size, size);
  }
}

function stampOf(kind, radius, colours) {
  const ratio = window.devicePixelRatio || 1;
  const size = Math.ceil(radius * 2 + 4);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil(size * ratio);
  const context = canvas.getContext('2d');
  const scale = (radius * 2) / SIGN_BOX;
  context.scale(ratio, ratio);
  context.translate(size / 2, size / 2);
  context.scale(scale, scale);
  context.translate(-SIGN_BOX / 2, -SIGN_BOX / 2);
  const outline = new Path2D(outlineOf(kind));
  context.lineJoin = 'round';
  context.lineWidth = 2.6 / scale;
  context.strokeStyle = colours.halo;
  context.stroke(outline);
  context.fillStyle = colours[kind] ?? colours.other;
  context.fill(outline);
  return { canvas, size };
}

/**
 * A count wears the outline of its kind above the figure: colour alone would tell nobody what is counted. It has no rim,
 * so that nobody takes it for a sensor.
 */
function drawCount(context, { feature, x, y, radius }, colours) {
  const { kind, count } = feature.properties;
  const colour = colours[kind] ?? colours.other;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fillStyle = colours.halo;
  context.fill();
  context.fillStyle = colour;
  context.globalAlpha = 0.24;
  context.fill();
  context.globalAlpha = 1;
  const size = 8;
  context.save();
  context.translate(x - size / 2, y - radius * 0.5 - size / 2);
  context.scale(size / SIGN_BOX, size / SIGN_BOX);
  context.fillStyle = colour;
  context.fill(new Path2D(outlineOf(kind)));
  context.restore();
  context.fillStyle = colours.ink;
  context.font = `600 11px ${colours.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(shortNumber(count), x, y + radius * 0.28);
}

function drawNumber(context, { feature, x, y, radius }, colours) {
  const { number } = feature.properties;
  if (!number) return;
  context.font = `600 11px ${colours.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = colours.halo;
  context.strokeText(number, x, y + radius + 2);
  context.fillStyle = colours.ink;
  context.fillText(number, x, y + radius + 2);
}

function drawRing(context, { x, y, radius }, colours) {
  for (const [width, colour] of [[6, colours.halo], [3, colours.focus]]) {
    context.beginPath();
    context.arc(x, y, Math.max(9, radius) + 6, 0, Math.PI * 2);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** 1,240 as 1.2k: the exact number stands in the list. */
function shortNumber(count) {
  if (count < 1000) return String(count);
  return count < 10_000 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}

function coloursOf(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...Object.fromEntries(KINDS.map((kind) => [kind, colour(`asset-${kind}`)])),
    other: colour('asset-other'),
    halo: colour('asset-halo'),
    ink: colour('ink'),
    focus: colour('focus'),
    font: style.fontFamily,
  };
}
