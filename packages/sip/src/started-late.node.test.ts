import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manualClock } from '@multiline/testing';
import { startedLate } from './started-late.ts';

/** Code on its way: each time it is asked for it comes, or does not, when the test says so. */
function loader() {
  const settle: { resolve: (code: string) => void; reject: (error: Error) => void }[] = [];
  const through = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    asked: 0,
    load(): Promise<string> {
      this.asked++;
      return new Promise<string>((resolve, reject) => settle.push({ resolve, reject }));
    },
    async come(): Promise<void> {
      settle.shift()?.resolve('code');
      await through();
    },
    async fail(): Promise<void> {
      settle.shift()?.reject(new Error('offline'));
      await through();
    },
  };
}

describe('what is started when its code has come', () => {
  const started = (log: string[]) => (code: string) => {
    log.push(`start ${code}`);
    return () => void log.push('stop');
  };

  it('is started once, and stopped once', async () => {
    const [log, code] = [[] as string[], loader()];
    const stop = startedLate(() => code.load(), manualClock(), started(log));
    assert.deepEqual(log, []);
    await code.come();
    stop();
    stop();
    assert.deepEqual(log, ['start code', 'stop']);
  });

  it('is not started when it was stopped before', async () => {
    const [log, code] = [[] as string[], loader()];
    const stop = startedLate(() => code.load(), manualClock(), started(log));
    stop();
    await code.come();
    assert.deepEqual(log, []);
  });

  it('waits for code that did not come, and asks no more once it is stopped', async () => {
    const [log, code, clock] = [[] as string[], loader(), manualClock()];
    const stop = startedLate(() => code.load(), clock, started(log));
    await code.fail();
    assert.equal(code.asked, 1);
    clock.advance(15_000);
    assert.equal(code.asked, 2);
    await code.fail();
    clock.advance(15_000);
    await code.come();
    assert.deepEqual(log, ['start code']);
    stop();

    const other = startedLate(() => code.load(), clock, started(log));
    await code.fail();
    other();
    clock.advance(60_000);
    assert.equal(code.asked, 4);
    assert.deepEqual(log, ['start code', 'stop']);
  });
});
