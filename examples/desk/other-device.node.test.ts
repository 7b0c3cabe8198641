import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { connectDeskPhone, type DeskPhone, type DeskPhoneOptions } from '@multiline/sandbox';
import { audio, eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, reloadWarned, type DeskPage } from '../testing/desk-page.ts';

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

async function open(path: string, at = bed): Promise<DeskPage> {
  const page = await at.open(path);
  pages.push(page);
  await page.getByText('Available').first().waitFor();
  return deskPage(page);
}

async function deskPhone(options: Omit<DeskPhoneOptions, 'server'>, at = bed): Promise<DeskPhone> {
  const phone = await connectDeskPhone({ server: `${at.sandbox.url.replace(/^http/, 'ws')}sip`, ...options });
  phones.push(phone);
  return phone;
}

/** Resolves once the greeting is over and two seconds were said after it. */
async function spokenInto(page: Page): Promise<void> {
  let since = await audio(page);
  for (let now = since; now.sent - since.sent < 100; now = await audio(page))
    if (now.energy > since.energy) since = now;
}

const callAnn = (lucy: DeskPage): Promise<void> =>
  lucy.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();

describe('a user whose own phone carries the calls', () => {
  it('[ML-21] [ML-23] [SM-01] [SM-02] rings that phone first, asks for a key, then calls; the desk shows each stage and logs it', async () => {
    const phone = await deskPhone({ user: 'ann', name: 'Ann’s mobile' });
    const [ann, lucy] = [await open('/desk/?mode=device'), await open('/customer/?as=+14155550101')];
    const coming = phone.call();
    await ann.field.fill('(415) 555-0101');
    await ann.press('Call');
    await ann.says('Ringing your phone');
    const call = await coming;
    assert.equal(await lucy.phone.getByText('Incoming call').count(), 0, 'nobody else is called yet');
    await call.answer();
    await ann.says('Press any key on your phone');
    await call.press('5');
    await lucy.says('Incoming call');
    await lucy.press('Answer');
    await ann.says('Call in progress');
    for (const name of ['Mute', 'Hold', 'Transfer', 'Hang up']) assert.equal(await ann.button(name).count(), 0, name);
    await ann.notes.fill('Said on the mobile.');
    await ann.press('Save notes');
    await lucy.press('Hang up');
    await ann.says('Call ended');
    const [task] = await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length > 0,
    );
    assert.equal(task?.['CallType'], 'Outbound');
    assert.match(String(task?.['Description']), /Said on the mobile\./);
    assert.equal(bed.tasks().length, 1);
  });

  it('takes back a call that only rings that phone: nobody else is called', async () => {
    const phone = await deskPhone({ user: 'ann', name: 'Ann’s mobile' });
    const [ann, lucy] = [await open('/desk/?mode=device'), await open('/customer/?as=+14155550101')];
    const coming = phone.call();
    await ann.field.fill('(415) 555-0101');
    await ann.press('Call');
    const call = await coming;
    await ann.says('Ringing your phone');
    await ann.press('Hang up');
    await ann.says('Call ended');
    await ann.says('cancelled');
    await call.ended;
    assert.equal(await lucy.page.locator('ml-call').count(), 0);
  });

  it('[ML-24] [ML-25] [ML-36] [SM-03] [SM-04] shows and notes a call that rings there, and logs it once, with its length', async () => {
    const phone = await deskPhone({ user: 'ann', name: 'Ann’s mobile' });
    const [ann, lucy] = [await open('/desk/?mode=device'), await open('/customer/?as=+14155550101')];
    const coming = phone.call();
    await callAnn(lucy);
    const call = await coming;
    await ann.says('Incoming call');
    await ann.says('Lucy Hall');
    assert.equal(await ann.button('Answer').count(), 0);
    await call.answer();
    await ann.says('Call in progress');
    await ann.notes.fill('Typed at the desk.');
    await ann.press('Save notes');
    await call.hangUp();
    await ann.says('Call ended');
    const [task] = await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length > 0,
    );
    assert.equal(task?.['CallType'], 'Inbound');
    assert.equal(task?.['CallDisposition'], 'completed');
    assert.match(String(task?.['Description']), /Typed at the desk\./);
    assert.notEqual(task?.['CallDurationInSeconds'], undefined);
    assert.equal(bed.tasks().length, 1);
  });

  it('never calls the other side when a voicemail takes the first call', async (test) => {
    const impatient = await openDeskBed({ sip: { confirmMs: 3_000 } });
    test.after(() => impatient.stop());
    await deskPhone({ user: 'ann', name: 'Ann’s mobile', script: 'voicemail' }, impatient);
    const ann = await open('/desk/?mode=device', impatient);
    const lucy = await open('/customer/?as=+14155550101', impatient);
    await ann.field.fill('(415) 555-0101');
    await ann.press('Call');
    await ann.says('Call ended');
    await ann.says('Your own phone did not take the call.');
    assert.equal(await lucy.page.locator('ml-call').count(), 0);
    assert.deepEqual(impatient.complaints, []);
  });
});

