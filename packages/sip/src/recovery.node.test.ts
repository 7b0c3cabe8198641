import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backOffFor, callBackOff, idleBackOff, pauseMs } from './recovery.ts';

describe('pauseMs', () => {
  it('doubles with each failure and stops at the longest', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 50].map((failures) => pauseMs(failures, 1, idleBackOff)),
      [4000, 8000, 16000, 30000, 30000, 30000],
    );
  });

  it('leaves nearly all of every pause to chance', () => {
    assert.equal(pauseMs(1, 0, idleBackOff), 400);
    assert.equal(pauseMs(2, 0.5, idleBackOff), 4400);
  });

  it('lets a thousand phones come back over seconds, not in one', () => {
    let seed = 1;
    // A generator of its own (Lehmer): the same every time.
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const seconds = new Map<number, number>();
    for (let phone = 0; phone < 1_000; phone++) {
      const second = Math.floor(pauseMs(1, random(), idleBackOff) / 1_000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    assert.equal(seconds.size, 4);
    assert.ok(Math.max(...seconds.values()) < 320, [...seconds].join(' '));
  });

  it('hurries while a call lives, for half a minute', () => {
    assert.equal(pauseMs(9, 1, backOffFor(true, 9)), 450);
    assert.equal(pauseMs(9, 0, backOffFor(true, 9)), 225);
    assert.equal(backOffFor(true, 1), callBackOff);
    assert.equal(backOffFor(true, 61), idleBackOff);
    assert.equal(backOffFor(false, 1), idleBackOff);
  });
});
