import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manualClock } from './manual-clock.ts';

describe('manualClock', () => {
  it('calls what falls due in order, each at its own moment', () => {
    const clock = manualClock(1000);
    const seen: [string, number][] = [];
    clock.at(1300, () => seen.push(['late', clock.now()]));
    clock.at(1100, () => {
      seen.push(['early', clock.now()]);
      clock.at(1200, () => seen.push(['chained', clock.now()]));
    });
    clock.at(5000, () => seen.push(['not yet', clock.now()]));
    clock.advance(500);
    assert.deepEqual(seen, [
      ['early', 1100],
      ['chained', 1200],
      ['late', 1300],
    ]);
    assert.equal(clock.now(), 1500);
    assert.equal(clock.waiting, 1);
  });

  it('calls nothing that was cancelled', () => {
    const clock = manualClock();
    let called = false;
    clock.at(clock.now() + 10, () => (called = true))();
    clock.advance(100);
    assert.equal(called, false);
    assert.equal(clock.waiting, 0);
  });

  it('lets chains of promises run between the moments', async () => {
    const clock = manualClock(0);
    const seen: number[] = [];
    const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.at(clock.now() + ms, resolve));
    void (async () => {
      for (let i = 0; i < 3; i++) {
        await wait(10);
        seen.push(clock.now());
      }
    })();
    await clock.run(25);
    assert.deepEqual(seen, [10, 20]);
  });

  it('lets no time pass when the user sets the clock back', () => {
    const clock = manualClock(100_000);
    let at: number | undefined;
    clock.at(100_030, () => (at = clock.now()));
    clock.shift(-60_000);
    assert.equal(clock.now(), 40_000);
    clock.advance(30);
    assert.equal(at, 40_030);
  });
});
