import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
const pages: Page[] = [];
before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function desk(user = 'ann'): Promise<DeskPage> {
  const page = await bed.open(`/desk/?user=${user}`);
  pages.push(page);
  await page.getByText('Available').first().waitFor();
  return deskPage(page);
}

async function customer(number = '+14155550101'): Promise<DeskPage> {
  const page = await bed.customer(number);
  pages.push(page);
  return deskPage(page);
}

/** A customer calls Ann, who answers; both hear one another. */
async function talking(ann: DeskPage, caller: DeskPage): Promise<void> {
  await caller.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
  await ann.press('Answer');
  await Promise.all([ann.says('Call in progress'), caller.says('Call in progress')]);
  await Promise.all([heard(ann.page), heard(caller.page)]);
}

/** What so many calls have in the CRM, once all are there: `owner, person, outcome: what is told beside the notes`, without times. */
async function stories(count: number): Promise<readonly string[]> {
  const name = (table: 'User' | 'Contact', id: unknown): unknown =>
    bed.sandbox.org.rows(table).find((row) => row['Id'] === id)?.['Name'] ?? 'nobody';
  const tasks = await eventually(
    () => bed.tasks(),
    (written) => written.length >= count,
  );
  return tasks
    .map(({ OwnerId, WhoId, CallDisposition, Description }) => {
      const told = String(Description ?? '').replace(/ after \d+:\d\d/g, '');
      return `${String(name('User', OwnerId))}, ${String(name('Contact', WhoId))}, ${String(CallDisposition)}: ${told}`;
    })
    .sort();
}

/** Opens Transfer, Add to call or Redirect and names whom. */
async function target(ann: DeskPage, button: string, field: string, text: string): Promise<void> {
  await ann.press(button);
  await ann.phone.getByLabel(field).first().fill(text);
}

