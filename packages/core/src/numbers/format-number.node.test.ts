import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatE164, formatNumber } from './format-number.ts';
import { loadNumberMetadata, numberValidity } from './number-metadata.ts';
import { parseNumber } from './phone-number.ts';

const us = { country: 'US' };

/** Numbers whose format the table knows, with the countries they are shown in. */
const SAMPLES = [
  '+14155550101', '+16045550101', '+442079460105', '+447400123456', '+441212345678', '+441632960961', '+448001234567',
  '+33123456789', '+33612345678', '+33800123456', '+493012345678', '+4915123456789', '+4917612345678', '+34912345678', '+34612345678', '+34900123456',
  '+390612345678', '+393123456789', '+31201234567', '+31612345678', '+41446681800', '+41791234567', '+3221234567', '+32470123456',
  '+4532123456', '+4722123456', '+48123456789', '+48512345678', '+351211234567', '+351912345678', '+35312345678', '+353851234567', '+302123456789',
  '+306912345678', '+525512345678', '+522221234567', '+5511961234567', '+551123456789', '+61212345678', '+61412345678', '+6432345678', '+6561234567',
  '+79123456789', '+81312345678', '+819012345678', '+82212345678', '+821012345678', '+85221234567', '+8613123456789', '+862123456789', '+918123456789',
]; // prettier-ignore
const HOMES = ['US', 'GB', 'FR', 'DE', 'ES', 'IT', 'NL', 'CH', 'BE', 'DK', 'NO', 'PL', 'PT', 'IE', 'GR', 'MX', 'BR', 'AU', 'NZ', 'SG', 'RU', 'JP', 'KR', 'HK', 'CN', 'IN']; // prettier-ignore

function all(): string[] {
  return SAMPLES.flatMap((number) => HOMES.map((country) => `${country} ${formatNumber(number, { country }).text}`));
}

describe('formatNumber', () => {
  it('shows the own country nationally and all others internationally, without the metadata', () => {
    assert.equal(numberValidity('+14155550101'), 'unknown');
    assert.equal(formatNumber('+14155550101', us).text, '(415) 555-0101');
    assert.equal(formatNumber('+14155550101', { country: 'DE' }).text, '+1 415 555 0101');
    assert.equal(formatNumber('+442079460105', us).text, '+44 20 7946 0105');
    assert.equal(formatNumber('+442079460105', { country: 'gb' }).text, '020 7946 0105');
    assert.equal(formatNumber('+35312345678', { country: 'IE' }).text, '(01) 234 5678');
    assert.equal(formatNumber('+2348031234567', us).text, '+234 803 123 4567');
    assert.equal(formatNumber('+2348031234567', { country: 'NG' }).text, '0803 123 4567');
    assert.equal(formatNumber('+80012345678', us).text, '+800 1234 5678');
  });

  it('gives the extension apart, to be muted', () => {
    assert.deepEqual(formatNumber('415.555.0101 ext 12', us), {
      number: '(415) 555-0101',
      extension: 'x12',
      text: '(415) 555-0101 x12',
    });
    assert.deepEqual(formatNumber('+14155550101', us), { number: '(415) 555-0101', text: '(415) 555-0101' });
  });

  it('shows everything else as it is dialed, and never throws', () => {
    assert.equal(formatNumber('1001', us).text, '1001');
    assert.equal(formatNumber('911', us).text, '911');
    assert.equal(formatNumber('*97', us).text, '*97');
    assert.equal(formatNumber('sip:ann@sandbox.test', us).text, 'sip:ann@sandbox.test');
    assert.equal(formatNumber('sip:+14155550101@sandbox.test', us).text, '(415) 555-0101');
    assert.equal(formatNumber(parseNumber('4155550101', us) as never, us).text, '(415) 555-0101');
    assert.equal(formatNumber('\u202eAnonymous\u202c', us).text, 'Anonymous');
    assert.equal(formatNumber('', us).text, '');
    assert.equal(formatNumber('9'.repeat(40_000), us).text.length, 256);
  });

  it('writes E.164', () => {
    assert.equal(formatE164('(415) 555-0101 x12', us), '+14155550101');
    assert.equal(formatE164('1001', us), undefined);
    assert.equal(formatE164('Lucy', us), undefined);
  });
});

describe('loadNumberMetadata', () => {
  it('changes no format that the table knows', async () => {
    const before = all();
    await loadNumberMetadata();
    assert.deepEqual(all(), before);
  });

  it('makes the rest exact: formats, validity, numbers the table leaves open', async () => {
    await Promise.all([loadNumberMetadata(), loadNumberMetadata()]);
    assert.equal(formatNumber('+43512345678', us).text, '+43 512 345678');
    assert.equal(numberValidity('+14155550101'), 'valid');
    assert.equal(numberValidity('+11115550101'), 'invalid');
    const monaco = parseNumber('31 51 21 89', { country: 'MC' });
    assert.equal(monaco.error ?? monaco.e164, '+37731512189');
    const local = parseNumber('555-0101', us);
    assert.equal(local.error ?? local.kind, 'local');
  });
});
