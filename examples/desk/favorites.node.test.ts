import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;

before(async () => {
  bed = await openDeskBed();
});
after(() => bed.stop());

const list = ({ page }: DeskPage): Locator => page.locator('ml-favorites');
const rows = (desk: DeskPage): Locator => list(desk).getByRole('listitem');
const star = (where: Locator, label: string): Locator =>
  where.getByRole('button', { name: label, exact: true }).first();

describe('favorites', () => {
  it('[MV-04] [MV-14] [MV-32] are added from a search, the same in two tabs and after a reload, and call by a click on the number', async () => {
    const context = await bed.profile();
    const first = deskPage(await bed.desk(context));
    const second = deskPage(await bed.open('/desk/', context));
    await second.says('In another tab');
    await first.field.fill('Lucy Hall');
    await star(first.phone, 'Add to favorites: Lucy Hall').click();
    await star(first.phone, 'Remove from favorites: Lucy Hall').waitFor();
    await second.field.fill('Petra Person');
    await star(second.phone, 'Add to favorites: Petra Person').click();
    for (const desk of [first, second]) {
      await list(desk).getByText('2 of 50').waitFor();
      assert.deepEqual(await rows(desk).locator('.who').allTextContents(), ['Lucy Hall', 'Petra Person']);
    }

    await second.page.close();
    await first.page.reload();
    await list(first).getByText('2 of 50').waitFor();
    await first.says('Available');
    const customer = deskPage(await bed.customer('+14155550101'));
    await list(first).getByRole('button', { name: 'Call (415) 555-0101' }).click();
    await customer.press('Answer');
    await first.says('Call in progress');
    await first.press('Hang up');

    await star(list(first), 'Remove from favorites: Lucy Hall').click();
    await list(first).getByText('1 of 50').waitFor();
    const writes = bed.sandbox.requests
      .list()
      .filter(({ method, path }) => !['GET', 'OPTIONS'].includes(method) && /Contact|Account/.test(path));
    assert.deepEqual(writes, []);
    assert.deepEqual(bed.complaints, []);
    for (const { page } of [first, customer]) await page.context().close();
  });
});
