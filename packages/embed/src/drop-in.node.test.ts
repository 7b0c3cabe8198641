import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Line, MultiLineError } from '@multiline/core';
import { build } from 'esbuild';
import { builds, read, table } from './testing/built.ts';
import { openPageBed, type PageBed, type WatchedPage } from './testing/page-bed.ts';
import { deskOf, pageOf, scriptTag, strictPolicy } from './testing/pages.ts';

/** The drop-in as a test page talks to it. */
interface Global {
  MultiLine: Record<string, (...args: unknown[]) => Promise<Record<string, unknown>>> & {
    ready: Promise<Record<string, unknown>>;
  };
  tampered?: boolean;
  facts?: { type: string }[];
}

const chunkOf = async (engine: string): Promise<string> =>
  Object.keys((await table()).chunks).find((file) => file.startsWith(`multiline/${engine}-`)) ?? '';

describe('the drop-in on a page', () => {
  let bed: PageBed;
  let phone: string;

  before(async () => {
    bed = await openPageBed();
    const { outputFiles } = await build({
      stdin: {
        contents: `import { LitElement, html } from 'lit';
          customElements.define('their-element', class extends LitElement { render() { return html\`<b>theirs</b>\`; } });`,
        resolveDir: new URL('..', import.meta.url).pathname,
      },
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['production'],
    });
    bed.serve('/their-lit.js', { body: outputFiles[0]?.text ?? '' });
    phone = deskOf(bed.url);
  });
  afterEach(() => bed.closePages());
  after(() => bed.close());

  const ready = (page: WatchedPage): Promise<string[]> =>
    page.page.evaluate(async () => Object.keys(await (globalThis as unknown as Global).MultiLine.ready).sort());

  /** The phone is registered and has drawn itself, with its own styles, and every engine came. */
  async function complete({ page, errors, violations }: WatchedPage): Promise<void> {
    await page.waitForFunction(() =>
      (globalThis as unknown as Global).facts?.some(({ type }) => type === 'ml-registered'),
    );
    await page.getByRole('searchbox', { name: 'Number or name' }).waitFor();
    await page.getByRole('region', { name: 'Recent calls' }).waitFor();
    const [display, sheets] = await page.evaluate(() => {
      const element = document.querySelector('ml-softphone') as Element;
      return [getComputedStyle(element).display, element.shadowRoot?.adoptedStyleSheets.length];
    });
    assert.notEqual(display, 'inline');
    assert.ok(sheets && sheets > 0);
    const engines = await page.evaluate(async () => {
      const { load } = (globalThis as unknown as Global).MultiLine;
      const all = await Promise.all(['sip', 'salesforce', 'browser'].map((name) => load?.(name)));
      return all.map((engine) => typeof (engine?.['sipLine'] ?? engine?.['salesforce'] ?? engine?.['page']));
    });
    assert.deepEqual(engines, ['function', 'function', 'function']);
    assert.deepEqual(errors, []);
    assert.deepEqual(await violations(), []);
  }

  for (const file of builds) {
    it(`${file} works under a strict policy with Trusted Types`, async () => {
      bed.serve('/strict', pageOf(scriptTag(file), phone, strictPolicy()));
      const page = await bed.open('/strict');
      await ready(page);
      await complete(page);
    });

    it(`${file} does nothing the second time`, async () => {
      for (const second of builds) {
        bed.serve('/twice', pageOf(scriptTag(file) + scriptTag(second), phone, strictPolicy()));
        const page = await bed.open('/twice');
        await ready(page);
        await complete(page);
      }
    });

    it(`${file} lives beside a Lit of the page's own, whichever is first`, async () => {
      const theirs = '<script nonce="x" src="/their-lit.js"></script>';
      for (const scripts of [theirs + scriptTag(file), scriptTag(file) + theirs]) {
        const policy = strictPolicy({ trustedTypes: 'multiline lit-html' });
        bed.serve('/their-lit', pageOf(scripts, `${phone}<their-element></their-element>`, policy));
        const page = await bed.open('/their-lit');
        await ready(page);
        await complete(page);
        const text = await page.page.evaluate(() => document.querySelector('their-element')?.shadowRoot?.textContent);
        assert.equal(text, 'theirs');
      }
    });

    it(`${file} needs no more than its nonce`, async () => {
      bed.serve('/nonce', pageOf(scriptTag(file), phone, strictPolicy({ nonceOnly: true })));
      const page = await bed.open('/nonce');
      await ready(page);
      await complete(page);
    });

    it(`${file} has what a page registered before the core was there`, async () => {
      const page = `<script>
        MultiLine.register('crm', 'acme', (options) => ({ name: 'acme', kinds: [], options }));
        MultiLine.register('crm', 'memory', () => ({ name: 'the page\\'s own', kinds: [] }));
      </script>`;
      bed.serve('/register', pageOf(scriptTag(file) + page, ''));
      const { page: opened } = await bed.open('/register');
      const names = await opened.evaluate(async () => {
        const { create } = await (globalThis as unknown as Global).MultiLine.ready;
        const make = create as (...args: unknown[]) => Promise<{ name: string }>;
        const made = [await make('crm', 'acme', {}), await make('crm', 'memory', {}), await make('host', 'page', {})];
        const unknown = await make('host', 'open-cti', {}).catch((error: unknown) => ({
          name: (error as { code: string }).code,
        }));
        return [...made, unknown].map(({ name }) => name);
      });
      assert.deepEqual(names, ['acme', "the page's own", 'page', 'unknown-implementation']);
    });

    it(`${file} says what there is when a page loads what there is not`, async () => {
      bed.serve('/load', pageOf(scriptTag(file), ''));
      const { page } = await bed.open('/load');
      const message = await page.evaluate(async () => {
        const { load } = (globalThis as unknown as Global).MultiLine;
        return load?.('fax').then(
          () => '',
          (error: unknown) => (error as Error).message,
        );
      });
      assert.match(String(message), /no "fax".*browser, salesforce, sip/);
    });
  }

  it('both builds have the same exports', async () => {
    const exports = [];
    for (const file of builds) {
      bed.serve('/exports', pageOf(scriptTag(file), ''));
      exports.push(await ready(await bed.open('/exports')));
    }
    assert.deepEqual(exports[0], exports[1]);
    for (const name of ['createWorkspace', 'presets', 'register', 'load', 'ready', 'registerStrings', 'MlElement'])
      assert.ok(exports[0]?.includes(name), name);
  });

  it('the single build has everything the moment it has run', async () => {
    const inline =
      '<script>globalThis.early = typeof MultiLine.createWorkspace + typeof customElements.get("ml-softphone");</script>';
    bed.serve('/early', pageOf(scriptTag('multiline.single.js') + inline, ''));
    const { page } = await bed.open('/early');
    assert.equal(await page.evaluate(() => (globalThis as unknown as { early: string }).early), 'functionfunction');
  });

  it('the first build has register, load and ready before anything has arrived', async () => {
    const inline = `<script>globalThis.early = Object.keys(MultiLine).sort().join();
      globalThis.isPromise = MultiLine.ready instanceof Promise;</script>`;
    bed.serve('/early', pageOf(scriptTag('multiline.js') + inline, ''));
    const { page } = await bed.open('/early');
    const early = await page.evaluate(() => (globalThis as unknown as { early: string; isPromise: boolean }).early);
    for (const name of ['load', 'ready', 'register']) assert.ok(early.split(',').includes(name), name);
    assert.equal(await page.evaluate(() => (globalThis as unknown as { isPromise: boolean }).isPromise), true);
  });

  it('what a plain call does without comes when it is asked for, and again when it did not come', async () => {
    const phoneSystem = await chunkOf('phone-system');
    bed.asked.length = 0;
    bed.serve(`/${phoneSystem}`, { body: 'Bad Gateway', status: 502 });
    const telephone = `<script>
      globalThis.line = MultiLine.load('sip').then(({ sipLine, sipAccount }) =>
        sipLine(sipAccount({ servers: ['wss://sip.invalid'], uri: 'sip:ann@sip.invalid', credentials: () => ({}) })),
      );
    </script>`;
    bed.serve('/plain', pageOf(scriptTag('multiline.js'), telephone));
    const { page } = await bed.open('/plain');
    const conference = (): Promise<string> =>
      page.evaluate(async () => {
        const line = await (globalThis as unknown as { line: Promise<Line> }).line;
        return line.mix?.([]).then(
          () => 'mixed',
          (error: unknown) => [(error as MultiLineError).code, (error as MultiLineError).retryable].join(' '),
        );
      }) as Promise<string>;

    await page.evaluate(() => (globalThis as unknown as { line: Promise<Line> }).line);
    assert.ok(!bed.asked.includes(`/${phoneSystem}`));
    assert.equal(await conference(), 'network true');
    bed.serve(`/${phoneSystem}`, { body: await read(phoneSystem) });
    assert.equal(await conference(), 'mixed');
  });

  it('chunks come from where data-base says, checked all the same', async () => {
    const base = await bed.elsewhere();
    const tag = scriptTag('multiline.js', `data-base="${base}"`);
    bed.serve('/base', pageOf(tag, phone, strictPolicy({ from: new URL(base).origin })));
    const page = await bed.open('/base');
    await ready(page);
    await complete(page);
    const addresses = await page.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => name.includes('/multiline/')),
    );
    assert.ok(addresses.length > 0);
    for (const address of addresses) assert.equal(new URL(address).origin, new URL(base).origin);
  });

  describe('with a chunk that is not what was built', () => {
    const tampering = ';globalThis.tampered = true;';
    const tampered = (page: WatchedPage): Promise<boolean> =>
      page.page.evaluate(() => (globalThis as unknown as Global).tampered === true);

    it('refuses the core: nothing of it runs, and ready says so', async () => {
      const { desk } = await table();
      bed.serve(`/${desk}`, { body: (await read(desk)) + tampering });
      bed.serve('/tampered', pageOf(scriptTag('multiline.js'), phone));
      const page = await bed.open('/tampered');
      const message = await page.page.evaluate(async () =>
        (globalThis as unknown as Global).MultiLine.ready.then(
          () => '',
          (error: unknown) => (error as Error).message,
        ),
      );
      assert.match(message, /could not load .*desk-/);
      assert.equal(await tampered(page), false);
      assert.equal(await page.page.evaluate(() => customElements.get('ml-dialpad')), undefined);
      bed.serve(`/${desk}`, { body: await read(desk) });
    });

    it('refuses an engine, and the phone stays', async () => {
      const sip = await chunkOf('sip');
      bed.serve(`/${sip}`, { body: (await read(sip)) + tampering });
      bed.serve('/tampered', pageOf(scriptTag('multiline.js'), phone));
      const page = await bed.open('/tampered');
      await ready(page);
      const message = await page.page.evaluate(async () => {
        const { load } = (globalThis as unknown as Global).MultiLine;
        return load?.('sip').then(
          () => '',
          (error: unknown) => (error as Error).message,
        );
      });
      assert.match(String(message), /could not load .*sip-/);
      assert.equal(await tampered(page), false);
      bed.serve(`/${sip}`, { body: await read(sip) });
      const again = await page.page.evaluate(async () => {
        const engine = await (globalThis as unknown as Global).MultiLine['load']?.('sip');
        return typeof engine?.['sipLine'];
      });
      assert.equal(again, 'function');
    });

    it('refuses what a chunk imports', async () => {
      const { chunks, desk } = await table();
      const imported = Object.entries(chunks).find(
        ([file, [, needs]]) =>
          needs.length > 0 && needs.some((need) => need !== file && !chunks[desk]?.[1].includes(need)),
      );
      const [file, need] = [imported?.[0] ?? '', imported?.[1][1][0] ?? ''];
      assert.notEqual(need, '');
      bed.serve(`/${need}`, { body: (await read(need)) + tampering });
      bed.serve('/tampered', pageOf(scriptTag('multiline.js'), ''));
      const page = await bed.open('/tampered');
      const refused = await page.page.evaluate(
        async (name) => {
          const { load } = (globalThis as unknown as Global).MultiLine;
          return load?.(name).then(
            () => false,
            () => true,
          );
        },
        file.replace('multiline/', './'),
      );
      assert.equal(refused, true);
      assert.equal(await tampered(page), false);
    });
  });
});
