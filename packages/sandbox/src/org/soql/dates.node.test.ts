import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { civilDate, literalSpan, startOfDay } from './dates.ts';

describe('date literals of SOQL', () => {
  const today = '2026-11-20'; // a Friday

  for (const [literal, from, until] of [
    ['TODAY', '2026-11-20', '2026-11-21'],
    ['YESTERDAY', '2026-11-19', '2026-11-20'],
    ['THIS_WEEK', '2026-11-15', '2026-11-22'],
    ['LAST_WEEK', '2026-11-08', '2026-11-15'],
    ['THIS_MONTH', '2026-11-01', '2026-12-01'],
    ['NEXT_MONTH', '2026-12-01', '2027-01-01'],
    ['LAST_QUARTER', '2026-07-01', '2026-10-01'],
    ['THIS_YEAR', '2026-01-01', '2027-01-01'],
    ['LAST_N_DAYS:30', '2026-10-21', '2026-11-21'],
    ['NEXT_N_DAYS:2', '2026-11-21', '2026-11-23'],
    ['N_DAYS_AGO:7', '2026-11-13', '2026-11-14'],
    ['LAST_N_MONTHS:2', '2026-09-01', '2026-11-01'],
    ['LAST_90_DAYS', '2026-08-22', '2026-11-21'],
  ] as const) {
    it(literal, () => {
      assert.deepEqual(literalSpan(literal, Number(literal.split(':')[1] ?? 0), today), { from, until });
    });
  }

  it('knows no fiscal years', () => assert.equal(literalSpan('THIS_FISCAL_YEAR', 0, today), null));

  it("begins a day at the user's midnight, also on the days clocks change", () => {
    assert.equal(new Date(startOfDay('2026-11-20', 'America/Los_Angeles')).toISOString(), '2026-11-20T08:00:00.000Z');
    assert.equal(new Date(startOfDay('2026-03-08', 'America/Los_Angeles')).toISOString(), '2026-03-08T08:00:00.000Z');
    assert.equal(new Date(startOfDay('2026-03-09', 'America/Los_Angeles')).toISOString(), '2026-03-09T07:00:00.000Z');
    assert.equal(new Date(startOfDay('2026-11-20', 'Asia/Tokyo')).toISOString(), '2026-11-19T15:00:00.000Z');
    assert.equal(civilDate(Date.UTC(2026, 10, 20, 3), 'America/Los_Angeles'), '2026-11-19');
  });
});
