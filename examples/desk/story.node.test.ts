import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';

let bed: DeskBed;
const pages: Page[] = [];
const opened = async (page: Promise<Page>): Promise<Page> => {
  pages.push(await page);
  return page;
};

before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

const button = (page: Page, name: string) => page.locator('ml-softphone').getByRole('button', { name, exact: true });
const says = (page: Page, text: string) => page.locator('ml-softphone').getByText(text).first().waitFor();
/** Today where the practice org is, as it writes days. */
const dayOfTheOrg = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date());
const firstRow = (page: Page, text: string) =>
  page.locator('ml-recent-calls').getByRole('listitem').first().getByText(text).first().waitFor();

describe('a customer calls the desk', () => {
  it('[ML-06] [ML-12] [ML-27] [ML-28] [ML-33] [ML-41] [ML-42] [SM-05] [MV-60] rings with the name, carries audio, logs once', async (test) => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550101'));

    const today = dayOfTheOrg();
    const dialed = Date.now();
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await says(desk, 'Call connecting');
    const rangMs = Date.now() - dialed;
    test.diagnostic(`dialed → rings: ${rangMs} ms`);
    // Half a second on a machine of its own; here others work beside.
    assert.ok(rangMs < 8_000, `rang after ${rangMs} ms`);
    await says(desk, 'Lucy Hall');
    await says(desk, 'Contact');
    await says(desk, 'Acme');

    await button(desk, 'Answer').click();
    await says(desk, 'Call in progress');
    await says(customer, 'Call in progress');
    await Promise.all([heard(desk), heard(customer)]);

    await desk.getByRole('textbox', { name: 'Call notes' }).fill('Wants the Q1 renewal at 40 seats.');
    await button(desk, 'Save notes').click();
    await desk.locator('ml-softphone [part=saved]').filter({ hasText: 'Saved' }).waitFor();
    assert.deepEqual(bed.tasks(), [], 'nothing is written in mid-call');

    await button(customer, 'Hang up').click();
    await says(desk, 'Call ended');

    const [task, ...others] = await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length > 0,
    );
    assert.ok(task);
    assert.deepEqual(others, []);
    const lucy = bed.sandbox.org.rows('Contact').find((contact) => contact['LastName'] === 'Hall');
    const ann = bed.sandbox.org.rows('User').find((user) => user['LastName'] === 'Archer');
    assert.equal(task['WhoId'], lucy?.['Id']);
    assert.equal(task['OwnerId'], ann?.['Id']);
    assert.equal(task['TaskSubtype'], 'Call');
    assert.equal(task['CallType'], 'Inbound');
    assert.equal(task['Status'], 'Completed');
    assert.equal(task['Description'], 'Wants the Q1 renewal at 40 seats.');
    assert.equal(task['Subject'], 'Call with Lucy Hall');
    // Midnight may have come in between.
    assert.ok([today, dayOfTheOrg()].includes(String(task['ActivityDate'])), String(task['ActivityDate']));
    assert.ok(Number(task['CallDurationInSeconds']) >= 0 && Number(task['CallDurationInSeconds']) < 30);
    assert.ok(task['ML_Call_Key__c']);
  });

  it('[ML-48] changes the notes of the same activity afterwards', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550101'));
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await button(desk, 'Answer').click();
    await says(customer, 'Call in progress');
    await button(desk, 'Hang up').click();
    await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length === 1,
    );
    await button(desk, 'Wrap up').click();

    await desk
      .locator('ml-recent-calls')
      .getByRole('button', { name: /details of the call with Lucy Hall/ })
      .first()
      .click();
    await desk.locator('ml-recent-calls').getByRole('button', { name: 'Edit the call notes' }).click();
    await desk
      .locator('ml-recent-calls')
      .getByRole('textbox', { name: 'Call notes' })
      .fill('Changed her mind: 50 seats.');
    await desk.locator('ml-recent-calls').getByRole('button', { name: 'Save notes' }).click();
    await eventually(
      () => bed.tasks(),
      ([task]) => task?.['Description'] === 'Changed her mind: 50 seats.',
    );
    assert.equal(bed.tasks().length, 1);
  });

  it('keeps the recent calls over a reload', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550102'));
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await button(desk, 'Decline').click();
    await firstRow(desk, 'Larry Thomas');
    await desk.reload();
    await firstRow(desk, 'Larry Thomas');
  });

  it('logs a missed and a declined call once each, under the lead', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550102'));
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await says(desk, 'Larry Thomas');
    await button(customer, 'Hang up').click();
    const [missed] = await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length === 1,
    );
    assert.equal(missed?.['CallDurationInSeconds'], 0);
    await firstRow(desk, 'Missed');

    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await button(desk, 'Decline').click();
    await says(customer, 'Call ended');
    await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length === 2,
    );
  });

  it('keeps a call of a number nobody knows here, and writes nothing until someone decides', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550199'));
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await button(desk, 'Answer').click();
    await says(desk, 'Call in progress');
    await button(desk, 'Hang up').click();
    await desk.locator('ml-tray').getByText('(415) 555-0199').first().waitFor();
    await firstRow(desk, '(415) 555-0199');
    assert.deepEqual(bed.tasks(), []);
  });
});

