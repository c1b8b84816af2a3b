// Houses, trees and the like on the map and in the list beside it: loads what the view needs, shows it in both places.

/* global L */

import { fetchAssets, fetchGroups, fetchKinds, fetchRights } from './api.js';
import { AssetCard } from './asset-card.js';
import { AssetFilters } from './asset-filters.js';
import { AssetLayer } from './asset-layer.js';
import { AssetList, LISTED_MAX, showSummary } from './asset-list.js';
import { assetSign } from './asset-signs.js';
import { AssetSource } from './asset-source.js';
import { COUNTS_FROM_ZOOM, POINTS_FROM_ZOOM, drawnFeatures, inView, totals } from './asset-view.js';
import { AssetWords } from './asset-words.js';
import { readFilter, reportLink, writeFilter } from './route.js';
import { WARD_BOUNDS } from './ward.js';

const SETTLE_MS = 160;
const RETRY_MS = 10_000;
/** Close enough to tell a house from its neighbours. */
const CHOSEN_ZOOM = 17.7;
const WARD = { south: WARD_BOUNDS[0][0] - 0.05, west: WARD_BOUNDS[0][1] - 0.05, north: WARD_BOUNDS[1][0] + 0.05, east: WARD_BOUNDS[1][1] + 0.05 };

export class Assets {
  #wardMap;
  #map;
  #language;
  #parts;
  #on;
  #source;
  #layer;
  #list;
  #card;
  #filters;
  #kinds;
  #kindsKnown;
  #groups = new Map();
  #seesConditions = false;
  #asked = false;
  #started = false;
  #settle = null;
  #retry = null;
  #selected = null;

  /**
   * @param wardMap the map
   * @param kinds AssetKinds, which it fills
   * @param parts elements: {layers, status, card, tab, search, group, condition, conditionField, summary, list}
   * @param on {show: something on the map was chosen elsewhere, sensors: () => their places, kinds: they are known now,
   *     leave: a card of somebody else was closed; true if there is a place for the focus}
   */
  constructor(wardMap, language, kinds, parts, on) {
    this.#wardMap = wardMap;
    this.#map = wardMap.leaflet;
    this.#language = language;
    this.#parts = parts;
    this.#on = on;
    this.#source = new AssetSource(fetchAssets, () => Date.now(), () => this.#draw());
    this.#card = new AssetCard(parts.card, () => this.#leaveCard());
    this.#filters = new AssetFilters(parts, readFilter(location.search), (filter) => this.#filtered(filter));
    this.#list = new AssetList(parts.list, (feature) => this.#choose(feature, true));
    this.#kinds = kinds;
    this.#filters.offer(kinds.codes, false);
    this.#kindsKnown = this.#learnKinds();
  }

