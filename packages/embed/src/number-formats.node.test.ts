import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parsePhoneNumberFromString, type MetadataJson } from 'libphonenumber-js/core';
import full from 'libphonenumber-js/min/metadata';
import { rollup, type Plugin } from 'rollup';
import { todaysLanguage, wholeNumbersOnly } from '../rollup/slim.mjs';

describe('the metadata of the drop-in', () => {
  it('formats and judges as all of it does', () => {
    const slim = wholeNumbersOnly(structuredClone(full));
    assert.ok(JSON.stringify(slim).length < JSON.stringify(full).length * 0.95);
    for (const number of numbers()) assert.deepEqual(read(number, slim), read(number, full), number);
  });
});

describe('the number parser of the drop-in', () => {
  it('reads as the library does', async () => {
    const all = await bundled();
    const slim = await bundled(todaysLanguage());
    assert.ok(slim.length < all.length * 0.9, `${String(slim.length)} of ${String(all.length)}`);
    assert.ok(!slim.includes('@@iterator'));
    const { parsePhoneNumberFromString: parse } = (await import(
      `data:text/javascript,${encodeURIComponent(slim)}`
    )) as { parsePhoneNumberFromString: typeof parsePhoneNumberFromString };
    for (const number of numbers()) assert.deepEqual(read(number, full, parse), read(number, full), number);
    for (const text of ['', '+', '112', 'tel:+1-415-555-0101;ext=7', '(415) 555-0101 x12', '+999 1', 'x'.repeat(300)])
      assert.deepEqual(read(text, full, parse), read(text, full), text);
  });
});

/** The library in one piece. */
async function bundled(...plugins: Plugin[]): Promise<string> {
  const input = fileURLToPath(import.meta.resolve('libphonenumber-js/core'));
  const bundle = await rollup({ input, plugins });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

/** What is asked of a number. */
function read(number: string, metadata: MetadataJson, parse = parsePhoneNumberFromString): unknown {
  const found = parse(number, metadata);
  return found && [found.country, found.isValid(), found.formatNational(), found.formatInternational()];
}

/** An example number of each country with each of its digits changed, one after the other: most leading digits there are. */
function* numbers(): Generator<string> {
  const require = createRequire(import.meta.url) as (id: string) => unknown;
  const examples = require('libphonenumber-js/examples.mobile.json') as Record<string, string>;
  for (const [country, example] of Object.entries(examples)) {
    const [code] = (full.countries as Readonly<Record<string, readonly unknown[]>>)[country] ?? [];
    if (code === undefined) continue;
    for (let place = 0; place < Math.min(5, example.length); place++) {
      for (let digit = 0; digit < 10; digit++) {
        yield `+${String(code)}${example.slice(0, place)}${String(digit)}${example.slice(place + 1)}`;
      }
    }
  }
}
