// Fetches what the view needs of the register, one kind at a time. The old stays until the new is there; a request that
// nobody waits for any more is given up.

import { askedBounds, bboxText, holds, isWhole, zoomForServer } from './asset-view.js';

/** The register changes slowly; what was fetched a minute ago still counts when the map comes back to it. */
const FRESH_MS = 60_000;
const KEPT_MAX = 40;

/** What a search finds, in all kinds at once, has a place of its own beside theirs. */
const SEARCH = '?';

export class AssetSource {
  #fetch;
  #now;
  #onChange;
  #slots = new Map();
  #kept = new Map();

  /**
   * @param fetchAssets (parameters, signal) => promise of a FeatureCollection
   * @param now () => milliseconds
   * @param onChange called whenever `features`, `loading` or `failed` may have changed
   */
  constructor(fetchAssets, now, onChange) {
    this.#fetch = fetchAssets;
    this.#now = now;
    this.#onChange = onChange;
  }

  /** What the layers hold, as far as it is known. */
  get features() {
    return [...this.#slots].flatMap(([name, { answer }]) => (name === SEARCH ? [] : (answer?.features ?? [])));
  }

  /** What the search has found so far; null without one. */
  get found() {
    return this.#slots.has(SEARCH) ? (this.#slots.get(SEARCH).answer?.features ?? []) : null;
  }

  get loading() {
    return [...this.#slots.values()].some(({ abort }) => abort !== null);
  }

  get failed() {
    return [...this.#slots.values()].some(({ failed }) => failed);
  }

  /**
   * Sees to it that `features` come to be those of a view, and `found` what a search asks for.
   *
   * @param view {west, south, east, north}
   * @param filter {kinds, group, condition, query}; with a query all kinds are searched, in `ward`
   * @param ward where a search looks: everywhere, not only in the view
   */
  load(view, zoom, filter, ward) {
    const wanted = filter.query === '' ? filter.kinds : [...filter.kinds, SEARCH];
    for (const [name, slot] of this.#slots) {
      if (wanted.includes(name)) continue;
      slot.abort?.abort();
      this.#slots.delete(name);
    }
    for (const name of wanted) {
      if (name === SEARCH) this.#loadSlot(name, ward, zoom, filter);
      else this.#loadSlot(name, view, zoom, { ...filter, query: '' });
    }
    this.#onChange();
  }

  #loadSlot(name, view, zoom, filter) {
    if (!this.#slots.has(name)) this.#slots.set(name, { answer: null, asking: null, abort: null, failed: false });
    const slot = this.#slots.get(name);
    const filterKey = JSON.stringify([filter.group, filter.condition, filter.query]);
    if (slot.answer && slot.answer.filterKey !== filterKey) slot.answer = null; // it would show what was filtered out
    if (this.#serves(slot.answer, view, zoom, filterKey)) {
      slot.abort?.abort();
      Object.assign(slot, { abort: null, asking: null, failed: false });
      return;
    }
    const asked = name === SEARCH ? view : askedBounds(view);
    const parameters = { bbox: bboxText(asked), zoom: String(zoomForServer(zoom)) };
    if (name !== SEARCH) parameters.kind = name;
    if (filter.group) parameters.group = filter.group;
    if (filter.condition) parameters.condition = filter.condition;
    if (filter.query) parameters.q = filter.query;
    const key = JSON.stringify(parameters);
    const kept = this.#kept.get(key);
    if (kept && this.#serves(kept, view, zoom, filterKey)) {
      slot.abort?.abort();
      Object.assign(slot, { answer: kept, abort: null, asking: null, failed: false });
      return;
    }
    if (slot.asking === key) return;
    slot.abort?.abort();
    slot.abort = new AbortController();
    slot.asking = key;
    this.#ask(slot, key, parameters, { asked, zoom: zoomForServer(zoom), filterKey });
  }

  async #ask(slot, key, parameters, about) {
    const { abort } = slot;
    try {
      const { features } = await this.#fetch(parameters, abort.signal);
      if (slot.abort !== abort) return;
      const answer = { ...about, features, whole: isWhole(features), at: this.#now() };
      this.#keep(key, answer);
      Object.assign(slot, { answer, failed: false });
    } catch (error) {
      if (slot.abort !== abort) return;
      console.warn('Houses and trees could not be fetched.', error);
      slot.failed = true;
    }
    slot.abort = null;
    slot.asking = null;
    this.#onChange();
  }

  /** Whether an answer shows all that a view needs: a whole one also any part of itself, counts only at their zoom. */
  #serves(answer, view, zoom, filterKey) {
    if (!answer || answer.filterKey !== filterKey || this.#now() - answer.at > FRESH_MS) return false;
    return holds(answer.asked, view) && (answer.whole || answer.zoom === zoomForServer(zoom));
  }

  #keep(key, answer) {
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    if (this.#kept.size > KEPT_MAX) this.#kept.delete(this.#kept.keys().next().value);
  }
}
