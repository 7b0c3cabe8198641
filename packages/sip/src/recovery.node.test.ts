import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manualClock } from '@multiline/testing';
import { BackOff, type Hurry } from './recovery.ts';

/** A generator of its own (Lehmer): the same every time. */
function lehmer(): () => number {
  let seed = 1;
  return () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** The pauses of a phone whose attempts fail at once. */
function pauses(hurry: Hurry, count: number, random: () => number): number[] {
  const clock = manualClock();
  const backOff = new BackOff(clock, random);
  return Array.from({ length: count }, () => {
    const pause = backOff.next(hurry, true);
    clock.advance(pause);
    return pause;
  });
}

/** How long after the return of a server, which was away for so long, a phone is there again. */
function late(hurry: Hurry, awayMs: number, random: () => number): number {
  const clock = manualClock(0);
  const backOff = new BackOff(clock, random);
  backOff.reset();
  do clock.advance(Math.max(1, backOff.next(hurry, true)));
  while (clock.now() < awayMs);
  return clock.now() - awayMs;
}

/** Of a thousand phones: the most that come in one second, and when half of them and the last are there. */
function returns(awayMs: number, hurryOf: (phone: number) => Hurry) {
  const random = lehmer();
  const times = Array.from({ length: 1_000 }, (_, phone) => late(hurryOf(phone), awayMs, random)).sort((a, b) => a - b);
  const busiest = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));
  return { busiest, median: times[500] ?? Infinity, last: times[999] ?? Infinity };
}

describe('BackOff', () => {
  it('doubles with each failure and stops at the longest where nobody looks', () => {
    assert.deepEqual(
      pauses('hidden', 6, () => 1),
      [4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
    );
    assert.deepEqual(
      pauses('hidden', 2, () => 0),
      [400, 800],
    );
  });

  it('keeps a steady pace from a moment of its own while somebody looks, for half a minute', () => {
    assert.deepEqual(
      pauses('attended', 3, () => 0.25),
      [450, 1_800, 1_800],
    );
    const seen = pauses('seen', 10, () => 0.5);
    assert.deepEqual(seen, [2_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 2_200, 4_400]);
  });

  it('hurries while a call lives, and never gives up on it', () => {
    const random = lehmer();
    const all = pauses('call', 300, random);
    assert.ok(all.slice(0, 100).every((pause) => pause >= 225 && pause <= 450));
    assert.ok(all.slice(-50).every((pause) => pause >= 1_000 && pause <= 2_000));
  });

  it('begins anew when the server has taken us', () => {
    const clock = manualClock();
    const backOff = new BackOff(clock, () => 1);
    for (let round = 0; round < 5; round++) backOff.next('hidden', true);
    backOff.reset();
    assert.equal(backOff.next('hidden', true), 4_000);
  });

  it('looks once within 0.3 s after a link that held was cut, and then keeps its pace: no server is asked to bear more', () => {
    const clock = manualClock();
    const backOff = new BackOff(clock, () => 1);
    const next = (): number => {
      const pause = backOff.next('seen', true);
      clock.advance(pause);
      return pause;
    };
    backOff.reset();
    assert.deepEqual([next(), next(), next()], [300, 4_000, 4_000]);
    // A server that takes us and lets us go at once is no link that was cut.
    backOff.reset();
    assert.equal(next(), 4_000);
    clock.advance(10_000);
    backOff.reset();
    assert.equal(next(), 300);
  });

  it('does not look where a server was reached and would not have us, nor before it ever had us', () => {
    const had = new BackOff(manualClock(), () => 0.5);
    had.reset();
    assert.equal(had.next('attended', false), 900);
    assert.equal(new BackOff(manualClock(), () => 0.5).next('attended', true), 900);
  });

  it('brings back within 0.3 s who looks at the page where the server stood and only links were cut', () => {
    const { median, last } = returns(1, (phone) => (phone % 2 === 0 ? 'attended' : 'seen'));
    assert.ok(median < 200 && last <= 300, `${String(median)}, ${String(last)}`);
  });

  for (const awayMs of [1_000, 8_000]) {
    const outage = awayMs === 1_000 ? 'was restarted' : 'was away for eight seconds';
    it(`brings back who looks at the page within a second where the server ${outage}, a thousand not in one`, () => {
      const { busiest, median } = returns(awayMs, () => 'attended');
      assert.ok(median < 1_000, String(median));
      assert.ok(busiest < 680, String(busiest));
    });

    it(`lets fewer than 40 % come in any one second where the server ${outage}, a third of them looked at`, () => {
      const { busiest } = returns(awayMs, (phone) =>
        phone % 3 === 0 ? 'attended' : phone % 3 === 1 ? 'seen' : 'hidden',
      );
      assert.ok(busiest < 400, String(busiest));
    });
  }
});
