// The kinds of things in the register, as the ward has set them up: their names stand in their own records. Until those
// are there, and where they cannot be fetched, the page uses the kinds that it has signs for.

import { KINDS } from './asset-signs.js';

const TREE_CONDITIONS = ['good', 'fair', 'poor', 'dying', 'dead', 'stump'];

export class AssetKinds {
  #known = null;

  /** Takes what the server says: [{code, vi, en, enabled, conditions: [{value, vi, en}]}] in the order of menus. */
  learn(kinds) {
    this.#known = new Map(kinds.map((kind) => [kind.code, kind]));
  }

  /** Codes of those that layers are offered for. */
  get codes() {
    return this.#known === null ? KINDS : [...this.#known.values()].filter(({ enabled }) => enabled).map(({ code }) => code);
  }

  /** Name of a kind; its code where nothing is known of it. */
  name(kind, words, language) {
    const known = this.#known?.get(kind);
    if (known) return known[language] || known.vi;
    return KINDS.includes(kind) ? words(`kind.${kind}`) : kind;
  }

  /**
   * The conditions that things can be in: [[value, name]]. Where kinds call the same value by other names, all of these
   * are said.
   */
  conditions(words, language) {
    if (this.#known === null) return TREE_CONDITIONS.map((value) => [value, words(`condition.${value}`)]);
    const names = new Map();
    for (const { enabled, conditions } of this.#known.values()) {
      for (const option of enabled ? conditions : []) {
        names.set(option.value, (names.get(option.value) ?? new Set()).add(option[language] || option.vi));
      }
    }
    return [...names].map(([value, known]) => [value, [...known].join(' / ')]);
  }
}
