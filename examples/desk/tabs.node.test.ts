import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let first: DeskPage;
let second: DeskPage;
let customer: DeskPage;

before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const { page } of [first, second, customer]) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

/** Two tabs of Ann's desk in one profile, the first with the phone, and Lucy's phone. */
async function open(): Promise<void> {
  const context = await bed.profile(countRings);
  first = deskPage(await bed.desk(context));
  second = deskPage(await bed.open('/desk/', context));
  await second.says('In another tab');
  customer = deskPage(await bed.customer('+14155550101'));
}

/** How often a tab rings: the ringtone is a looped buffer. */
function countRings(): void {
  const counted = globalThis as unknown as { tones: number };
  counted.tones = 0;
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...given) {
    counted.tones++;
    start.apply(this, given);
  };
}

const tones = ({ page }: DeskPage): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
const rings = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as { tones: number }).tones > 0);
const callAnn = (): Promise<void> => customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();

describe('two tabs of one desk', () => {
  it('are one phone: one registration, one ringing, and the other tab answers, notes and hangs up', async () => {
    await open();
    assert.equal(bed.sandbox.sip.registrations('ann').length, 1);
    await second.says('The phone is in another tab of this browser.');

    await callAnn();
    await second.says('Lucy Hall');
    await first.says('Lucy Hall');
    await rings(first.page);
    assert.equal(await tones(second), 0, 'one tab rings');

    await second.press('Answer');
    await second.says('Call in progress');
    await customer.says('Call in progress');
    await first.page.bringToFront();
    await heard(first.page);
    await second.page.bringToFront();
    await second.notes.fill('Typed in the other tab.');
    await second.press('Save notes');
    await second.phone.locator('[part=saved]').filter({ hasText: 'Saved' }).waitFor();
    await second.press('Mute');
    await first.says('You are muted');
    await second.press('Hang up');
    await first.says('Call ended');
    await customer.says('Call ended');
    const [task] = await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.equal(task?.['Description'], 'Typed in the other tab.');
    assert.equal(bed.tasks().length, 1);
    await second.firstRow('Lucy Hall');
    assert.equal(bed.sandbox.sip.registrations('ann').length, 1);
  });

  it('go on when the tab with the phone is closed: the other one registers and rings', async () => {
    await open();
    const closedAt = Date.now();
    await first.page.close();
    await second.says('Available');
    // A second on a machine of its own; here others work beside.
    assert.ok(Date.now() - closedAt < 10_000, `took ${Date.now() - closedAt} ms`);
    assert.equal(bed.sandbox.sip.registrations('ann').length, 1);
    await callAnn();
    await second.says('Lucy Hall');
    await second.press('Answer');
    await heard(second.page);
    await second.press('Hang up');
    await eventually(bed.tasks, (tasks) => tasks.length === 1);
  });

  it('are signed out in one: nothing is left on the computer, and the other says so', async () => {
    await open();
    await callAnn();
    await second.press('Answer');
    await second.press('Hang up');
    await eventually(bed.tasks, (tasks) => tasks.length === 1);
    await second.press('Wrap up');
    assert.notDeepEqual(await kept(second), { databases: [], keys: [] });

    await second.press('Settings');
    await second.press('Sign out…');
    await second.says('This signs you out in all tabs');
    await second.press('Delete and sign out');
    for (const tab of [first, second]) {
      await tab.says('You are signed out. Nothing of yours is left on this computer.');
      await tab.recents.getByText('No calls yet').waitFor();
    }
    assert.deepEqual(await kept(first), { databases: [], keys: [] });
    await eventually(
      () => bed.sandbox.sip.registrations('ann'),
      (registered) => registered.length === 0,
    );
    await first.press('Sign in again');
    await first.says('Available');
  });
});

/** What a profile keeps of the desk, by name. */
const kept = ({ page }: DeskPage): Promise<{ databases: (string | undefined)[]; keys: string[] }> =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
  }));
