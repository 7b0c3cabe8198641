import { expect } from '@open-wc/testing';
import { pageGuard } from './guard.ts';

/** After the W3C Screen Wake Lock draft. */
function fakeLock(refusing = false) {
  const locks: { released: boolean; release(): Promise<void> }[] = [];
  const wakeLock = {
    request(): Promise<unknown> {
      if (refusing) return Promise.reject(new DOMException('Low battery.', 'NotAllowedError'));
      const lock = {
        released: false,
        async release() {
          lock.released = true;
        },
      };
      locks.push(lock);
      return Promise.resolve(lock);
    },
  };
  return { wakeLock: wakeLock as unknown as WakeLock, locks };
}
const closing = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

describe('pageGuard', () => {
  it('warns before the page is closed, only while it guards', () => {
    const guard = pageGuard(document, undefined);
    expect(closing()).to.equal(false);
    guard.set(true);
    guard.set(true);
    expect(closing()).to.equal(true);
    guard.set(false);
    expect(closing()).to.equal(false);
  });

  it('keeps the screen awake, and takes the lock back that the browser took', async () => {
    const { wakeLock, locks } = fakeLock();
    const guard = pageGuard(document, wakeLock);
    guard.set(true);
    await null;
    await null;
    await locks[0]?.release();
    document.dispatchEvent(new Event('visibilitychange'));
    await null;
    await null;
    expect(locks.map(({ released }) => released)).to.deep.equal([true, false]);
    guard.set(false);
    expect(locks.map(({ released }) => released)).to.deep.equal([true, true]);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(locks).to.have.length(2);
  });

  it('holds one lock, however often it was asked for', async () => {
    const { wakeLock, locks } = fakeLock();
    const guard = pageGuard(document, wakeLock);
    guard.set(true);
    document.dispatchEvent(new Event('visibilitychange'));
    await null;
    await null;
    guard.set(false);
    expect(locks.map(({ released }) => released)).to.deep.equal([true, true]);
  });

  it('guards without a lock where it is refused, and lets one go that comes late', async () => {
    const refusing = pageGuard(document, fakeLock(true).wakeLock);
    refusing.set(true);
    expect(closing()).to.equal(true);
    refusing.set(false);
    const { wakeLock, locks } = fakeLock();
    const late = pageGuard(document, wakeLock);
    late.set(true);
    late.set(false);
    await null;
    await null;
    expect(locks.map(({ released }) => released)).to.deep.equal([true]);
  });
});
