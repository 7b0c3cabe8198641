import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { parsePhoneNumberFromString, type MetadataJson } from 'libphonenumber-js/core';
import full from 'libphonenumber-js/min/metadata';
import { wholeNumbersOnly } from '../rollup/slim.mjs';

describe('the metadata of the drop-in', () => {
  it('formats and judges as all of it does', () => {
    const slim = wholeNumbersOnly(structuredClone(full));
    assert.ok(JSON.stringify(slim).length < JSON.stringify(full).length * 0.95);
    for (const number of numbers()) assert.deepEqual(read(number, slim), read(number, full), number);
  });
});

/** What is asked of a number. */
function read(number: string, metadata: MetadataJson): unknown {
  const found = parsePhoneNumberFromString(number, metadata);
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
