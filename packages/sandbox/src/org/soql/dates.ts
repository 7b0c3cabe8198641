/** A span of civil dates, `YYYY-MM-DD`, the end not included. */
export interface DateSpan {
  readonly from: string;
  readonly until: string;
}

/** The civil date of a point in time for somebody in `timeZone`. */
export function civilDate(at: number, timeZone: string): string {
  return new Date(at).toLocaleDateString('sv-SE', { timeZone });
}

/** The point in time, epoch milliseconds, at which a civil date begins in `timeZone`. */
export function startOfDay(date: string, timeZone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  // The offset at the guess may differ from the one at the answer when clocks change: correct twice.
  let at = utc;
  for (let pass = 0; pass < 2; pass++) at = utc - offsetMs(at, timeZone);
  return at;
}

function offsetMs(at: number, timeZone: string): number {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
  return Date.parse(`${local}Z`) - Math.floor(at / 1000) * 1000;
}

/** A civil date some days, and months, away. */
function shiftedDate(date: string, days: number, months = 0): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, day + days)).toISOString().slice(0, 10);
}

const UNITS = { DAYS: 'day', WEEKS: 'week', MONTHS: 'month', QUARTERS: 'quarter', YEARS: 'year' } as const;
type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/**
 * The span a SOQL date literal stands for, seen from `today` (a civil date): `TODAY`, `LAST_WEEK`, `THIS_MONTH`,
 * `LAST_N_DAYS:30`, `N_MONTHS_AGO:2` and their like. Null for a literal this org doesn't know (fiscal years).
 */
export function literalSpan(literal: string, count: number, today: string): DateSpan | null {
  const name = literal.split(':', 1)[0]?.toUpperCase() ?? '';
  const near = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 }[name];
  if (near !== undefined) return period('day', near, today);
  if (name === 'LAST_90_DAYS') return last('day', 90, today);
  if (name === 'NEXT_90_DAYS') return next('day', 90, today);
  const relative = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (relative)
    return period(relative[2]?.toLowerCase() as Unit, { LAST: -1, THIS: 0, NEXT: 1 }[relative[1] ?? ''] ?? 0, today);
  const counted =
    /^(?:(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)|N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)_AGO)$/.exec(name);
  if (!counted) return null;
  const unit = UNITS[(counted[2] ?? counted[3]) as keyof typeof UNITS];
  if (counted[3]) return period(unit, -count, today);
  return counted[1] === 'LAST' ? last(unit, count, today) : next(unit, count, today);
}

/** The whole day, week, month … that lies `away` from the one of today. */
function period(unit: Unit, away: number, today: string): DateSpan {
  const from = startOf(unit, today, away);
  return { from, until: startOf(unit, today, away + 1) };
}

/** From `count` units back: days reach up to and include today, longer units end with the last whole one. */
function last(unit: Unit, count: number, today: string): DateSpan {
  return { from: startOf(unit, today, -count), until: startOf(unit, today, unit === 'day' ? 1 : 0) };
}

function next(unit: Unit, count: number, today: string): DateSpan {
  return { from: startOf(unit, today, 1), until: startOf(unit, today, count + 1) };
}

function startOf(unit: Unit, today: string, away: number): string {
  if (unit === 'day') return shiftedDate(today, away);
  if (unit === 'week') return shiftedDate(today, away * 7 - new Date(`${today}T00:00:00Z`).getUTCDay());
  const month = Number(today.slice(5, 7));
  const first = unit === 'month' ? month : unit === 'quarter' ? month - ((month - 1) % 3) : 1;
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  return shiftedDate(`${today.slice(0, 4)}-${String(first).padStart(2, '0')}-01`, 0, away * months);
}