describe('what a phone says of its user', () => {
  it('[ML-50] sends calls to voicemail on Do Not Disturb, and tells of the message', async () => {
    const [carol, lucy] = [await open('/desk/?user=carol'), await open('/customer/?as=+14155550101')];
    await carol.phone.locator('[part~=status]').click();
    await carol.phone.getByRole('button', { name: /^Do Not Disturb/ }).click();
    await carol.says('Do Not Disturb');
    const dialed = lucy.phone.getByLabel('Number or name');
    await dialed.fill('+14155550003');
    await dialed.press('Enter');
    await lucy.says('Call in progress');
    await heard(lucy.page);
    await spokenInto(lucy.page);
    await lucy.press('Hang up');
    await carol.page.locator('ml-voicemail').getByRole('listitem').filter({ hasText: '0101' }).first().waitFor();
  });

  it('sends a caller to voicemail, and tells of the message', async () => {
    const [ann, lucy] = [await open('/desk/'), await open('/customer/?as=+14155550101')];
    const messages = ann.page.locator('ml-voicemail').getByRole('listitem');
    await messages.first().waitFor();
    const before = await messages.count();
    await callAnn(lucy);
    await ann.press('Send to voicemail');
    await lucy.says('Call in progress');
    await ann.says('Call ended');
    await spokenInto(lucy.page);
    await lucy.press('Hang up');
    await messages.nth(before).waitFor();
  });

  it('[ML-51] forwards calls where the user says', async () => {
    const [ann, bob, lucy] = [
      await open('/desk/'),
      await open('/desk/?user=bob'),
      await open('/customer/?as=+14155550101'),
    ];
    await ann.phone.locator('[part~=status]').click();
    await ann.phone.getByLabel('Forward calls to').fill('1002');
    await ann.phone.getByRole('button', { name: 'Forward', exact: true }).click();
    await ann.says(/Calls go to/);
    await callAnn(lucy);
    await bob.says('Incoming call');
    await bob.press('Answer');
    await Promise.all([heard(bob.page), heard(lucy.page)]);
  });

  it('[MV-48] has agents sign in at the phone, gives them reasons of Make Busy, and nobody else', async () => {
    const [ann, erin] = [await open('/desk/'), deskPage(await bed.open('/desk/?user=erin'))];
    pages.push(erin.page);
    await erin.phone.locator('[part~=status]').click();
    await erin.phone.getByLabel('User').fill('erin');
    await erin.phone.getByLabel('Password').fill('erin');
    await erin.press('Log in');
    await erin.phone.getByRole('button', { name: /^Make Busy Lunch/ }).click();
    await eventually(
      () => bed.sandbox.sip.registrations('erin').length,
      (count) => count === 1,
    );
    await erin.phone.locator('[part~=status]').getByText('Make Busy').waitFor();
    await ann.phone.locator('[part~=status]').click();
    await ann.phone.getByRole('button', { name: /^Do Not Disturb/ }).waitFor();
    for (const name of [/^Make Busy/, 'Log out'])
      assert.equal(await ann.phone.getByRole('button', { name }).count(), 0);
    await erin.press('Log out');
    await eventually(
      () => bed.sandbox.sip.registrations('erin').length,
      (count) => count === 0,
    );
  });
});

describe('a call in mid-air', () => {
  it('goes on after the page is reloaded, with its notes, and is logged once', async () => {
    const [ann, lucy] = [await open('/desk/'), await open('/customer/?as=+14155550101')];
    await callAnn(lucy);
    await ann.press('Answer');
    await Promise.all([heard(ann.page), heard(lucy.page)]);
    await ann.notes.fill('Before the reload.');
    await ann.press('Save notes');
    await reloadWarned(ann);
    await ann.says('Call in progress');
    await Promise.all([heard(ann.page), heard(lucy.page)]);
    assert.equal(await ann.notes.inputValue(), 'Before the reload.');
    await lucy.press('Hang up');
    await ann.says('Call ended');
    const [task] = await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length > 0,
    );
    assert.equal(task?.['CallDisposition'], 'completed');
    assert.equal(bed.tasks().length, 1);
  });

  it('[MV-50] goes on in another tab when the tab that had it is closed', async () => {
    const first = await open('/desk/');
    const second = deskPage(await bed.open('/desk/', first.page.context()));
    await second.says('In another tab');
    const lucy = await open('/customer/?as=+14155550101');
    await callAnn(lucy);
    await first.press('Answer');
    await Promise.all([heard(first.page), heard(lucy.page)]);
    await first.page.close();
    await second.says('Call in progress');
    await Promise.all([heard(second.page), heard(lucy.page)]);
    await second.press('Hang up');
    await lucy.says('Call ended');
    await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length === 1,
    );
  });
});
