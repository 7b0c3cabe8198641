import { type Storage, type Change } from '@multiline/core';
import { manualClock, storageConformance } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { browserStorage } from './browser-storage.ts';

let owners = 0;
const newOwner = (): string => `sip:storage-${Date.now()}-${owners++}@sandbox.test|ann`;
const row = (key: string, value: unknown = key, at = 1): Change => ({ table: 'calls', key, at, value });
const keys = async (storage: Storage): Promise<string[]> => (await storage.list('calls')).map(({ key }) => key);

/** Replaces a method for the length of a piece of work. */
async function replaced<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  replacement: Target[Name],
  work: () => Promise<void>,
): Promise<void> {
  const original = target[name];
  target[name] = replacement;
  try {
    await work();
  } finally {
    target[name] = original;
  }
}

const throwing = (name: string) => () => {
  throw new DOMException(name, name);
};

describe('browserStorage', () => {
  storageConformance({ it, make: () => ({ another: () => browserStorage(), owner: newOwner }) });

  let owner: string;
  let storage: Storage;
  beforeEach(async () => {
    owner = newOwner();
    storage = browserStorage();
    await storage.open(owner);
  });
  afterEach(async () => {
    await storage.close();
    await deleteDB(`multiline:${owner}`);
  });

  it('names the database by the owner', async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).to.include(`multiline:${owner}`);
  });

  it('says not-ready before it is open and after it was closed', async () => {
    await storage.close();
    const error = await storage.write([row('a')]).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'not-ready');
  });

  it('says so when it could not wipe, and wipes when asked again', async () => {
    await storage.write([row('a')]);
    await replaced(IDBObjectStore.prototype, 'clear', throwing('UnknownError'), async () => {
      const error = await storage.wipe().catch((thrown: unknown) => thrown);
      expect(error).to.have.property('code', 'storage-denied');
    });
    expect(await keys(storage)).to.deep.equal(['a']);
    await storage.wipe();
    expect(await keys(storage)).to.deep.equal([]);
  });

  it('refuses a row without a time, and writes nothing of that write', async () => {
    const error = await storage.write([row('a'), row('b', 'b', Number.NaN)]).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TypeError);
    expect(await keys(storage)).to.deep.equal([]);
  });

  it('works on in memory while the disk is full, and writes it all when there is room again', async () => {
    await storage.write([row('before', 1, 1), row('removed', 1, 2)]);
    await replaced(IDBObjectStore.prototype, 'put', throwing('QuotaExceededError'), async () => {
      await storage.write([row('during', 1, 3), { table: 'calls', key: 'removed', remove: true }]);
      expect(storage.$failure.get()).to.include({ code: 'storage-full', retryable: true });
      expect(await keys(storage)).to.deep.equal(['during', 'before']);
      expect(await storage.list('calls', { limit: 1, oldestFirst: true })).to.deep.equal([
        { key: 'before', at: 1, value: 1 },
      ]);
      expect((await storage.read('calls', 'during'))?.value).to.equal(1);
      expect(await storage.read('calls', 'removed')).to.equal(undefined);
    });
    const other = browserStorage();
    await other.open(owner);
    expect(await keys(other)).to.deep.equal(['removed', 'before']);
    await storage.write([row('after', 1, 4)]);
    expect(storage.$failure.get()).to.equal(null);
    expect(await keys(other)).to.deep.equal(['after', 'during', 'before']);
    await other.close();
  });

  it('looks for room again by itself', async () => {
    const clock = manualClock();
    const full = browserStorage({ clock });
    await full.open(owner);
    await replaced(IDBObjectStore.prototype, 'put', throwing('QuotaExceededError'), () => full.write([row('a')]));
    const other = browserStorage();
    await other.open(owner);
    expect(await keys(other)).to.deep.equal([]);
    const well = new Promise<void>((resolve) => {
      const stop = full.$failure.listen(() => {
        stop();
        resolve();
      });
    });
    clock.advance(30_000);
    await well;
    expect(full.$failure.get()).to.equal(null);
    expect(await keys(other)).to.deep.equal(['a']);
    await other.close();
    await full.close();
    expect(clock.waiting).to.equal(0);
  });

  it('works on in memory when the browser denies the database', async () => {
    const denied = browserStorage();
    await replaced(IDBFactory.prototype, 'open', throwing('SecurityError'), () => denied.open(newOwner()));
    expect(denied.$failure.get()).to.include({ code: 'storage-denied' });
    await denied.write([row('a', { notes: 'one' }), row('b', 2, 5)]);
    expect(await keys(denied)).to.deep.equal(['b', 'a']);
    await denied.write([{ table: 'calls', key: 'b', remove: true }]);
    expect(await denied.read('calls', 'a')).to.deep.equal({ key: 'a', at: 1, value: { notes: 'one' } });
    expect(await keys(denied)).to.deep.equal(['a']);
    await denied.wipe();
    expect(await keys(denied)).to.deep.equal([]);
    await denied.close();
  });

  it('lets a newer version of itself have the database, and works on in memory', async () => {
    await storage.write([row('a')]);
    const newer = await openDB(`multiline:${owner}`, 2);
    await storage.write([row('b', 'b', 2)]);
    expect(storage.$failure.get()).to.include({ code: 'storage-denied' });
    expect(await keys(storage)).to.include('b');
    newer.close();
  });

  it('goes on with what it knows when the data is removed under it, and says so', async () => {
    await storage.write([row('live'), row('waits', 'x', 2)]);
    await deleteDB(`multiline:${owner}`);
    await storage.write([row('new', 'y', 3)]);
    expect(storage.$failure.get()).to.include({ code: 'storage-lost' });
    expect(await keys(storage)).to.deep.equal(['new', 'waits', 'live']);
    const other = browserStorage();
    await other.open(owner);
    expect(await keys(other)).to.deep.equal(['new', 'waits', 'live']);
    await other.close();
  });

  it('writes the newest of very many rows again, and all that waits for the CRM', async () => {
    const calls = Array.from({ length: 210 }, (_, index) => row(`call-${index}`, 'x', index + 1));
    const waiting = Array.from({ length: 210 }, (_, index) => ({ ...row(`wait-${index}`), table: 'outbox' as const }));
    await storage.write([...calls, ...waiting]);
    await storage.list('calls');
    await deleteDB(`multiline:${owner}`);
    await storage.write([row('new', 'y', 1_000)]);
    const kept = await keys(storage);
    expect(kept).to.have.length(200);
    expect([kept[0], kept.at(-1)]).to.deep.equal(['new', 'call-11']);
    expect(await storage.list('outbox')).to.have.length(210);
  });

  it('finds out by reading, too, that the data was removed, even when another tab made the database anew', async () => {
    await storage.write([row('live')]);
    await deleteDB(`multiline:${owner}`);
    const other = browserStorage();
    await other.open(owner);
    expect(await keys(storage)).to.deep.equal(['live']);
    expect(storage.$failure.get()).to.include({ code: 'storage-lost' });
    expect(other.$failure.get()).to.equal(null);
    await storage.close();
    expect(await keys(other)).to.deep.equal(['live']);
    await other.close();
  });

  it('opens again when the browser has taken the connection away', async () => {
    const opened: IDBDatabase[] = [];
    const { open } = IDBFactory.prototype;
    const spy = function (this: IDBFactory, name: string, version?: number): IDBOpenDBRequest {
      const request = open.call(this, name, version);
      request.addEventListener('success', () => opened.push(request.result));
      return request;
    };
    const taken = browserStorage();
    await replaced(IDBFactory.prototype, 'open', spy, () => taken.open(owner));
    await taken.write([row('a')]);
    opened[0]?.close();
    expect(await keys(taken)).to.deep.equal(['a']);
    opened[0]?.dispatchEvent(new Event('close'));
    await taken.write([row('b', 'b', 2)]);
    expect(await keys(taken)).to.deep.equal(['b', 'a']);
    expect(taken.$failure.get()).to.equal(null);
    await taken.close();
  });

  it('does not keep the phone waiting for a database that another tab holds up, and catches up when it opens', async () => {
    const name = newOwner();
    // Somebody who does not let go while a deletion waits: whoever opens now waits as well.
    const holder = await openDB(`multiline:${name}`, 1);
    const deleted = deleteDB(`multiline:${name}`);
    const clock = manualClock();
    const held = browserStorage({ clock });
    const opening = held.open(name);
    clock.advance(3000);
    await opening;
    expect(held.$failure.get()).to.include({ code: 'storage-denied' });
    await held.write([row('a')]);
    expect(await keys(held)).to.deep.equal(['a']);

    const recovered = new Promise<void>((resolve) => {
      const stop = held.$failure.listen((failure) => {
        if (failure) return;
        stop();
        resolve();
      });
    });
    holder.close();
    await deleted;
    await recovered;
    const other = browserStorage();
    await other.open(name);
    expect(await keys(other)).to.deep.equal(['a']);
    await other.close();
    await held.close();
    expect(clock.waiting).to.equal(0);
    await deleteDB(`multiline:${name}`);
  });

  it('lets go of a database that opens after it was closed', async () => {
    const name = newOwner();
    const holder = await openDB(`multiline:${name}`, 1);
    const deleted = deleteDB(`multiline:${name}`);
    const clock = manualClock();
    const held = browserStorage({ clock });
    const opening = held.open(name);
    clock.advance(3000);
    await opening;
    await held.close();
    holder.close();
    await deleted;
    // Resolves only if nobody holds the database any more.
    await deleteDB(`multiline:${name}`);
    expect(held.$failure.get()).to.include({ code: 'storage-denied' });
  });
});
