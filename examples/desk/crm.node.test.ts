import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { eventually, openDeskBed, type DeskBed, type TaskRow } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let desk: DeskPage;
let customer: DeskPage;

before(async () => {
  bed = await openDeskBed();
  customer = deskPage(await bed.customer('+14155550101'));
});
afterEach(async () => {
  await desk.page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

const logged = (): Promise<TaskRow[]> => eventually(bed.tasks, (tasks) => tasks.length > 0, 30_000);
const writes = (): number[] =>
  bed.sandbox.requests
    .list()
    .filter(({ method, path }) => method !== 'GET' && method !== 'OPTIONS' && path.includes('Task'))
    .map(({ status }) => status);
const lucyId = (): string =>
  String(bed.sandbox.org.rows('Contact').find((contact) => contact['LastName'] === 'Hall')?.['Id']);

/** Lucy calls, Ann answers, both speak. */
async function call(): Promise<void> {
  desk = deskPage(await bed.desk());
  await customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
  await desk.says('Lucy Hall');
  await desk.press('Answer');
  await customer.says('Call in progress');
  await desk.says('Call in progress');
}

/** A call with notes that is over and logged. */
async function loggedCall(notes: string): Promise<TaskRow> {
  await call();
  await desk.notes.fill(notes);
  await desk.press('Hang up');
  const [task] = await logged();
  assert.ok(task);
  return task;
}

async function editNotes(text: string): Promise<void> {
  await desk.recents
    .getByRole('button', { name: /details of the call with/ })
    .first()
    .click();
  await desk.recents.getByRole('button', { name: 'Edit the call notes' }).click();
  await desk.recents.getByRole('textbox', { name: 'Call notes' }).fill(text);
  await desk.recents.getByRole('button', { name: 'Save notes' }).click();
}

describe('the CRM', () => {
  it('ends the session in mid-call: it is renewed, and the call logged once', async () => {
    await call();
    bed.sandbox.org.faults.add({
      match: '^PATCH .*Task',
      action: { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] },
    });
    await desk.press('Hang up');
    await logged();
    await desk.waits('Every call and text is logged');
    assert.deepEqual(writes(), [401, 201]);
    assert.equal(bed.tasks().length, 1);
  });

  it('takes no more requests today: said in its words, with the time of the next try, and logged after that', async () => {
    await call();
    bed.sandbox.org.configure({ apiLimit: { max: 10, used: 10 } });
    await desk.press('Hang up');
    await desk.waits('Not logged:');
    await desk.waits(/TotalRequests Limit exceeded/);
    await desk.waits(/Next try|Trying again/);
    assert.deepEqual(bed.tasks(), []);
    bed.sandbox.org.configure({ apiLimit: { max: 15_000, used: 10 } });
    await desk.tray.getByRole('button', { name: /Try again/ }).click();
    await desk.waits('Every call and text is logged');
    assert.equal(bed.tasks().length, 1);
  });

  it('is down for a while, or answers not at all: waits, says so, and logs once', async () => {
    await call();
    bed.sandbox.org.faults.add({
      match: 'Task',
      times: 2,
      action: { status: 503, body: '<h1>Service Unavailable</h1>' },
    });
    await desk.press('Hang up');
    await desk.waits('Not logged:');
    await logged();
    await desk.waits('Every call and text is logged');
    assert.equal(bed.tasks().length, 1);
    await desk.press('Wrap up');
    bed.sandbox.org.faults.add({ match: 'Task', action: { hang: true } });
    await desk.recents.getByRole('button', { name: 'Call Lucy Hall' }).first().click();
    await customer.press('Answer');
    await desk.press('Hang up');
    await desk.waits(/is on its way to the CRM/);
    await desk.page.evaluate(() => dispatchEvent(new Event('online')));
    assert.equal(bed.tasks().length, 1);
  });

  it('refuses the activity by a rule of its own: its own words in the tray, and Try again once the rule is lifted', async () => {
    await call();
    const rule = 'Calls need an outcome <b>before</b> noon.';
    bed.sandbox.org.configure({ validationRule: { object: 'Task', message: rule } });
    await desk.notes.fill('Kept here.');
    await desk.press('Hang up');
    await desk.waits(rule);
    assert.deepEqual(bed.tasks(), []);
    const again = desk.tray.getByRole('button', { name: 'Try again to log the call with Lucy Hall' });
    await again.click();
    await desk.waits(rule);
    bed.sandbox.org.configure({ validationRule: null });
    await again.click();
    await desk.waits('Every call and text is logged');
    assert.deepEqual(
      bed.tasks().map((task) => task['Description']),
      ['Kept here.'],
    );
  });

  it('has two activities with the key of this call: said, none is written over, mended by Try again', async () => {
    bed.sandbox.org.configure({ callKeyField: 'not-unique' });
    const task = await loggedCall('Once.');
    const twin = String(bed.sandbox.org.rows('Task')[0]?.['Id']);
    bed.sandbox.org.edit(twin, { ML_Call_Key__c: String(task['ML_Call_Key__c']) });
    await desk.press('Wrap up');
    await editNotes('Twice.');
    await desk.waits('More than one record has this key.');
    assert.ok(bed.sandbox.org.rows('Task').every((row) => row['Description'] !== 'Twice.'));
    bed.sandbox.org.edit(twin, { ML_Call_Key__c: null });
    await desk.tray.getByRole('button', { name: /Try again/ }).click();
    await eventually(bed.tasks, ([row]) => row?.['Description'] === 'Twice.');
  });

  it('has the notes changed by somebody else: both texts to choose from, and the chosen one is written', async () => {
    const task = await loggedCall('Mine.');
    bed.sandbox.org.edit(String(task['Id']), { Description: 'Bob was here.' });
    await desk.press('Wrap up');
    await editNotes('Mine, second thoughts.');
    await desk.waits('Which text stays?');
    await desk.waits('Bob was here.');
    await desk.waits('Mine, second thoughts.');
    await desk.waits('Bob Baker changed these notes');
    assert.equal(bed.tasks()[0]?.['Description'], 'Bob was here.');
    await desk.tray.getByRole('radio', { name: /^Both/ }).check();
    await desk.tray.getByRole('button', { name: 'Save notes' }).click();
    await desk.waits('Every call and text is logged');
    assert.equal(bed.tasks()[0]?.['Description'], 'Mine, second thoughts.\n\nBob was here.');
    assert.equal(bed.tasks().length, 1);
  });

  it('loses the contact in mid-call: nothing is lost, the call waits to be told whose it is', async () => {
    await call();
    const deleted = await fetch(`${bed.sandbox.url}services/data/v68.0/sobjects/Contact/${lucyId()}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer sandbox-bob' },
    });
    assert.equal(deleted.status, 204);
    await desk.notes.fill('Said before she was deleted.');
    await desk.press('Hang up');
    await desk.waits('Not in the CRM. Not logged until you say who it is.');
    assert.deepEqual(bed.tasks(), []);
    await desk.firstRow(/Lucy Hall|\(415\) 555-0101/);
    await desk.tray.getByRole('button', { name: /^Associate/ }).click();
    await desk.tray.getByRole('textbox', { name: 'Number or name' }).fill('Larry Thomas');
    await desk.tray.getByRole('radio', { name: /Larry Thomas/ }).check();
    await desk.tray.getByRole('button', { name: 'Associate', exact: true }).last().click();
    const [task] = await logged();
    assert.equal(task?.['Description'], 'Said before she was deleted.');
  });
});
