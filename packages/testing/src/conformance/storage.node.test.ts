import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Storage } from '@multiline/core';
import { memoryDisk, memoryStorage } from '../memory-storage.ts';
import { storageConformance } from './storage.ts';

let owners = 0;

/** Runs the suite on the memory storage with something broken in it. Answers the titles of the cases that failed. */
async function failures(broken: (storage: Storage) => Partial<Storage>): Promise<string> {
  const cases: { title: string; run: () => Promise<void> }[] = [];
  storageConformance({
    it: (title, run) => cases.push({ title, run }),
    make() {
      const disk = memoryDisk();
      return {
        another() {
          const storage = memoryStorage({ disk });
          return { ...storage, ...broken(storage) };
        },
        owner: () => `owner-${owners++}`,
      };
    },
  });
  const failed: string[] = [];
  for (const { title, run } of cases) await run().catch(() => failed.push(title));
  return failed.join('\n');
}

describe('storageConformance', () => {
  it('finds nothing wrong with a storage that is right', async () => {
    assert.equal(await failures(() => ({})), '');
  });

  it('catches a storage that writes a part of the changes', async () => {
    const failed = await failures((storage) => ({
      async write(changes) {
        for (const change of changes) await storage.write([change]);
      },
    }));
    assert.equal(failed, 'writes all changes or none');
  });

  it('catches a storage that forgets when it is closed', async () => {
    const failed = await failures((storage) => ({
      async close() {
        await storage.wipe();
        await storage.close();
      },
    }));
    assert.match(failed, /keeps rows when it is closed/);
  });

  it('catches a storage that mixes owners', async () => {
    const failed = await failures((storage) => ({ open: () => storage.open('everybody') }));
    assert.match(failed, /keeps owners apart/);
  });

  it('catches a storage that includes the time it was told to stop before', async () => {
    const failed = await failures((storage) => ({
      list: (table, { before = Infinity, ...rest } = {}) => storage.list(table, { ...rest, before: before + 1 }),
    }));
    assert.equal(failed, 'pages by limit and before');
  });
});
