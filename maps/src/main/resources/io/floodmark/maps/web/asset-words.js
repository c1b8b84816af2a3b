// What the page says about a house, a tree or a number of them.

export class AssetWords {
  #words;
  #language;
  #groups;
  #kinds;

  /**
   * @param groups names of the residential groups by code
   * @param kinds AssetKinds
   */
  constructor(words, language, groups, kinds) {
    this.#words = words;
    this.#language = language;
    this.#groups = groups;
    this.#kinds = kinds;
  }

  /** Name of a kind; null is a mixture. */
  kind(kind) {
    if (kind === null) return this.#words('kind.mixed');
    return this.#kinds.name(kind, this.#words, this.#language);
  }

  title({ properties }) {
    const { kind, count, number, street, name, details } = properties;
    if (count > 0) return this.counted(kind, count);
    const own = name ?? details?.commonName ?? details?.species;
    if (own) return own;
    if (number && street) return this.#words('asset.houseAt', { number, street });
    return street ? `${this.kind(kind)}, ${street}` : this.kind(kind);
  }

  /** As "Trees: 1,240". */
  counted(kind, count) {
    return `${this.kind(kind)}: ${this.number(count)}`;
  }

  number(count) {
    return count.toLocaleString(this.#language);
  }

  /** Where it stands in a line, as far as the title does not say it. */
  where({ properties }) {
    const { kind, count, number, street, group, name, details } = properties;
    if (count > 0) return this.#words('asset.zoomIn');
    const named = name ?? details?.commonName ?? details?.species;
    const address = named ? [number, street].filter(Boolean).join(' ') : '';
    return [named && kind !== 'tree' ? this.kind(kind) : '', address, this.group(group)].filter(Boolean).join(' · ');
  }

  /** Name of a residential group; its code where the names are not known (yet). */
  group(code) {
    return code ? (this.#groups.get(code) ?? code) : '';
  }
}