  /** From now on it loads and shows: called once the sensors are there, which come first. */
  start() {
    if (this.#started) return;
    this.#started = true;
    this.#layer = new AssetLayer(this.#map, this.#on.sensors, (feature) => feature && this.#choose(feature, false));
    this.#map.on('moveend', () => {
      this.#draw();
      this.#loadSoon();
    });
    this.#kindsKnown.then(() => this.#load());
  }

  /** The reader turns to the list: names of groups and the reader's rights are fetched once. */
  open() {
    if (this.#asked) return;
    this.#asked = true;
    this.#learnGroups();
    fetchRights()
      .then((rights) => {
        this.#seesConditions = rights.includes('register.see');
        this.translate();
      })
      .catch((error) => console.warn('The rights could not be fetched.', error));
  }

  translate() {
    const { words, code } = this.#language;
    const kindName = (kind) => this.#kinds.name(kind, words, code);
    const conditions = this.#kinds.conditions(words, code);
    this.#filters.show({ words, kindName, groups: this.#groups, conditions, seesConditions: this.#seesConditions });
    this.#draw();
  }

  /** Closes the card. */
  close() {
    this.#selected = null;
    this.#card.hide();
    this.#draw();
  }

  /** The list has been drawn anew since: the focus goes to the entry of the same thing, or where that is, the map. */
  #leaveCard() {
    const left = this.#selected;
    this.close();
    if (left === null) return this.#on.leave();
    if (!this.#list.focusOn(left)) this.#map.getContainer().focus({ preventScroll: true });
    return true;
  }

  /** Shows something else in the card: a confirmed report. */
  showCard(content, takeFocus) {
    this.#selected = null;
    this.#card.show(content, takeFocus);
    this.#draw();
  }

  #filtered(filter) {
    history.replaceState(history.state, '', location.pathname + writeFilter(location.search, filter) + location.hash);
    this.#load();
  }

  #loadSoon() {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#load(), SETTLE_MS);
  }

  #load() {
    if (!this.#started) return;
    clearTimeout(this.#settle);
    const { filter } = this.#filters;
    this.#source.load(this.#view, this.#map.getZoom(), this.#isFar ? { ...filter, kinds: [] } : filter, WARD);
  }

  get #isFar() {
    return this.#map.getZoom() < COUNTS_FROM_ZOOM;
  }

  get #view() {
    const bounds = this.#map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  #draw() {
    if (!this.#started) return;
    const { words, code } = this.#language;
    const assetWords = new AssetWords(words, code, this.#groups, this.#kinds);
    const zoom = this.#map.getZoom();
    const { features, found } = this.#source;
    const drawn = drawnFeatures(features, zoom);
    // Close up, what a search did not find stays as ground; from afar its numbers would only hide what it found.
    if (found === null) this.#layer.show(drawn, [], this.#selected);
    else this.#layer.show(drawnFeatures(found, zoom), zoom < POINTS_FROM_ZOOM ? [] : drawn, this.#selected);
    this.#drawStatus(words);
    // What a search found is listed wherever it is; else the list is in step with the map.
    const shown = found ?? inView(drawn, this.#view);
    this.#list.show(shown, { assetWords, language: code, selected: this.#selected });
    showSummary(this.#parts.summary, {
      counts: totals(shown),
      total: shown.length,
      listedCount: Math.min(shown.length, LISTED_MAX),
      loading: this.#source.loading,
      failed: this.#source.failed,
      far: this.#isFar && found === null,
      words,
      assetWords,
    });
    if (this.#selected) this.#drawCard(assetWords, words);
  }

  #drawStatus(words) {
    const { failed, loading, features } = this.#source;
    const text = failed ? words('assets.failed') : loading && features.length === 0 ? words('assets.loading') : '';
    this.#parts.status.textContent = text;
    this.#parts.status.hidden = text === '';
    if (failed) this.#retry ??= setTimeout(() => this.#again(), RETRY_MS);
  }

  #again() {
    this.#retry = null;
    this.#load();
  }

  #choose(feature, fromList) {
    const [lon, lat] = feature.geometry.coordinates;
    if (feature.properties.count > 0) {
      this.#zoomInto(feature);
      return;
    }
    this.#selected = feature;
    this.#learnGroups();
    this.#on.show();
    if (fromList && this.#map.getZoom() < CHOSEN_ZOOM) this.#wardMap.goTo([lon, lat], CHOSEN_ZOOM);
    else this.#wardMap.reveal([lon, lat], Infinity);
    this.#draw();
    this.#drawCard(new AssetWords(this.#language.words, this.#language.code, this.#groups, this.#kinds), this.#language.words, true);
  }

  #zoomInto({ bbox, geometry: { coordinates: [lon, lat] } }) {
    const least = this.#map.getZoom() + 1;
    const fits = bbox ? this.#map.getBoundsZoom(L.latLngBounds([bbox[1], bbox[0]], [bbox[3], bbox[2]]).pad(0.1)) : least;
    const centre = bbox ? [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] : [lon, lat];
    this.#wardMap.goTo(centre, Math.max(least, Number.isFinite(fits) ? fits : least));
  }

  #drawCard(assetWords, words, takeFocus = false) {
    const feature = this.#selected;
    const { kind, madeUp } = feature.properties;
    const id = feature.id ?? null;
    const links = [{ href: reportLink(feature.geometry.coordinates, this.#language.code), text: words('report.here'), first: true }];
    if (id !== null) links.push({ href: `/staff/assets/${encodeURIComponent(id)}`, text: words('asset.register') });
    this.#card.show(
      {
        sign: assetSign(kind, 26),
        title: assetWords.title(feature),
        lines: [assetWords.where(feature), madeUp ? words('asset.madeUp') : ''],
        links,
      },
      takeFocus,
    );
  }

  /** Without them the page goes on with the kinds that it knows itself. */
  async #learnKinds() {
    try {
      this.#kinds.learn(await fetchKinds());
    } catch (error) {
      console.warn('The kinds could not be fetched.', error);
    }
    this.#filters.offer(this.#kinds.codes, true);
    this.translate();
    this.#on.kinds();
  }

  #learnGroups() {
    if (this.#groups.size > 0) return;
    fetchGroups()
      .then((groups) => {
        this.#groups = new Map(groups.map(({ code, name }) => [code, name]));
        this.translate();
      })
      .catch((error) => console.warn('The names of the groups could not be fetched.', error));
  }
}
