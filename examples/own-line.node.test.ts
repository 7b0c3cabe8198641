import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ensureDropIn } from '../scripts/drop-in.mjs';
import { openDeskBed, type DeskBed } from './testing/desk-bed.ts';
import { deskPage } from './testing/desk-page.ts';

let bed: DeskBed;

before(async () => {
  await ensureDropIn();
  bed = await openDeskBed();
});
after(() => bed.stop());

describe('the phone of one script tag with a line of the page’s own', () => {
  it('has what no attribute says: it calls from the number that is chosen of several', async () => {
    const phone = deskPage(await bed.open('/own-line/'));
    await phone.says('Available');
    const customer = deskPage(await bed.customer('+14155550101'));
    const from = phone.phone.getByLabel('Call from');
    await from.waitFor();
    const offered = (await from.locator('option').allTextContents()).map((word) => word.trim());
    assert.deepEqual(offered, ['Default number', '(415) 555-0001', '(415) 555-0011']);
    await phone.field.fill('(415) 555-0101');
    await from.selectOption('(415) 555-0011');
    await phone.press('Call');
    await customer.says('(415) 555-0011');
    await customer.press('Answer');
    await phone.says('Call in progress');
    await phone.press('Hang up');
    await customer.says('Call ended');
    assert.deepEqual(bed.complaints, []);
  });
});
