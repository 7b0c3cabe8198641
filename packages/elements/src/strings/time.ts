/** Where and how a person reads times. */
export interface TimeFormat {
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make; a page needs a handful. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale, options)));
  return made;
}

/** The calendar day of a time in a zone, counted from 1970-01-01. */
function dayOf(at: number, timeZone: string): number {
  const parts = format('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000;
}

/** A length as `0:03`, `4:12`, `1:06:05`; never negative. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The time of day alone. */
export function formatTime(at: number, { locale, timeZone }: TimeFormat): string {
  return format(locale, { timeZone, hour: 'numeric', minute: '2-digit' }).format(at);
}

/** A calendar day: month, date and year. */
export function formatDate(at: number, { locale, timeZone }: TimeFormat): string {
  return format(locale, { timeZone, year: 'numeric', month: 'short', day: 'numeric' }).format(at);
}

/**
 * A call's or message's timestamp by calendar day (ML-46): today the time; one to seven days before, weekday and time;
 * eight or more, month, date, year and time; a time to come, the full date.
 */
export function formatTimestamp(at: number, now: number, { locale, timeZone }: TimeFormat): string {
  const age = dayOf(now, timeZone) - dayOf(at, timeZone);
  const time = { timeZone, hour: 'numeric', minute: '2-digit' } as const;
  if (at <= now && age === 0) return format(locale, time).format(at);
  if (at <= now && age >= 1 && age <= 7) return format(locale, { ...time, weekday: 'short' }).format(at);
  return format(locale, { ...time, year: 'numeric', month: 'short', day: 'numeric' }).format(at);
}

/** The first moment of the next calendar day in a zone (epoch ms): when timestamps change their form. */
export function nextMidnight(now: number, timeZone: string): number {
  // A long list asks once per row.
  const known = midnights.get(timeZone);
  if (known && now >= known.asked && now < known.midnight) return known.midnight;
  const midnight = findMidnight(now, timeZone);
  midnights.set(timeZone, { asked: now, midnight });
  return midnight;
}

const midnights = new Map<string, { readonly asked: number; readonly midnight: number }>();

function findMidnight(now: number, timeZone: string): number {
  const today = dayOf(now, timeZone);
  // A day lasts up to 25 hours where clocks change; look for the seam between the two days.
  let [before, after] = [now, now + 26 * 3_600_000];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle, timeZone) === today) before = middle;
    else after = middle;
  }
  return after;
}
