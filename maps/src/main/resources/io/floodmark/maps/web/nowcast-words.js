// What comes next at a sensor, in one sentence, and how far it is to be trusted. Pure.

import { timeSince } from './format.js';
import { isPresent } from './sensor-words.js';

const MINUTE_MS = 60_000;

/** { sentence, remark }, or null where there is nothing to say, or it is too old to be said. */
export function nextOf(sensor, words, now) {
  const { nowcast } = sensor;
  if (!nowcast || !isPresent(sensor) || Number(now) > Date.parse(nowcast.until)) return null;
  return nowcast.kind === 'rise' ? rise(nowcast, words, now) : fall(nowcast, words, now);
}

function rise({ level, from, to, skill }, words, now) {
  const fromMinutes = Math.floor((Date.parse(from) - Number(now)) / MINUTE_MS);
  const toMinutes = Math.max(1, Math.ceil((Date.parse(to) - Number(now)) / MINUTE_MS));
  const values = { level: words(`next.level${level}`), from: fromMinutes, to: toMinutes };
  return {
    sentence: words(fromMinutes < 1 ? 'next.riseWithin' : 'next.rise', values),
    remark: words('next.skill', { right: ofTen(skill.rightShare), foretold: ofTen(skill.foretoldShare) }),
  };
}

function fall({ from, to, floods }, words, now) {
  const values = { from: timeSince(from, now), to: timeSince(to, now), n: floods };
  return { sentence: words('next.fall', values), remark: words('next.fallAbout') };
}

function ofTen(share) {
  return Math.round(share * 10);
}
