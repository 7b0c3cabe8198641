import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processorMs } from '../testing/processor-time.ts';
import { extractNumbers } from './extract-numbers.ts';

function found(text: string, country = 'US'): [string, string | undefined][] {
  return extractNumbers(text, { country }).map(({ start, end, number }) => [text.slice(start, end), number.e164]);
}

describe('extractNumbers', () => {
  it('finds numbers as people write them', () => {
    const cases: [string, string, string, string][] = [
      ['Call (415) 555-2671 today.', 'US', '(415) 555-2671', '+14155552671'],
      ['Call 415-555-2671, or write', 'US', '415-555-2671', '+14155552671'],
      ['at 415.555.2671.', 'US', '415.555.2671', '+14155552671'],
      ['(call 415 555 2671)', 'US', '415 555 2671', '+14155552671'],
      ['Tel:+14155552671', 'US', '+14155552671', '+14155552671'],
      ['4155552671', 'US', '4155552671', '+14155552671'],
      [' 4155552671\n', 'US', '4155552671', '+14155552671'],
      ['phone 4155552671 is new', 'US', '4155552671', '+14155552671'],
      ['reach us at +44 (0)20 7946 0105 now', 'US', '+44 (0)20 7946 0105', '+442079460105'],
      ['0044 20 7946 0105', 'US', '0044 20 7946 0105', '+442079460105'],
      ['London 020 7946 0105.', 'GB', '020 7946 0105', '+442079460105'],
      ['London (020) 7946 0105.', 'GB', '(020) 7946 0105', '+442079460105'],
      ['Paris 01 23 45 67 89', 'FR', '01 23 45 67 89', '+33123456789'],
      ['Büro 030/12345678 oder', 'DE', '030/12345678', '+493012345678'],
      ['Madrid 912 34 56 78 hoy', 'ES', '912 34 56 78', '+34912345678'],
      ['Main 415-555-2671 x12 (desk)', 'US', '415-555-2671 x12', '+14155552671'],
      ['Main 415-555-2671 ext. 12', 'US', '415-555-2671 ext. 12', '+14155552671'],
      ['415-555-2671 12 times', 'US', '415-555-2671', '+14155552671'],
      ['\u202a(415)\u00a0555\u20112671\u202c', 'US', '(415)\u00a0555\u20112671', '+14155552671'],
      ['اتصل +١٤١٥٥٥٥٢٦٧١', 'US', '+١٤١٥٥٥٥٢٦٧١', '+14155552671'],
    ];
    for (const [text, country, range, e164] of cases) assert.deepEqual(found(text, country), [[range, e164]], text);
  });

  it('finds several, in order, with their extensions', () => {
    const text = 'Office 415-555-2671 x9, cell +1 415 555 2672; fax (415) 555-2673 / 212-555-2674';
    assert.deepEqual(
      extractNumbers(text, { country: 'US' }).map(({ number }) => [number.e164, number.extension]),
      [
        ['+14155552671', '9'],
        ['+14155552672', undefined],
        ['+14155552673', undefined],
        ['+12125552674', undefined],
      ],
    );
  });

  it('leaves everything else alone', () => {
    const texts = [
      'on 2024-01-15 at 10:30', '15.01.2024', '01/15/2024', '2024/01/15 10:30:00', 'from 2019 to 2024', '1999-2004',
      '$1,234.56', '€ 1 234 567', '4155552671 $', 'USD 415.555.2671$', '1,234,567,890', '10 000 000 000', '99.95', '50%',
      'order 4155552671', 'id 0123456789', 'ABC-415-555-2671', '415-555-2671-99', 'SN415-555-2671', 'v1.2.3.4', 'a1b2c3d4-1234-5678-9012-123456789012',
      '192.168.100.200', '10.0.0.1:5060', '255.255.255.255', 'https://x.test/415-555-2671', 'https://x.test/?t=415-555-2671', '415-555-2671@x.test',
      '4111 1111 1111 1111', '123-45-6789', '978-3-16-148410-0', '123-456-7890', '415-055-2671', '#4155552671', '00300000003TxyzAAA', '5003000000D8cuI',
      'x=4155552671', '+1', '+', '911', '1001', '3.14159265358979', '12:34:56', '1 2 3 4 5 6 7 8 9 0', '10:415-555-2671', '',
    ]; // prettier-ignore
    for (const text of texts) assert.deepEqual(found(text), [], text);
    const german = [
      '15.01.2024',
      'am 01.02.2024 um 12',
      '1.234.567,89 €',
      '12345678',
      'Nr. 2024 1234 5678',
      '192.168.100.200',
      '01.01.24',
      '0,99',
    ];
    for (const text of german) assert.deepEqual(found(text, 'DE'), [], text);
    for (const text of ['12 345 678', '912345678 pcs', '2024 01 15']) assert.deepEqual(found(text, 'ES'), [], text);
  });

  it('stays linear over hostile text', () => {
    const parts = [
      '1',
      '1 ',
      '1-',
      '(',
      '+',
      '+1',
      '(1',
      '1.1.',
      '415-555-2671 ',
      '٠',
      '\u200f',
      '0 ',
      '1)(',
      '00',
      '#1',
    ];
    const spent = processorMs(() => {
      for (const part of parts) extractNumbers(part.repeat(40_000 / part.length), { country: 'US' });
    });
    assert.ok(spent < 2000, `${spent} ms`);
  });

  it('answers a long list of numbers with every one', () => {
    const text = Array.from({ length: 2000 }, (_, index) => `415-555-${2000 + index}`).join('\n');
    assert.equal(extractNumbers(text, { country: 'US' }).length, 2000);
  });
});
