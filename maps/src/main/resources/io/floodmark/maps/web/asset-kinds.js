// The kinds of things in the register, as the ward has set them up: their names stand in their own records. Until those
// are there, and where they cannot be fetched, the page uses the kinds that it has signs for.

import { KINDS } from './asset-signs.js';

export class AssetKinds {
  #known = null;

  /** Takes what the server says: [{code, vi, en, enabled}] in the order of menus. */
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
}
