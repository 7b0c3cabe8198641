import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { storageConformance } from './conformance/storage.ts';
import { memoryDisk, memoryStorage } from './memory-storage.ts';

let owners = 0;
const row = (key: string) => ({ table: 'calls' as const, key, at: 1, value: key });

describe('memoryStorage', () => {
  storageConformance({
    it,
    make() {
      const disk = memoryDisk();
      return { another: () => memoryStorage({ disk }), owner: () => `owner-${++owners}` };
    },
  });
});

describe('memoryStorage: faults', () => {
  it('works on in memory when the disk is full, and writes it all when there is room again', async () => {
    const disk = memoryDisk();
    const storage = memoryStorage({ disk });
    const other = memoryStorage({ disk });
    await storage.open('ann');
    await other.open('ann');
    await storage.write([row('before')]);
    storage.fail('storage-full');
    assert.equal(storage.$failure.get()?.code, 'storage-full');
    await storage.write([row('during')]);
    assert.equal((await storage.list('calls')).length, 2);
    assert.equal((await other.list('calls')).length, 1);
    storage.heal();
    assert.equal(storage.$failure.get(), null);
    assert.equal((await other.list('calls')).length, 2);
  });

  it('goes on with what is in memory when the rows were removed under it', async () => {
    const disk = memoryDisk();
    const storage = memoryStorage({ disk });
    await storage.open('ann');
    await storage.write([row('before')]);
    storage.fail('storage-lost');
    assert.equal((await storage.list('calls')).length, 1);
    assert.equal(disk.owners.has('ann'), false);
  });

  it('keeps nothing from the start when the browser denies it', async () => {
    const disk = memoryDisk();
    const storage = memoryStorage({ disk, failure: 'storage-denied' });
    await storage.open('ann');
    await storage.write([row('a')]);
    assert.deepEqual((await storage.read('calls', 'a'))?.value, 'a');
    assert.equal(storage.$failure.get()?.code, 'storage-denied');
    assert.equal(disk.owners.size, 0);
  });

  it('keeps owners apart while it fails', async () => {
    const storage = memoryStorage({ failure: 'storage-denied' });
    await storage.open('ann');
    await storage.write([row('a')]);
    await storage.open('bob');
    assert.deepEqual(await storage.list('calls'), []);
    await storage.open('ann');
    assert.equal((await storage.list('calls')).length, 1);
  });

  it('says not-ready before it is open', async () => {
    await assert.rejects(memoryStorage().read('calls', 'a'), { code: 'not-ready' });
  });
});
