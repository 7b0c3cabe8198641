import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { eventually, openDeskBed, type DeskBed, type TaskRow } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
const open: DeskPage[] = [];

before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const { page } of open.splice(0)) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

/** Ann's desk, with a call from this number ringing. */
async function ringing(number: string): Promise<{ desk: DeskPage; customer: DeskPage }> {
  const desk = deskPage(await bed.desk());
  const customer = deskPage(await bed.customer(number));
  open.push(desk, customer);
  await call(customer);
  await desk.says('Incoming call');
  return { desk, customer };
}

const call = ({ page }: DeskPage): Promise<void> => page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
const logged = async (): Promise<TaskRow> => (await eventually(bed.tasks, (tasks) => tasks.length > 0))[0]!;
const idOf = (object: string, lastName: string, company?: string): unknown =>
  bed.sandbox.org
    .rows(object)
    .find((row) => row['LastName'] === lastName && (!company || row['Company'] === company))?.['Id'];

describe('whom a number belongs to', () => {
  it('a contact and a lead: the contact has it, the lead is offered, and a person may say otherwise', async () => {
    const { desk } = await ringing('+14155550103');
    await desk.says('Joan Bearish');
    await desk.says('Contact, Acme');
    await desk.press('Answer');
    await desk.press('Hang up');
    assert.equal((await logged())['WhoId'], idOf('Contact', 'Bearish'));
    await desk.says('Log to Joan Bearish, Contact');
    await desk.says('the only Contact with this number');
    await desk.press('Wrong match?');
    await desk.phone.getByRole('radio', { name: /Lead · Bearish Research/ }).check();
    await desk.press('Associate');
    await desk.says('Log to Joan Bearish, Lead');
    await eventually(bed.tasks, ([task]) => task?.['WhoId'] === idOf('Lead', 'Bearish'));
    assert.equal(bed.tasks().length, 1);
  });

  it('three leads: logged to nobody until one is chosen in the tray, newest first, and then to that one', async () => {
    const { desk } = await ringing('+14155550104');
    await desk.says('3 matches');
    await desk.press('Answer');
    await desk.press('Hang up');
    await desk.waits('3 matches, choose one');
    assert.deepEqual(bed.tasks(), []);
    await desk.press('Log later');
    await desk.tray.getByRole('button', { name: /^Choose who/ }).click();
    const choices = desk.tray.getByRole('radio');
    assert.equal(await choices.count(), 3);
    const first = desk.tray.getByRole('radiogroup').locator('label').first();
    await first.getByText('Newest Ng').waitFor();
    await desk.tray.getByRole('radio', { name: /Middle Mbeki/ }).check();
    await desk.tray.getByRole('button', { name: 'Associate', exact: true }).click();
    assert.equal((await logged())['WhoId'], idOf('Lead', 'Mbeki'));
    await desk.waits('Every call and text is logged');
    await desk.firstRow('Middle Mbeki');
  });

  it('a person account: the call stands under the person', async () => {
    const { desk } = await ringing('+442079460105');
    await desk.says('Petra Person');
    await desk.says('Person Account');
    await desk.says('+44 20 7946 0105');
    await desk.press('Decline');
    const task = await logged();
    const petra = bed.sandbox.org.rows('Account').find((row) => row['LastName'] === 'Person');
    assert.equal(task['WhoId'], petra?.['PersonContactId']);
    assert.equal(task['WhatId'], null);
  });

  it('[CC-02] [CC-23] a contact, a lead or an account: asked for as soon as the call begins', async () => {
    const acme = bed.sandbox.org.rows('Account').find((row) => row['Name'] === 'Acme');
    for (const [number, name, kind] of [
      ['+14155550101', 'Lucy Hall', 'Contact'],
      ['+14155550102', 'Larry Thomas', 'Lead'],
      [`+1${String(acme?.['Phone']).replace(/\D/g, '').slice(-10)}`, 'Acme', 'Account'],
    ] as const) {
      bed.sandbox.requests.clear();
      const { desk, customer } = await ringing(number);
      await desk.says(name);
      await desk.says(kind);
      // Before anybody has answered, and with one request.
      await desk.says('Call connecting');
      const searches = bed.sandbox.requests.list().filter(({ path }) => path.includes('/search'));
      assert.equal(searches.length, 1, kind);
      await customer.press('Hang up');
      await desk.page.context().close();
      await customer.page.context().close();
    }
  });

  it('a contact stored with an extension', async () => {
    const { desk, customer } = await ringing('+14155550106');
    await desk.says('Erika Extender');
    await customer.press('Hang up');
    assert.equal((await logged())['WhoId'], idOf('Contact', 'Extender'));
  });
});

describe('a second call', () => {
  it('is shown above the first, does not disturb it, and can be declined', async () => {
    const { desk, customer } = await ringing('+14155550101');
    await desk.press('Answer');
    await customer.says('Call in progress');
    await desk.notes.fill('Half a sent');
    const other = deskPage(await bed.customer('+14155550102'));
    open.push(other);
    await call(other);
    await desk.says('Larry Thomas');
    await desk.says('Lucy Hall');
    assert.equal(await desk.notes.inputValue(), 'Half a sent');
    await desk.press('Decline');
    await other.says('Call ended');
    await desk.silent('Larry Thomas');
    await customer.says('Call in progress');
    await desk.press('Mute');
    await desk.says('You are muted');
    await desk.press('Hang up');
    await customer.says('Call ended');
    const tasks = await eventually(bed.tasks, (found) => found.length === 2);
    assert.deepEqual(tasks.map((task) => task['CallDisposition']).sort(), ['completed', 'declined']);
    assert.ok(tasks.some((task) => task['Description'] === 'Half a sent'));
  });

  it('can be answered when the first is over', async () => {
    const { desk, customer } = await ringing('+14155550101');
    await desk.press('Answer');
    await desk.says('Call in progress');
    const other = deskPage(await bed.customer('+14155550102'));
    open.push(other);
    await call(other);
    await desk.says('Larry Thomas');
    await customer.press('Hang up');
    await desk.press('Answer');
    await other.says('Call in progress');
    await desk.press('Hang up');
    await other.says('Call ended');
    await eventually(bed.tasks, (found) => found.length === 2);
  });
});
