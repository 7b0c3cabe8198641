import type { Change, Row, Storage, Table } from '@multiline/core';
import { type It, expectEqual, expectRejection, expectThat } from './expectation.ts';

/** One browser whose storages are under test. */
export interface StorageUnderTest {
  /** Another storage over the same durable place, not yet open: a second tab, or the same page after a reload. */
  another(): Storage;
  /** An owner nobody has used before. */
  owner(): string;
  stop?(): Promise<void> | void;
}

export interface StorageConformanceOptions {
  readonly it: It;
  readonly make: () => Promise<StorageUnderTest> | StorageUnderTest;
}

const row = (key: string, at: number, value: unknown = key, table: Table = 'calls'): Change => ({
  table,
  key,
  at,
  value,
});
const keysOf = (rows: readonly Row[]): string[] => rows.map(({ key }) => key);

/** What every storage must hold to, as cases of your test framework. */
export function storageConformance({ it, make }: StorageConformanceOptions): void {
  /** A case with an open storage, its owner and its browser. */
  function test(
    title: string,
    run: (storage: Storage, owner: string, browser: StorageUnderTest) => Promise<void>,
  ): void {
    it(title, async () => {
      const browser = await make();
      const storage = browser.another();
      const owner = browser.owner();
      await storage.open(owner);
      try {
        await run(storage, owner, browser);
      } finally {
        await storage.wipe();
        await storage.close();
        await browser.stop?.();
      }
    });
  }

  /** Does something with another storage of this owner, as a second tab would. */
  async function elsewhere<Result>(
    browser: StorageUnderTest,
    owner: string,
    use: (storage: Storage) => Promise<Result>,
  ): Promise<Result> {
    const storage = browser.another();
    await storage.open(owner);
    try {
      return await use(storage);
    } finally {
      await storage.close();
    }
  }

  test('is empty and well at first', async (storage) => {
    expectEqual(storage.$failure.get(), null, '$failure');
    expectEqual(await storage.read('calls', 'a'), undefined, 'an unknown row');
    expectEqual(await storage.list('calls'), [], 'rows');
  });

  test('reads back what was written', async (storage) => {
    const value = { text: '“hé” 👩‍🚀 <b>', list: [1, null, { deep: true }], none: null, at: 1.5 };
    await storage.write([row('a', 5, value)]);
    expectEqual(await storage.read('calls', 'a'), { key: 'a', at: 5, value }, 'the row');
  });

  test('keeps rows of a key in one place: the last write stands', async (storage) => {
    await storage.write([row('a', 5, 'old')]);
    await storage.write([row('a', 9, 'new')]);
    expectEqual(await storage.list('calls'), [{ key: 'a', at: 9, value: 'new' }], 'rows');
  });

  test('hands out copies', async (storage) => {
    const value = { notes: 'one' };
    await storage.write([row('a', 1, value)]);
    value.notes = 'changed by the writer';
    const read = (await storage.read('calls', 'a'))?.value as { notes: string };
    expectEqual(read, { notes: 'one' }, 'the row after its writer changed the object');
    read.notes = 'changed by a reader';
    expectEqual((await storage.read('calls', 'a'))?.value, { notes: 'one' }, 'the row after a reader changed it');
  });

  test('keeps tables apart', async (storage) => {
    const tables = ['calls', 'outbox', 'matches', 'settings'] as const;
    await storage.write(tables.map((table) => row('a', 1, table, table)));
    for (const table of tables) expectEqual((await storage.read(table, 'a'))?.value, table, `the row of ${table}`);
  });

  test('removes rows, and takes the removal of none', async (storage) => {
    await storage.write([row('a', 1), row('b', 2)]);
    await storage.write([
      { table: 'calls', key: 'a', remove: true },
      { table: 'calls', key: 'never there', remove: true },
    ]);
    expectEqual(keysOf(await storage.list('calls')), ['b'], 'rows');
  });

  test('writes nothing when there is nothing to write', async (storage) => {
    await storage.write([]);
    expectEqual(await storage.list('calls'), [], 'rows');
  });

  test('lists newest first, equal times by key backwards', async (storage) => {
    await storage.write([row('b', 2), row('z', 1), row('a', 2), row('c', 3)]);
    expectEqual(keysOf(await storage.list('calls')), ['c', 'b', 'a', 'z'], 'rows');
  });

  test('lists oldest first when told, equal times by key', async (storage) => {
    await storage.write([row('b', 2), row('z', 1), row('a', 2), row('c', 3)]);
    expectEqual(keysOf(await storage.list('calls', { oldestFirst: true })), ['z', 'a', 'b', 'c'], 'rows');
  });

  test('pages by limit and before', async (storage) => {
    await storage.write(Array.from({ length: 10 }, (_, index) => row(`row-${index}`, index * 10)));
    expectEqual(keysOf(await storage.list('calls', { limit: 2 })), ['row-9', 'row-8'], 'the first page');
    expectEqual(keysOf(await storage.list('calls', { limit: 2, before: 80 })), ['row-7', 'row-6'], 'the second page');
    expectEqual(keysOf(await storage.list('calls', { before: 0 })), [], 'rows before the first');
    expectEqual(await storage.list('calls', { limit: 0 }), [], 'no rows');
    const early = await storage.list('calls', { before: 20, oldestFirst: true });
    expectEqual(keysOf(early), ['row-0', 'row-1'], 'the oldest before a time');
  });

  test('moves a row when its time changes', async (storage) => {
    await storage.write([row('a', 1), row('b', 2)]);
    await storage.write([row('a', 3)]);
    expectEqual(keysOf(await storage.list('calls')), ['a', 'b'], 'rows');
  });

  test('takes times before 1970 and keys of any text', async (storage) => {
    const keys = ['', '👩‍🚀', "'; DROP TABLE calls", '__proto__', 'constructor'];
    await storage.write(keys.map((key, index) => row(key, -1000 + index)));
    expectEqual(keysOf(await storage.list('calls', { oldestFirst: true })), keys, 'keys');
  });

  test('writes all changes or none', async (storage) => {
    await storage.write([row('a', 1, 'stands')]);
    const changes = [row('a', 2, 'never'), row('b', 2), row('c', 2, () => 'a function cannot be stored')];
    await expectRejection(storage.write(changes), 'write');
    expectEqual(await storage.list('calls'), [{ key: 'a', at: 1, value: 'stands' }], 'rows');
    await storage.write([row('d', 3)]);
    expectEqual(keysOf(await storage.list('calls')), ['d', 'a'], 'rows after the next write');
  });

  test('writes in the order of the calls', async (storage) => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => storage.write([row('a', index, index)])));
    expectEqual((await storage.read('calls', 'a'))?.value, 19, 'the value');
  });

  test('keeps rows when it is closed', async (storage, owner, browser) => {
    await storage.write([row('a', 1), row('w', 2, { waits: true }, 'outbox')]);
    await storage.close();
    await storage.open(owner);
    expectEqual(keysOf(await storage.list('calls')), ['a'], 'calls');
    expectEqual(
      (await elsewhere(browser, owner, (other) => other.read('outbox', 'w')))?.value,
      { waits: true },
      'the outbox',
    );
  });

  test('shows one tab what the other has written', async (storage, owner, browser) => {
    await elsewhere(browser, owner, (other) => other.write([row('a', 1)]));
    expectEqual(keysOf(await storage.list('calls')), ['a'], 'rows');
  });

  test('keeps owners apart', async (storage, _owner, browser) => {
    await storage.write([row('a', 1)]);
    const stranger = browser.owner();
    const seen = await elsewhere(browser, stranger, async (other) => {
      const rows = await other.list('calls');
      await other.write([row('b', 2)]);
      await other.wipe();
      return rows;
    });
    expectEqual(seen, [], 'what a stranger sees');
    expectEqual(keysOf(await storage.list('calls')), ['a'], 'rows after the stranger wiped');
  });

  test('changes the owner when it is opened for another', async (storage, owner, browser) => {
    await storage.write([row('a', 1)]);
    const second = browser.owner();
    await storage.open(second);
    expectEqual(await storage.list('calls'), [], 'rows of the second owner');
    await storage.write([row('b', 2)]);
    await storage.open(owner);
    expectEqual(keysOf(await storage.list('calls')), ['a'], 'rows of the first owner');
    const others = await elsewhere(browser, second, async (other) => {
      const rows = await other.list('calls');
      await other.wipe();
      return rows;
    });
    expectEqual(keysOf(others), ['b'], 'rows of the second owner elsewhere');
  });

  test('wipes every table of its owner, and works on', async (storage, owner, browser) => {
    await storage.write([row('a', 1), row('b', 1, 'b', 'outbox'), row('c', 1, 'c', 'settings')]);
    await storage.wipe();
    for (const table of ['calls', 'outbox', 'settings'] as const) {
      expectEqual(await storage.list(table), [], `rows of ${table}`);
    }
    expectEqual(await elsewhere(browser, owner, (other) => other.list('calls')), [], 'rows elsewhere');
    await storage.write([row('d', 1)]);
    expectEqual(keysOf(await storage.list('calls')), ['d'], 'rows after the next write');
  });

  test('holds a thousand rows', async (storage) => {
    await storage.write(Array.from({ length: 1000 }, (_, index) => row(`row-${index}`, index)));
    expectEqual((await storage.list('calls')).length, 1000, 'how many');
    expectEqual(keysOf(await storage.list('calls', { limit: 1 })), ['row-999'], 'the newest');
    expectThat(storage.$failure.get() === null, 'A failure is shown.');
  });
}
