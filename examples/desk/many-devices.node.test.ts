import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { connectDeskPhone, type DeskPhone } from '@multiline/sandbox';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
const pages: Page[] = [];
const phones: DeskPhone[] = [];
before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  for (const phone of phones.splice(0)) await phone.close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function open(path: string): Promise<DeskPage> {
  const page = await bed.open(path);
  pages.push(page);
  await page.getByText('Available').first().waitFor();
  return deskPage(page);
}

/** A phone of a user's that knows nothing of us: plain SIP, audio in G.711. */
async function plainPhone(user: string): Promise<DeskPhone> {
  const phone = await connectDeskPhone({ server: `${bed.sandbox.url.replace(/^http/, 'ws')}sip`, user });
  phones.push(phone);
  return phone;
}

/** Lucy calls Ann, who answers; both hear one another. */
async function talking(ann: DeskPage, lucy: DeskPage): Promise<void> {
  await lucy.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
  await ann.press('Answer');
  await Promise.all([heard(ann.page), heard(lucy.page)]);
}

async function sendOn(ann: DeskPage, extension: string): Promise<void> {
  await ann.press('Transfer');
  await ann.phone.getByLabel('Transfer to').first().fill(extension);
  await ann.press('Transfer now');
}

async function bring(ann: DeskPage, extension: string): Promise<void> {
  await ann.press('Add to call');
  await ann.phone.getByLabel('Add to call').first().fill(extension);
  await ann.press('Call');
}

const owned = (user: string, notes: RegExp) => (): ReturnType<DeskBed['tasks']> => {
  const owner = bed.sandbox.org.rows('User').find((one) => String(one['Username']).startsWith(user));
  return bed.tasks().filter((task) => task['OwnerId'] === owner?.['Id'] && notes.test(String(task['Description'])));
};

describe('the devices of a user', () => {
  it('[ML-39] show a call that another one makes, while it lives and after it, and log it once', async () => {
    const [here, there, lucy] = [await open('/desk/'), await open('/desk/'), await open('/customer/?as=+14155550101')];
    await there.field.fill('(415) 555-0101');
    await there.press('Call');
    await here.firstRow('Lucy Hall');
    await lucy.press('Answer');
    await there.says('Call in progress');
    await here.says('on another phone of yours');
    await lucy.press('Hang up');
    await here.says('Call ended');
    await here.firstRow('On another phone');
    await here.recents.getByRole('radio', { name: 'Dialed' }).click();
    await here.firstRow('Lucy Hall');
    const [task] = await eventually(
      () => bed.tasks(),
      ([one]) => one?.['CallDisposition'] === 'completed',
    );
    assert.equal(task?.['CallType'], 'Outbound');
    for (const device of [here, there]) {
      await device.page.locator('ml-tray').getByText('Nothing waits for you').first().waitFor();
      assert.equal(bed.tasks().length, 1);
    }
  });

  it('[ML-40] that know nothing of us are told that a call was answered here, so that they list none as missed', async () => {
    const phone = await plainPhone('ann');
    const [ann, lucy] = [await open('/desk/'), await open('/customer/?as=+14155550101')];
    const ringing = phone.call();
    await lucy.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    const there = await ringing;
    await ann.press('Answer');
    const why = await there.ended;
    assert.match(why, /^SIP\b.*cause=200/i);
    assert.match(why, /completed elsewhere/i);
    await Promise.all([heard(ann.page), heard(lucy.page)]);
  });

  it('[MV-03] may be any SIP phone: it is called, brought into a conference and sent a caller, with audio', async () => {
    const phone = await plainPhone('dave');
    const [ann, lucy] = [await open('/desk/'), await open('/customer/?as=+14155550101')];
    await talking(ann, lucy);
    const coming = phone.call();
    await bring(ann, '1004');
    const call = await coming;
    await call.answer();
    await ann.press('Merge');
    await ann.says('Conference');
    await Promise.all([heard(ann.page), heard(lucy.page), call.hear()]);
    await call.hangUp();
    await ann.phone.getByText('Conference').first().waitFor({ state: 'hidden' });
    const again = phone.call();
    await sendOn(ann, '1004');
    const sent = await again;
    assert.equal(sent.from.user, '+14155550101');
    await sent.answer();
    await ann.says('transferred');
    await Promise.all([heard(lucy.page), sent.hear()]);
    await sent.hangUp();
    await lucy.says('Call ended');
  });
});

describe('a colleague', () => {
  it('[MV-21] who is sent a caller or asked into a conference takes notes too, in an activity of his own', async () => {
    const [ann, bob, lucy] = [
      await open('/desk/'),
      await open('/desk/?user=bob'),
      await open('/customer/?as=+14155550101'),
    ];
    await talking(ann, lucy);
    await bring(ann, '1002');
    await bob.press('Answer');
    await ann.press('Merge');
    await ann.says('Conference');
    await bob.notes.fill('Bob’s word in the conference.');
    await bob.press('Save notes');
    await bob.press('Hang up');
    await ann.phone.getByText('Conference').first().waitFor({ state: 'hidden' });
    await eventually(owned('bob', /in the conference/), (tasks) => tasks.length === 1);

    await sendOn(ann, '1002');
    await bob.says('Lucy Hall');
    await bob.press('Answer');
    await bob.says('Call in progress');
    await bob.notes.fill('Bob’s word after the transfer.');
    await bob.press('Save notes');
    await lucy.press('Hang up');
    await bob.says('Call ended');
    const [task] = await eventually(owned('bob', /after the transfer/), (tasks) => tasks.length === 1);
    const contact = bed.sandbox.org.rows('Contact').find((one) => one['LastName'] === 'Hall');
    assert.equal(task?.['WhoId'], contact?.['Id']);
  });
});
