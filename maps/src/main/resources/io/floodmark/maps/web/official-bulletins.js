// What the authorities say, as staff copied it: beside our own levels, never in their colours.

import { el } from './dom.js';
import { timeSince } from './format.js';

const EVERY_MS = 5 * 60_000;
const ROMAN = ['', 'I', 'II', 'III'];

export class OfficialBulletins {
  #section;
  #list;
  #language;
  #clock;
  #bulletins = [];

  constructor(section, list, language, clock) {
    this.#section = section;
    this.#list = list;
    this.#language = language;
    this.#clock = clock;
  }

  start() {
    this.#fetch();
    setInterval(() => this.#fetch(), EVERY_MS);
  }

  show() {
    const { words } = this.#language;
    const now = this.#clock.now();
    const valid = this.#bulletins.filter((bulletin) => Date.parse(bulletin.validUntil) > now);
    this.#list.replaceChildren(...valid.map((bulletin) => el('li', {}, lineOf(bulletin, words, now), ' ', sourceOf(bulletin))));
    this.#section.hidden = valid.length === 0;
  }

  async #fetch() {
    try {
      const answer = await fetch('/api/v1/bulletins');
      if (!answer.ok) return;
      this.#bulletins = (await answer.json()).bulletins;
      this.show();
    } catch (error) {
      console.warn('Official bulletins could not be fetched; trying again later.', error);
    }
  }
}

/** One bulletin as a line of text. */
export function lineOf({ scale, level, place, validUntil }, words, now) {
  const what = scale === 'alarm' ? words('official.alarm', { level: ROMAN[level] }) : words('official.risk', { level });
  return words('official.line', { what, place, time: timeSince(validUntil, now) });
}

function sourceOf({ source, link }) {
  return link ? el('a', { href: link, rel: 'noreferrer' }, source) : el('span', {}, source);
}
