import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { connectDeskPhone } from '@multiline/sandbox';
import type { Page } from 'playwright-core';
import { openPageBed, type PageBed, type WatchedPage } from './testing/page-bed.ts';
import { customerOf, deskOf, pageOf, scriptTag, strictPolicy } from './testing/pages.ts';

/** A fact of a workspace, as `deskOf` notes it on the page. */
interface Fact {
  readonly type: string;
  readonly number?: string;
  readonly direction?: string;
  readonly name?: string;
}

/** Waits until the workspace of a page has told a fact. */
async function told(page: Page, type: string): Promise<Fact> {
  const found = await page.waitForFunction(
    (name) => (globalThis as unknown as { facts: Fact[] }).facts.find((fact) => fact.type === name),
    type,
  );
  return (await found.jsonValue())!;
}

/** Lets the customer's page dial. */
const dial = (page: Page, to: string): Promise<void> =>
  page.evaluate((number) => (globalThis as unknown as { call(to: string): Promise<void> }).call(number), to);

describe('a call through the drop-in', () => {
  let bed: PageBed;
  before(async () => {
    bed = await openPageBed();
  });
  afterEach(() => bed.closePages());
  after(() => bed.close());

  for (const file of ['multiline.js', 'multiline.single.js']) {
    it(`${file}: a customer calls, the desk knows who it is, the call logs itself once`, async () => {
      bed.sandbox.reset();
      bed.serve('/desk', pageOf(scriptTag(file), deskOf(bed.url), strictPolicy()));
      bed.serve('/customer', pageOf(scriptTag(file), customerOf(bed.url)));
      const desk: WatchedPage = await bed.open('/desk');
      await told(desk.page, 'ml-registered');
      const customer = await bed.open('/customer');

      await dial(customer.page, '+14155550001');
      const ringing = await told(desk.page, 'ml-call-incoming');
      assert.equal(ringing.number, '+14155550101');
      assert.equal(ringing.direction, 'inbound');
      const matched = await told(desk.page, 'ml-record-matched');
      assert.equal(matched.name, 'Lucy Hall');
      const phone = desk.page.getByRole('region', { name: 'Phone' });
      await phone.getByText('Lucy Hall').first().waitFor();

      await phone.getByRole('button', { name: /^Answer/ }).click();
      await told(desk.page, 'ml-call-answered');
      await phone.getByText('Call in progress').first().waitFor();
      await phone.getByRole('button', { name: /^Hang up/ }).click();
      await told(desk.page, 'ml-call-ended');
      await told(desk.page, 'ml-call-logged');

      const tasks = await desk.page.evaluate(async () => {
        const query = encodeURIComponent(
          "SELECT CallType, Who.Name FROM Task WHERE TaskSubtype = 'Call' AND Who.Name = 'Lucy Hall' AND CreatedDate = TODAY",
        );
        const response = await fetch(`/services/data/v68.0/query?q=${query}`, {
          headers: { authorization: 'Bearer sandbox-ann' },
        });
        return ((await response.json()) as { records: { CallType: string; Who: { Name: string } }[] }).records;
      });
      assert.deepEqual(
        tasks.map(({ CallType, Who }) => [CallType, Who.Name]),
        [['Inbound', 'Lucy Hall']],
      );
      assert.deepEqual([desk.errors, customer.errors, await desk.violations()], [[], [], []]);
    });
  }

  it('[ML-22] the mode is another one at run time: the call goes on to its end, then the user’s own phone carries the next', async () => {
    bed.sandbox.reset();
    bed.serve('/desk', pageOf(scriptTag('multiline.js'), deskOf(bed.url), strictPolicy()));
    bed.serve('/customer', pageOf(scriptTag('multiline.js'), customerOf(bed.url)));
    const desk = await bed.open('/desk');
    await told(desk.page, 'ml-registered');
    const customer = await bed.open('/customer');
    await dial(customer.page, '+14155550001');
    const phone = desk.page.getByRole('region', { name: 'Phone' });
    await phone.getByRole('button', { name: /^Answer/ }).click();
    await told(desk.page, 'ml-call-answered');

    await desk.page.evaluate(() => document.querySelector('#desk')?.setAttribute('mode', 'device'));
    await phone.getByText('It changes when this call ends.').waitFor();
    assert.equal(bed.sandbox.sip.registrations('ann').length, 1);
    await phone.getByText('Call in progress').first().waitFor();
    await phone.getByRole('button', { name: /^Hang up/ }).click();
    await desk.page.waitForFunction(() => {
      const { workspace } = document.querySelector('ml-workspace') as unknown as {
        workspace: {
          $capabilities: { get(): { device: string } };
          $phone: { get(): { line: { state: string } } };
        } | null;
      };
      return (
        workspace?.$capabilities.get().device === 'elsewhere' && workspace.$phone.get().line.state === 'registered'
      );
    });
    // Nothing rings in the page any more, and nothing of the call before was lost.
    assert.equal(bed.sandbox.sip.registrations('ann').length, 0);
    await told(desk.page, 'ml-call-logged');
    await desk.page.locator('ml-recent-calls').getByText('Lucy Hall').first().waitFor();

    const own = await connectDeskPhone({ server: `${bed.url.replace(/^http/, 'ws')}sip`, user: 'ann' });
    const coming = own.call();
    await dial(customer.page, '+14155550001');
    await phone.getByText('Incoming call').first().waitFor();
    assert.equal(await phone.getByRole('button', { name: /^Answer/ }).count(), 0);
    await (await coming).answer();
    await phone.getByText('on another phone of yours').first().waitFor();
    await own.close();
    assert.deepEqual([desk.errors, customer.errors, await desk.violations()], [[], [], []]);
  });

  it('with the memory CRM the people of the demo are known, without any server of a CRM', async () => {
    bed.sandbox.reset();
    bed.serve(
      '/memory',
      pageOf(scriptTag('multiline.js'), deskOf(bed.url).replace('crm="salesforce"', 'crm="memory"')),
    );
    bed.serve('/customer', pageOf(scriptTag('multiline.js'), customerOf(bed.url)));
    const desk = await bed.open('/memory');
    await told(desk.page, 'ml-registered');
    const customer = await bed.open('/customer');
    await dial(customer.page, '+14155550001');
    const matched = await told(desk.page, 'ml-record-matched');
    assert.equal(matched.name, 'Lucy Hall');
    assert.deepEqual(bed.sandbox.requests.list(), []);
  });

  it('a CRM nobody registered is told as an error, in words', async () => {
    bed.serve('/unknown', pageOf(scriptTag('multiline.js'), deskOf(bed.url).replace('crm="salesforce"', 'crm="acme"')));
    const desk = await bed.open('/unknown');
    await told(desk.page, 'ml-error');
    await desk.page.getByText('No crm is registered under the name "acme".').first().waitFor();
  });
});
