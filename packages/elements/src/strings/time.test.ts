import { expect } from '@open-wc/testing';
import { formatDuration, formatTime, formatTimestamp, nextMidnight } from './time.ts';

const newYork = { locale: 'en-US', timeZone: 'America/New_York' };
/** Thu Nov 12, 2026, 10:41 AM in New York. */
const now = Date.UTC(2026, 10, 12, 15, 41);
const stamp = (at: number, format = newYork): string => formatTimestamp(at, now, format).replaceAll('\u202f', ' ');
const day = 86_400_000;

describe('times', () => {
  it('writes lengths without a leading zero on the first part', () => {
    expect([0, 3000, 252_000, 3_965_000, -5].map(formatDuration)).to.deep.equal([
      '0:00',
      '0:03',
      '4:12',
      '1:06:05',
      '0:00',
    ]);
  });

  it('writes today as time, one to seven days before as weekday and time, older ones in full', () => {
    expect(stamp(now - 60_000)).to.equal('10:40 AM');
    expect(stamp(Date.UTC(2026, 10, 12, 5, 0))).to.equal('12:00 AM');
    expect(stamp(Date.UTC(2026, 10, 12, 4, 59))).to.equal('Wed 11:59 PM');
    expect(stamp(now - 7 * day)).to.equal('Thu 10:41 AM');
    expect(stamp(now - 8 * day)).to.equal('Nov 4, 2026, 10:41 AM');
  });

  it('goes by the calendar day of the zone, not by hours', () => {
    const at = Date.UTC(2026, 10, 12, 2, 0);
    expect(stamp(at)).to.equal('Wed 9:00 PM');
    expect(stamp(at, { locale: 'en-US', timeZone: 'Europe/London' })).to.equal('2:00 AM');
  });

  it('writes a time to come in full', () => {
    expect(stamp(now + 60_000)).to.equal('Nov 12, 2026, 10:42 AM');
  });

  it('writes in the locale of the user', () => {
    expect(formatTime(now, { locale: 'de-DE', timeZone: 'Europe/Berlin' })).to.equal('16:41');
  });

  it('finds midnight also on days of 23 and 25 hours', () => {
    expect(nextMidnight(now, 'America/New_York')).to.equal(Date.UTC(2026, 10, 13, 5));
    expect(nextMidnight(Date.UTC(2026, 10, 1, 4, 0), 'America/New_York')).to.equal(Date.UTC(2026, 10, 2, 5));
    expect(nextMidnight(Date.UTC(2026, 2, 8, 5, 0), 'America/New_York')).to.equal(Date.UTC(2026, 2, 9, 4));
  });
});
