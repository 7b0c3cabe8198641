import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { buildLightningPage } from './testing/lightning/lightning-page.mjs';
import { openPageBed, type PageBed, type WatchedPage } from './testing/page-bed.ts';
import { customerOf, deskOf, pageOf, scriptTag } from './testing/pages.ts';

/** The component as its page sees it. */
interface Host extends HTMLElement {
  loaded(): Promise<string>;
  connect(attributes: Record<string, string>, user: string): void;
  next(type: string): Promise<string>;
  describe(selector: string): string;
}

/**
 * The single build in a real LWC under the real Lightning Web Security. Its sandbox takes attributes and elements out of
 * templates, other ones by the release of an org: the phone must be, piece by piece, what it is on a plain page.
 */
describe('the drop-in under Lightning Web Security', () => {
  let bed: PageBed;
  let phone: Record<string, string>;

  before(async () => {
    const page = await buildLightningPage();
    bed = await openPageBed();
    bed.serve('/platform.js', { body: page.platform, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    bed.serve('/component.js', { body: page.component });
    bed.serve('/describe.js', { body: await readFile(new URL('testing/describe.js', import.meta.url)) });
    bed.serve('/lightning', pageOf('', '<script src="/platform.js"></script><script src="/component.js"></script>'));
    bed.serve('/plain', pageOf(scriptTag('multiline.single.js'), deskOf(bed.url, { lists: false })));
    bed.serve('/customer', pageOf(scriptTag('multiline.single.js'), customerOf(bed.url)));
    phone = {
      'sip-server': new URL('/sip', bed.url.replace(/^http/, 'ws')).href,
      'sip-uri': 'sip:ann@sandbox.test',
      crm: 'salesforce',
      'crm-url': bed.url,
    };
  });
  afterEach(async () => {
    await bed.closePages();
    bed.sandbox.reset();
  });
  after(() => bed.close());

  /** Both pages show the same call of the same user: one as an LWC under the sandbox, one plainly. */
  async function openBoth(gates: string): Promise<{ secured: WatchedPage; plain: WatchedPage }> {
    const secured = await bed.open(`/lightning?gates=${gates}`);
    assert.equal(await secured.page.evaluate(() => document.querySelector<Host>('c-host')!.loaded()), 'object');
    const registered = next(secured.page, 'ml-registered');
    await secured.page.evaluate(
      (attributes) => document.querySelector<Host>('c-host')!.connect(attributes, 'ann'),
      phone,
    );
    await registered;
    const plain = await bed.open('/plain');
    for (const { page } of [secured, plain]) await page.getByText('Ann Archer').waitFor();
    for (const { page } of [secured, plain]) await page.getByText('Available').waitFor();
    return { secured, plain };
  }

  const next = (page: Page, type: string): Promise<string> =>
    page.evaluate((name) => document.querySelector<Host>('c-host')!.next(name), type);

  const describeSecured = async (page: Page): Promise<unknown> =>
    JSON.parse(await page.evaluate(() => document.querySelector<Host>('c-host')!.describe('ml-softphone')));

  const describePlain = (page: Page): Promise<unknown> =>
    page.evaluate(async (address) => {
      const { describe } = (await import(address)) as { describe(element: Element | null): unknown };
      return describe(document.querySelector('ml-softphone'));
    }, '/describe.js');

  /** Piece by piece, and as a screen reader has it. */
  async function same({ secured, plain }: { secured: WatchedPage; plain: WatchedPage }): Promise<void> {
    const said = ({ page }: WatchedPage): Promise<string> => page.getByRole('region', { name: 'Phone' }).ariaSnapshot();
    assert.equal(await said(secured), await said(plain));
    assert.deepEqual(await describeSecured(secured.page), await describePlain(plain.page));
    assert.deepEqual([secured.errors, plain.errors], [[], []]);
  }

  for (const gates of ['off', 'on']) {
    describe(`with the gates ${gates}`, () => {
      it('the phone upgrades and is what it is on a plain page', async () => {
        const both = await openBoth(gates);
        await same(both);
        // A second time it did nothing, and nothing leaked out of the sandbox.
        assert.equal(await both.secured.page.evaluate(() => 'MultiLine' in globalThis), false);
      });

      it('[ML-08] a call rings, is shown, is answered and logs itself', async () => {
        const both = await openBoth(gates);
        const { page } = both.secured;
        const ringing = next(page, 'ml-call-incoming');
        const customer = await bed.open('/customer');
        await customer.page.evaluate(() =>
          (globalThis as unknown as { call(to: string): Promise<void> }).call('+14155550001'),
        );
        assert.equal(await ringing, '+14155550101');
        for (const each of [page, both.plain.page]) await each.getByText('Lucy Hall').first().waitFor();
        await same(both);

        const answered = next(page, 'ml-call-answered');
        await page.getByRole('button', { name: /^Answer/ }).click();
        await answered;
        const logged = next(page, 'ml-call-logged');
        await page.getByRole('button', { name: /^Hang up/ }).click();
        assert.equal(await logged, '+14155550101');
        assert.deepEqual(both.secured.errors, []);
      });
    });
  }
});
