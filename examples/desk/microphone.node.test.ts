import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { eventually, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let asking: Browser;
const contexts: BrowserContext[] = [];

before(async () => {
  bed = await openDeskBed();
  asking = await bed.launch('asked');
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function open(browser: Browser): Promise<{ desk: DeskPage; customer: DeskPage; context: BrowserContext }> {
  const context = await browser.newContext();
  const desk = deskPage(await bed.desk(context));
  const customer = deskPage(await bed.customer('+14155550101'));
  contexts.push(context, customer.page.context());
  return { desk, customer, context };
}

const callAnn = ({ page }: DeskPage): Promise<void> => page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();

describe('a microphone the browser blocks', () => {
  it('is said with a remedy when dialing: nothing rings, nothing is logged, and dialing works once it is allowed', async () => {
    const { desk, customer, context } = await open(asking);
    await desk.field.fill('+14155550101');
    await desk.press('Call');
    await desk.says('The browser blocks the microphone.');
    await desk.says('Allow it for this site, then call again.');
    assert.equal(await desk.field.inputValue(), '+14155550101', 'the number is kept');
    assert.equal(await desk.phone.getByText('Call connecting').count(), 0);
    await desk.press('Show me how');
    await desk.says('Open the site information');
    await desk.recents.getByText('No calls yet').waitFor();

    await context.grantPermissions(['microphone']);
    await desk.press('Call');
    await customer.says('Incoming call');
    await desk.silent('The browser blocks the microphone.');
    await customer.press('Answer');
    await desk.says('Call in progress');
    await desk.press('Hang up');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.equal(bed.tasks().length, 1);
  });

  it('leaves the call ringing when answering, which works once it is allowed', async () => {
    const { desk, customer, context } = await open(asking);
    await callAnn(customer);
    await desk.says('Lucy Hall');
    await desk.press('Answer');
    await desk.says('The browser blocks the microphone.');
    await desk.says('Allow it for this site');
    await desk.button('Answer').waitFor();
    await customer.says('Call connecting');
    assert.deepEqual(bed.tasks(), []);

    await context.grantPermissions(['microphone']);
    await desk.press('Answer');
    await desk.says('Call in progress');
    await desk.silent('The browser blocks the microphone.');
    await desk.press('Hang up');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.equal(bed.tasks()[0]?.['CallDisposition'], 'completed');
  });

  it('lets the call be declined, or missed', async () => {
    const { desk, customer } = await open(asking);
    await callAnn(customer);
    await desk.press('Answer');
    await desk.says('The browser blocks the microphone.');
    await customer.press('Hang up');
    await desk.says('missed');
    const [task] = await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.equal(task?.['CallDurationInSeconds'], 0);
    await desk.firstRow('Missed');
  });
});

describe('a machine without a microphone', () => {
  it('says so when dialing and when answering', async () => {
    const { desk, customer } = await open(await bed.launch('missing'));
    await desk.field.fill('+14155550101');
    await desk.press('Call');
    await desk.says('No microphone was found.');
    await desk.says('Connect one, then call again.');
    await desk.page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await customer.phone.getByText('Incoming call').count(), 0, 'nobody is rung for nothing');
    await callAnn(customer);
    await desk.press('Answer');
    await desk.says('No microphone was found.');
    await desk.press('Decline');
    await customer.says('declined');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.deepEqual(
      bed.tasks().map((task) => task['CallDisposition']),
      ['declined'],
    );
  });
});