describe('the desk calls', () => {
  it('[MV-31] [MV-32] by keypad, by search, from a recent call and by a click on a number of the page', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550101'));
    const answerAndEnd = async (): Promise<void> => {
      await button(customer, 'Answer').click();
      await says(desk, 'Call in progress');
      await button(desk, 'Hang up').click();
      await says(desk, 'Call ended');
      await button(desk, 'Wrap up').click();
    };

    for (const digit of '4155550101')
      await desk
        .locator('ml-dialpad')
        .getByRole('button', { name: new RegExp(`^${digit}`) })
        .click();
    await button(desk, 'Call').click();
    await answerAndEnd();

    await desk.locator('ml-softphone').getByLabel('Number or name').fill('Lucy Hall');
    await desk.locator('ml-softphone').getByRole('button', { name: 'Call Lucy Hall' }).first().click();
    await answerAndEnd();

    await desk.locator('ml-recent-calls').getByRole('button', { name: 'Call Lucy Hall' }).first().click();
    await answerAndEnd();

    await desk.locator('#contacts li').filter({ hasText: 'Lucy Hall' }).getByText('555').click();
    await button(desk, 'Call').click();
    await answerAndEnd();

    const tasks = await eventually(
      () => bed.tasks(),
      (found) => found.length === 4,
    );
    assert.deepEqual([...new Set(tasks.map((task) => task['CallType']))], ['Outbound']);
  });

  const call = async (desk: Page, number: string): Promise<void> => {
    await desk.locator('ml-softphone').getByLabel('Number or name').fill(number);
    await button(desk, 'Call').click();
  };

  it('logs a busy call', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550101'));
    await call(desk, '+14155550101');
    await button(customer, 'Decline').click();
    await says(desk, 'Call ended');
    await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length === 1,
    );
  });

  it('logs an unanswered call', async (test) => {
    const impatient = await openDeskBed({ sip: { noAnswerMs: 1_000 } });
    test.after(() => impatient.stop());
    const desk = await impatient.desk();
    await impatient.customer('+14155550101');
    await call(desk, '+14155550101');
    await says(desk, 'no answer');
    const [task] = await eventually(
      () => impatient.tasks(),
      (found) => found.length === 1,
    );
    assert.equal(task?.['CallDurationInSeconds'], 0);
    assert.deepEqual(impatient.complaints, []);
  });
});

describe('what goes wrong', () => {
  it('delivers the activity once when the org was away at the end of the call', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550101'));
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await says(desk, 'Lucy Hall');
    await button(desk, 'Answer').click();
    await says(customer, 'Call in progress');
    bed.sandbox.org.faults.add({ match: '.*', times: 1e6, action: { drop: true } });
    await button(customer, 'Hang up').click();
    await desk.locator('ml-tray').getByText('Lucy Hall').first().waitFor();
    assert.deepEqual(bed.tasks(), []);
    bed.sandbox.org.faults.clear();
    await eventually(
      () => bed.tasks(),
      (tasks) => tasks.length === 1,
      30_000,
    );
    await desk.locator('ml-tray').getByText('Nothing waits for you').first().waitFor();
    assert.equal(bed.tasks().length, 1);
  });

  it('writes no second activity when the answer to the first write is lost', async () => {
    const desk = await opened(bed.desk());
    const customer = await opened(bed.customer('+14155550101'));
    bed.sandbox.org.faults.add({ match: '^PATCH .*Task', action: { dropAfterWrite: true } });
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await says(desk, 'Lucy Hall');
    await button(desk, 'Decline').click();
    await eventually(
      () => bed.sandbox.requests.list().filter(({ method, path }) => method !== 'GET' && path.includes('Task')),
      (writes) => writes.length >= 2,
      30_000,
    );
    await desk.locator('ml-tray').getByText('Nothing waits for you').first().waitFor();
    assert.equal(bed.tasks().length, 1);
  });
});
