import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getExampleNumber, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { numberKey, sameNumber } from './number-key.ts';
import { parseNumber } from './phone-number.ts';

const us = { country: 'US' };

describe('numberKey', () => {
  it('is right for every example number in E.164, national, international and 00 form', () => {
    const regions = Object.keys(examples) as CountryCode[];
    assert.ok(regions.length > 240);
    for (const country of regions) {
      const example = getExampleNumber(country, examples, metadata);
      assert.ok(example, country);
      const e164: string = example.number;
      for (const form of [e164, example.formatNational(), example.formatInternational(), `00${e164.slice(1)}`]) {
        const number = parseNumber(form, { country });
        assert.equal(number.error ?? number.e164, e164, `${country}: ${form}`);
        assert.equal(numberKey(form, { country }), e164, `${country}: ${form}`);
      }
      for (const elsewhere of ['US', 'GB', 'DE', 'IT', 'JP', 'RU', 'FO'])
        for (const form of [e164, example.formatInternational()])
          assert.equal(numberKey(form, { country: elsewhere }), e164, `${elsewhere}: ${form}`);
    }
  });

  it('is the same for every spelling a CRM stores, and another for every other number', () => {
    const spell = [
      (d: string) => `(${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}`,
      (d: string) => d,
      (d: string) => `1${d}`,
      (d: string) => `+1${d}`,
      (d: string) => `${d.slice(0, 3)}.${d.slice(3, 6)}.${d.slice(6)} x12`,
      (d: string) => `1-${d.slice(0, 3)}-${d.slice(3, 6)}-${d.slice(6)} ext. 4`,
      (d: string) => `\u202a+1 ${d.slice(0, 3)} ${d.slice(3, 6)} ${d.slice(6)}\u202c`,
      (d: string) => `Mobile: ${d.slice(0, 3)}-${d.slice(3)}`,
      (d: string) => `011 1 ${d}`,
      (d: string) => `tel:+1-${d};ext=9`,
    ];
    const seen = new Set<string>();
    for (let index = 0; index < 1000; index++) {
      const digits = `${200 + ((index * 7) % 800)}${2_000_000 + index * 7919}`;
      const e164 = `+1${digits}`;
      for (const form of spell) assert.equal(numberKey(form(digits), us), e164, form(digits));
      seen.add(e164);
    }
    assert.equal(seen.size, 1000);
  });

  it('has none for a text that is no number', () => {
    for (const text of ['', 'n/a', 'unknown', '1'.repeat(40)]) assert.equal(numberKey(text, us), undefined, text);
  });

  it('keeps internal numbers and addresses apart from subscribers', () => {
    assert.equal(numberKey('1001', us), '1001');
    assert.equal(numberKey('sip:ann@sandbox.test', us), 'sip:ann@sandbox.test');
    assert.equal(numberKey('sip:+14155550101@sandbox.test', us), '+14155550101');
    assert.equal(numberKey('41555501010', { country: 'US', extensionDigits: 11 }), '41555501010');
  });

  it('agrees with the library on what it is sure of', () => {
    for (const [text, country] of [
      ['020 7946 0105', 'GB'],
      ['079 123 45 67', 'CH'],
      ['912 345 678', 'ES'],
      ['(11) 96123-4567', 'BR'],
      ['03-1234-5678', 'JP'],
    ] as const)
      // prettier-ignore
      assert.equal(numberKey(text, { country }), parsePhoneNumberFromString(text, country, metadata)?.number);
  });
});

describe('sameNumber', () => {
  it('compares by who is called', () => {
    assert.ok(sameNumber('(415) 555-0101', '+14155550101', us));
    assert.ok(sameNumber('415-555-0101 x12', '+14155550101', us));
    assert.ok(sameNumber('415-555-0101 x12', '4155550101,12', us));
    assert.ok(!sameNumber('415-555-0101 x12', '415-555-0101 x13', us));
    assert.ok(!sameNumber('415-555-0101', '415-555-0102', us));
    assert.ok(!sameNumber('0101', '+14155550101', us));
    assert.ok(!sameNumber('', '', us));
    assert.ok(!sameNumber('n/a', 'n/a', us));
  });
});
