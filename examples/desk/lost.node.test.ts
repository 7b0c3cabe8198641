import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, reloadWarned, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let context: BrowserContext;
let desk: DeskPage;
let customer: DeskPage;

before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  await context.close();
  await customer.page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function open(prepare?: () => void): Promise<void> {
  context = await bed.profile(prepare);
  desk = deskPage(await bed.desk(context));
  customer = deskPage(await bed.customer('+14155550101'));
}

async function ring(): Promise<void> {
  await customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
  await desk.says('Lucy Hall');
  await desk.says('Incoming call');
}

async function answer(): Promise<void> {
  await ring();
  await desk.press('Answer');
  await customer.says('Call in progress');
  await desk.says('Call in progress');
}

/** Kills the tab as it stands and opens the desk anew in the same profile. */
async function killAndReturn(): Promise<void> {
  await desk.page.close({ runBeforeUnload: false });
  desk = deskPage(await bed.desk(context));
}

/** One call in the list, one activity in the CRM, nothing left to do. */
async function oneCall(disposition: string): Promise<void> {
  await eventually(bed.tasks, ([task]) => task?.['CallDisposition'] === disposition);
  await desk.waits('Every call and text is logged');
  assert.equal(bed.tasks().length, 1);
  assert.equal(await desk.recents.getByRole('listitem').count(), 1);
  await desk.firstRow('Lucy Hall');
}

describe('a page that goes away', () => {
  it('reloaded while it rings: the same call rings again and can be answered', async () => {
    await open();
    await ring();
    await desk.page.reload();
    await desk.says('Lucy Hall');
    await desk.press('Answer');
    await desk.says('Call in progress');
    await heard(desk.page);
    await customer.press('Hang up');
    await oneCall('completed');
  });

  it('killed while it rings, the caller gone before it is back: one missed call', async () => {
    await open();
    await ring();
    await desk.page.close({ runBeforeUnload: false });
    await customer.press('Hang up');
    desk = deskPage(await bed.desk(context));
    await desk.firstRow('Missed');
    await oneCall('missed');
  });

  it('reloaded in mid-call: the call goes on, with what was typed', async () => {
    await open();
    await answer();
    await desk.notes.fill('Typed, never saved.');
    await reloadWarned(desk);
    await desk.says('Call in progress');
    await heard(desk.page);
    await customer.press('Hang up');
    await oneCall('completed');
    assert.equal(bed.tasks()[0]?.['Description'], 'Typed, never saved.');
  });

  it('killed in mid-call, opened anew: the call goes on', async () => {
    await open();
    await answer();
    await desk.page.close({ runBeforeUnload: false });
    desk = deskPage(await bed.open('/desk/', context));
    await desk.says('Call in progress');
    await heard(desk.page);
    await customer.press('Hang up');
    await oneCall('completed');
  });

  it('killed in mid-call, the other side gone before it is back: one interrupted call', async () => {
    await open();
    await answer();
    await desk.page.close({ runBeforeUnload: false });
    await customer.press('Hang up');
    await customer.says('Call ended');
    desk = deskPage(await bed.open('/desk/', context));
    await oneCall('interrupted');
  });

  for (const [when, fault] of [
    ['before the CRM has it', { match: '^(POST|PATCH) .*Task', action: { hang: true } }],
    [
      'when the CRM has written it and not said so',
      { match: '^(POST|PATCH) .*Task', action: { dropAfterWrite: true } },
    ],
  ] as const) {
    it(`killed just after the hang-up, ${when}: logged once`, async () => {
      await open();
      await answer();
      bed.sandbox.org.faults.add(fault);
      await desk.press('Hang up');
      await desk.says('Call ended');
      await eventually(
        () => bed.sandbox.org.faults.list(),
        (waiting) => waiting.length === 0,
      );
      await killAndReturn();
      await oneCall('completed');
    });
  }

  it('killed in the same moment as the hang-up: logged once', async () => {
    await open();
    await answer();
    await desk.press('Hang up');
    await killAndReturn();
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    await desk.waits('Every call and text is logged');
    assert.equal(bed.tasks().length, 1);
  });

  it('reloaded while a dialed call rings: that call is in the list, and logged once', async () => {
    await open();
    await desk.field.fill('+14155550101');
    await desk.press('Call');
    await customer.says('Incoming call');
    await desk.page.reload();
    await desk.firstRow('Interrupted');
    await oneCall('interrupted');
  });
});

describe('a browser that keeps nothing', () => {
  for (const [what, breakIt, said] of [
    [
      'refuses storage',
      (): void => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('denied', 'SecurityError');
        };
      },
      'The browser keeps nothing for this page.',
    ],
    [
      'has no room left',
      (): void => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (value, key) {
          if (this.name === 'about') return put.call(this, value, key);
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
      'The browser has no room left for this page.',
    ],
  ] as const) {
    it(`${what}: says so, and calls, notes and logs work`, async () => {
      await open(breakIt);
      await answer();
      await desk.says(said);
      await desk.notes.fill('Kept in memory.');
      await desk.press('Hang up');
      await oneCall('completed');
      assert.equal(bed.tasks()[0]?.['Description'], 'Kept in memory.');
    });
  }

  it('loses everything under us: goes on', async () => {
    await open();
    await answer();
    await desk.page.evaluate(async () => {
      const found = await indexedDB.databases();
      await Promise.all(
        found.map(
          ({ name }) =>
            new Promise((resolve) => {
              const gone = indexedDB.deleteDatabase(name ?? '');
              gone.onsuccess = gone.onblocked = gone.onerror = resolve;
            }),
        ),
      );
    });
    await desk.notes.fill('After the loss.');
    await desk.press('Hang up');
    await oneCall('completed');
  });
});
