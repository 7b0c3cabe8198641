import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ensureDropIn } from '../scripts/drop-in.mjs';
import { openDeskBed, type DeskBed } from './testing/desk-bed.ts';

interface Example {
  readonly name: string;
  readonly files: readonly string[];
}

let bed: DeskBed;
let examples: Example[] = [];

before(async () => {
  await ensureDropIn();
  bed = await openDeskBed();
  examples = (await (await fetch(new URL('examples.json', bed.sandbox.url))).json()) as Example[];
});
after(() => bed.stop());

/** What axe finds wrong by WCAG 2.2 A and AA. */
async function violations(page: Page): Promise<unknown[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(context: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

describe('every example', () => {
  it('is listed with its sources', async () => {
    assert.deepEqual(
      examples
        .map(({ name }) => name)
        .filter((name) => ['gallery', 'desk', 'customer', 'stories', 'lightning'].includes(name)),
      ['gallery', 'desk', 'customer', 'stories', 'lightning'],
    );
    for (const { name, files } of examples) {
      for (const file of files) {
        const response = await fetch(new URL(`source/${name}/${file}`, bed.sandbox.url));
        assert.equal(response.status, 200, `${name}/${file}`);
      }
    }
  });

  it('opens without a complaint, defines every element it shows, and is accessible', async () => {
    for (const { name } of examples.filter(({ name }) => name !== 'gallery')) {
      const path =
        name === 'customer' ? '/customer/?as=+14155550101' : name === 'lightning' ? lucysPage() : `/${name}/`;
      const page = await bed.open(path);
      await page.waitForLoadState('networkidle');
      const undefinedTags = await page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .map(({ localName }) => localName)
          .filter((tag) => tag.startsWith('ml-') && !customElements.get(tag)),
      );
      assert.deepEqual(undefinedTags, [], name);
      assert.deepEqual(await violations(page), [], name);
      assert.deepEqual(bed.complaints.splice(0), [], name);
      await page.context().close();
    }
  });

  it('is shown live in the gallery, with its source beside it', async () => {
    const page = await bed.open('/');
    await page.getByRole('link', { name: "Ann's desk" }).click();
    await page.frameLocator('#live').getByText('Recent calls').first().waitFor();
    await page.locator('#source').getByText('ml-workspace').first().waitFor();
    assert.deepEqual(bed.complaints.splice(0), []);
    await page.context().close();
  });
});

function lucysPage(): string {
  const lucy = bed.sandbox.org.rows('Contact').find((contact) => contact['LastName'] === 'Hall');
  return `/lightning/r/Contact/${String(lucy?.['Id'])}/view`;
}
