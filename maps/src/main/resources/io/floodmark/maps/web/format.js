// Numbers and times as people of the ward write them. Pure; the clock is always handed in.

/** Where the ward is, wherever the reader is. Vietnam has had no daylight saving since 1975, so the offset is fixed. */
export const WARD_ZONE = 'Asia/Ho_Chi_Minh';
export const WARD_OFFSET_MS = 7 * 3600e3;

const DAY_MS = 24 * 3600e3;

/** Whole centimetres of millimetres: 142 -> "14 cm". Millimetres are finer than anyone can wade. */
export function centimetres(mm, language) {
  return `${number(Math.round(mm / 10), language)} cm`;
}

/** A number with at most so many decimals, with the language's own comma or point. */
export function number(value, language, decimals = 0) {
  // Rounding may leave -0, which would be printed as "-0".
  const rounded = Number(value.toFixed(decimals)) || 0;
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(rounded);
}

/** "14:05" in the ward. */
export function clockTime(at) {
  const { hour, minute } = parts(at);
  return `${hour}:${minute}`;
}

/** "21/11" in the ward. */
export function dayMonth(at) {
  const { day, month } = parts(at);
  return `${day}/${month}`;
}

/** "14:05" today, "14:05 20/11" before: short, and never mistaken for today. */
export function timeSince(at, now) {
  return wardDay(at) === wardDay(now) ? clockTime(at) : `${clockTime(at)} ${dayMonth(at)}`;
}

/** "2 phút trước"; under 15 s the caller's word for "just now". Times ahead of the clock count as now. */
export function ago(at, now, language, justNow) {
  const seconds = Math.max(0, Math.round((Number(now) - Number(new Date(at))) / 1000));
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (seconds < 15) return justNow;
  if (seconds < 60) return relative.format(-seconds, 'second');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 2 * 86400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  return relative.format(-Math.floor(seconds / 86400), 'day');
}

function wardDay(at) {
  return Math.floor((Number(new Date(at)) + WARD_OFFSET_MS) / DAY_MS);
}

const inWard = new Intl.DateTimeFormat('en-GB', {
  timeZone: WARD_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  day: '2-digit',
  month: '2-digit',
  hourCycle: 'h23',
});

function parts(at) {
  return Object.fromEntries(inWard.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}