describe('the controls of a call, through the desk', () => {
  it('[MV-27] lets a caller wait and takes them back', async () => {
    const [ann, lucy] = [await desk(), await customer()];
    await talking(ann, lucy);
    await ann.press('Hold');
    await ann.says('On hold');
    await lucy.says('They put you on hold');
    await ann.press('Resume');
    await ann.says('Call in progress');
    await lucy.says('Call in progress');
    await Promise.all([heard(ann.page), heard(lucy.page)]);
  });

  it('[MV-36] sends a caller on without asking, and logs where to', async () => {
    const [ann, bob, lucy] = [await desk(), await desk('bob'), await customer()];
    await talking(ann, lucy);
    await target(ann, 'Transfer', 'Transfer to', '1002');
    await ann.press('Transfer now');
    await bob.says('Incoming call');
    await bob.press('Answer');
    await ann.says('transferred');
    await bob.says('Call in progress');
    await Promise.all([heard(bob.page), heard(lucy.page)]);
    const [task] = await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length > 0,
    );
    assert.match(String(task?.['Description']), /Transferred to 1002 after \d:\d\d/);
    await lucy.press('Hang up');
    await bob.says('Call ended');
    assert.deepEqual(await stories(2), [
      'Ann Archer, Lucy Hall, transferred: Transferred to 1002',
      'Bob Baker, Lucy Hall, completed: Transferred by ann',
    ]);
  });

  it('[MV-36] rings again for a caller who was sent on in vain, and takes them back', async () => {
    const [ann, bob, lucy] = [await desk(), await desk('bob'), await customer()];
    await talking(ann, lucy);
    await ann.press('Hold');
    await ann.says('On hold');
    const quiet = await ann.page.title();
    await target(ann, 'Transfer', 'Transfer to', '1002');
    await ann.press('Transfer now');
    await bob.press('Decline');
    await ann.says('The transfer to 1002 failed.');
    // The title tells that it rings.
    assert.notEqual(await ann.page.title(), quiet);
    await ann.press('Resume');
    await Promise.all([heard(ann.page), heard(lucy.page)]);
    assert.equal(await ann.page.title(), quiet);
  });

  it('[MV-22] [MV-35] asks a colleague first, then connects the two', async () => {
    const [ann, bob, lucy] = [await desk(), await desk('bob'), await customer()];
    await talking(ann, lucy);
    await target(ann, 'Transfer', 'Transfer to', '1002');
    await ann.press('Ask first');
    await lucy.says('They put you on hold');
    await bob.press('Answer');
    await ann.says('Call in progress');
    await Promise.all([heard(ann.page), heard(bob.page)]);
    await ann.press('Complete transfer');
    await ann.says('transferred');
    await lucy.says('Call in progress');
    await Promise.all([heard(bob.page), heard(lucy.page)]);
    await lucy.press('Hang up');
    await bob.says('Call ended');
    assert.deepEqual(await stories(3), [
      'Ann Archer, Lucy Hall, transferred: Consulted Bob Baker (1002)\nTransferred to 1002',
      'Ann Archer, nobody, transferred: Transferred to Lucy Hall (+14155550101)',
      'Bob Baker, Lucy Hall, completed: Transferred by Ann Archer (1001)',
    ]);
  });

  it('[MV-38] goes on with the colleague as with anybody when the caller hangs up meanwhile', async () => {
    const [ann, bob, lucy] = [await desk(), await desk('bob'), await customer()];
    await talking(ann, lucy);
    await target(ann, 'Transfer', 'Transfer to', '1002');
    await ann.press('Ask first');
    await bob.press('Answer');
    await bob.says('Call in progress');
    await lucy.press('Hang up');
    await ann.button('Complete transfer').waitFor({ state: 'detached' });
    for (const name of ['Mute', 'Hold', 'Keypad', 'Transfer', 'Add to call', 'Hang up']) {
      await ann.button(name).first().waitFor();
    }
    await Promise.all([heard(ann.page), heard(bob.page)]);
  });

  it('[MV-16] [MV-17] [MV-18] [MV-19] [MV-20] brings three together, and takes one out again', async () => {
    const [ann, bob, carol, lucy] = [await desk(), await desk('bob'), await desk('carol'), await customer()];
    await talking(ann, lucy);
    for (const [colleague, extension] of [
      [bob, '1002'],
      [carol, '1003'],
    ] as const) {
      await target(ann, 'Add to call', 'Add to call', extension);
      await ann.press('Call');
      await colleague.says('Incoming call');
      assert.equal(
        await ann
          .button('Merge')
          .isEnabled()
          .catch(() => false),
        false,
        'not before the answer',
      );
      await colleague.press('Answer');
      await ann.press('Merge');
      await ann.says('Conference');
    }
    await Promise.all([ann, bob, carol, lucy].map(({ page }) => heard(page)));
    await ann.press('Remove Carol Chen');
    await carol.says('Call ended');
    await Promise.all([ann, bob, lucy].map(({ page }) => heard(page)));
    await bob.press('Hang up');
    await lucy.press('Hang up');
    await ann.says('Call ended');
    assert.deepEqual(await stories(5), [
      [
        'Ann Archer, Lucy Hall, completed: Consulted Bob Baker (1002)',
        'Conference with Bob Baker (1002)',
        'Consulted Carol Chen (1003)',
        'Conference with Carol Chen (1003)',
      ].join('\n'),
      'Ann Archer, nobody, completed: Conference with Lucy Hall (+14155550101)\nConference with Bob Baker (1002)',
      'Ann Archer, nobody, completed: Conference with Lucy Hall (+14155550101)\nConference with Carol Chen (1003)',
      'Bob Baker, nobody, completed: ',
      'Carol Chen, nobody, completed: ',
    ]);
  });

  it('tells how a call sounded: in its details, and as its MOS in the activity, good or bad', async () => {
    const [ann, lucy] = [await desk(), await customer()];
    await talking(ann, lucy);
    // Long enough for a figure.
    await ann.says(/^0:(0[5-9]|[1-5]\d)$/);
    await lucy.press('Hang up');
    await ann.says('Call ended');
    const [task] = await eventually(
      () => bed.tasks(),
      ([one]) => one !== undefined,
    );
    const mos = Number(task?.['ML_MOS__c']);
    assert.ok(mos > 1 && mos <= 4.5, `MOS ${String(task?.['ML_MOS__c'])}`);
    await ann.recents
      .getByRole('button', { name: /details of the call with Lucy Hall/ })
      .first()
      .click();
    await ann.recents
      .getByText(/of 4\.5, .* round trip/)
      .first()
      .waitFor();
  });

  it('[MV-34] sends a ringing call on; the caller goes on hearing it ring, and it is logged once', async () => {
    const [ann, bob, lucy] = [await desk(), await desk('bob'), await customer()];
    await lucy.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await ann.says('Incoming call');
    await target(ann, 'Redirect', 'Redirect to', '1002');
    await ann.phone.getByRole('button', { name: 'Redirect', exact: true }).last().click();
    await bob.says('Incoming call');
    await lucy.says('Call connecting');
    await bob.press('Answer');
    await Promise.all([heard(bob.page), heard(lucy.page)]);
    await ann.firstRow('Redirected');
    const tasks = await eventually(
      () => bed.tasks(),
      (written) => written.some(({ Description }) => String(Description).includes('1002')),
    );
    assert.equal(tasks.filter(({ Description }) => String(Description).includes('Redirected to')).length, 1);
  });

  it('fills a transfer that waits for its target by a click on a number of the page', async () => {
    const [ann, lucy] = [await desk(), await customer()];
    await talking(ann, lucy);
    await ann.press('Transfer');
    const link = ann.page.locator('#contacts a[href^="tel:"]').first();
    const number = (await link.getAttribute('href'))?.slice('tel:'.length) ?? '';
    await link.click();
    await ann.phone.getByRole('button', { name: 'Transfer now' }).first().waitFor();
    const filled = await ann.phone.getByLabel('Transfer to').first().inputValue();
    assert.equal(filled.replace(/\D/g, '').slice(-7), number.slice(-7));
  });
});
