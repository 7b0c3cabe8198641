import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';

let bed: DeskBed;
before(async () => {
  bed = await openDeskBed();
});
after(async () => {
  await bed.stop();
});

const phone = (page: Page) => page.locator('ml-softphone');
const button = (page: Page, name: string) => phone(page).getByRole('button', { name, exact: true });
const says = (page: Page, text: string) => phone(page).getByText(text).first().waitFor();
const recents = (page: Page) => page.locator('ml-recent-calls');

describe('a user with several phones', () => {
  it('[ML-30] [ML-31] [ML-32] [ML-38] [SM-07] rings on each that is on; what one answers stands as answered on the others', async () => {
    const desk = await bed.desk();
    // A browser profile of its own: another phone of Ann's, with a registration of its own.
    const other = await bed.desk(await bed.browser.newContext());
    const customer = await bed.customer('+14155550101');
    assert.equal(bed.sandbox.sip.registrations('ann').length, 2);

    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await Promise.all([says(desk, 'Incoming call'), says(other, 'Incoming call')]);
    await button(other, 'Answer').click();
    await says(other, 'Call in progress');
    await says(desk, 'answered elsewhere');
    await recents(desk).getByText('Answered elsewhere').first().waitFor();
    await recents(desk).getByRole('radio', { name: 'Missed' }).click();
    await recents(desk).getByText('No missed calls').waitFor();

    await button(customer, 'Hang up').click();
    await says(other, 'Call ended');
    await eventually(
      () => bed.tasks(),
      ([task]) => task?.['CallDisposition'] === 'completed',
    );
    assert.equal(bed.tasks().length, 1, 'both phones write the same activity');

    // The other phone is switched off: this one rings all the same.
    await other.context().close();
    await eventually(
      () => bed.sandbox.sip.registrations('ann').length,
      (count) => count === 1,
    );
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await says(desk, 'Incoming call');
    await button(desk, 'Decline').click();
    await says(customer, 'Call ended');
    assert.deepEqual(bed.complaints, []);
    for (const page of [desk, customer]) await page.context().close();
    bed.sandbox.reset();
  });

  it('[SM-08] takes notes of a call that another phone answered', async () => {
    const desk = await bed.desk();
    const other = await bed.desk(await bed.browser.newContext());
    const customer = await bed.customer('+14155550101');
    await customer.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await says(desk, 'Incoming call');
    await button(other, 'Answer').click();
    await says(desk, 'answered elsewhere');
    await button(customer, 'Hang up').click();
    await says(other, 'Call ended');
    await eventually(
      () => bed.tasks(),
      ([task]) => task?.['CallDisposition'] === 'completed',
    );
    const [before] = bed.tasks();

    await recents(desk)
      .getByRole('button', { name: /details of the call with Lucy Hall/ })
      .first()
      .click();
    await recents(desk).getByRole('button', { name: 'Edit the call notes' }).click();
    await recents(desk).getByRole('textbox', { name: 'Call notes' }).fill('Taken on the other phone.');
    await recents(desk).getByRole('button', { name: 'Save notes' }).click();
    const [task, ...more] = await eventually(
      () => bed.tasks(),
      ([one]) => one?.['Description'] === 'Taken on the other phone.',
    );
    assert.deepEqual(more, []);
    assert.equal(task?.['CallDurationInSeconds'], before?.['CallDurationInSeconds']);
    assert.equal(task?.['CallDisposition'], 'completed');
    assert.deepEqual(bed.complaints, []);
    for (const page of [desk, other, customer]) await page.context().close();
  });
});
