import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { systemClock } from './clock.ts';

const DAY = 86_400_000;

describe('systemClock', () => {
  it('calls once, at its time, and not after it was cancelled', (test) => {
    test.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000 });
    const clock = systemClock();
    const called: string[] = [];
    clock.at(5_000, () => called.push('first'));
    clock.at(500, () => called.push('past'));
    clock.at(6_000, () => called.push('cancelled'))();
    test.mock.timers.tick(3_999);
    assert.deepEqual(called, ['past']);
    test.mock.timers.tick(10_000);
    assert.deepEqual(called, ['past', 'first']);
  });

  it('waits longer than a timer can', (test) => {
    test.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    let called = 0;
    systemClock().at(60 * DAY, () => called++);
    for (let day = 0; day < 59; day++) test.mock.timers.tick(DAY);
    assert.equal(called, 0);
    test.mock.timers.tick(DAY);
    assert.equal(called, 1);
  });

  it('set back, it makes nobody wait longer: what was 30 days away still is', (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    let wall = 0;
    const now = mock.method(Date, 'now', () => wall);
    let called = 0;
    systemClock().at(30 * DAY, () => called++);
    wall = -365 * DAY;
    // One day more: a mocked timer counts from the end of the tick that made it.
    for (let day = 0; day < 31; day++) {
      wall += DAY;
      test.mock.timers.tick(DAY);
    }
    assert.equal(called, 1);
    now.mock.restore();
  });
});
