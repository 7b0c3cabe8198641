import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processorMs } from '../testing/processor-time.ts';
import { parseNumber, type NumberContext, type PhoneNumber } from './phone-number.ts';

const us: NumberContext = { country: 'US' };

function understood(text: string, context: NumberContext = us): PhoneNumber {
  const number = parseNumber(text, context);
  if (number.error) assert.fail(`${JSON.stringify(text)}: ${number.error}`);
  return number;
}

function refused(text: string, context: NumberContext = us): string | undefined {
  return parseNumber(text, context).error;
}

describe('parseNumber', () => {
  it('reads North American numbers in every spelling', () => {
    const spellings = [
      '+14155550101', '14155550101', '4155550101', '(415) 555-0101', '415.555.0101', '415-555-0101', '+1 (415) 555-0101',
      '1-415-555-0101', '011 1 415 555 0101', '001 415 555 0101', ' 415/555/0101 ', '[415] 555~0101', '(+1) 415 555 0101',
      'Tel: 415-555-0101', 'mobile 415 555 0101', '415 555 0101 (home)', '415-555-0101 / 415-555-0199', '+1 415 555 0101 +1 212 555 0102',
    ]; // prettier-ignore
    for (const text of spellings) assert.equal(understood(text).e164, '+14155550101', text);
  });

  it('says what is known of it', () => {
    assert.deepEqual(understood('(415) 555-0101 x12'), {
      kind: 'e164',
      e164: '+14155550101',
      digits: '4155550101',
      callingCode: '1',
      region: 'US',
      extension: '12',
    });
    assert.equal(understood('+1 604 555 0101').region, 'CA');
    assert.equal(understood('+1 876 555 0101').region, 'JM');
    assert.equal(understood('+7 701 123 4567').region, 'KZ');
    assert.equal(understood('+44 1481 960194').region, 'GG');
    assert.equal(understood('+800 1234 5678').region, undefined);
  });

  it('reads foreign numbers with what people leave in', () => {
    const cases: [string, string, string][] = [
      ['+44 (0)20 7946 0105', 'US', '+442079460105'],
      ['0044 (0) 20 7946 0105', 'DE', '+442079460105'],
      ['020 7946 0105', 'GB', '+442079460105'],
      ['2079460105', 'GB', '+442079460105'],
      ['44 20 7946 0105', 'US', '+442079460105'],
      ['030/1234567', 'DE', '+49301234567'],
      ['49 30 12345678', 'DE', '+493012345678'],
      ['06 1234 5678', 'IT', '+390612345678'],
      ['391 234 5678', 'IT', '+393912345678'],
      ['8 (912) 345-67-89', 'RU', '+79123456789'],
      ['810 44 20 7946 0105', 'RU', '+442079460105'],
      ['06 1 234 5678', 'HU', '+3612345678'],
      ['011 15-2345-6789', 'AR', '+5491123456789'],
      ['0341 15 234 5678', 'AR', '+5493412345678'],
      ['0 15 11 96123 4567', 'BR', '+5511961234567'],
      ['(55) 99123-4567', 'BR', '+5555991234567'],
      ['044 55 1234 5678', 'MX', '+525512345678'],
      ['+52 1 55 1234 5678', 'US', '+525512345678'],
      ['0011 1 415 555 0101', 'AU', '+14155550101'],
      ['8 612 34567', 'LT', '+37061234567'],
      ['8 029 491 19 11', 'BY', '+375294911911'],
      ['91 98765 43210', 'IN', '+919876543210'],
    ];
    for (const [text, country, e164] of cases) assert.equal(understood(text, { country }).e164, e164, text);
  });

  it('reads digits of other scripts and widths, and ignores invisible marks', () => {
    for (const text of [
      '\u202a+1 415 555 0101\u202c',
      '\u200e(415)\u00a0555\u20110101\u200f',
      '\u2068\u200b4155550101\ufeff\u2069',
      '＋１（４１５）５５５−０１０１',
      '+١٤١٥٥٥٥٠١٠١',
      '+۱ ۴۱۵ ۵۵۵ ۰۱۰۱',
      '४१५५५५०१०१',
      '𝟒𝟏𝟓-𝟓𝟓𝟓-𝟎𝟏𝟎𝟏',
      '415\u2013555\u20140101',
      '415\t555\n0101',
    ])
      assert.equal(understood(text).e164, '+14155550101', JSON.stringify(text));
  });

  it('reads extensions', () => {
    for (const tail of [
      'x12',
      ' x 12',
      ' ext. 12',
      ' ext 12',
      ' Extension: 12',
      ' #12',
      ',12',
      ';12',
      ',,12#',
      ' (ext 12)',
      ';ext=12',
      ' доб. 12',
      ' poste 12',
      ' Durchwahl 12',
      ' X12 front desk',
    ]) {
      // prettier-ignore
      const number = understood(`415-555-0101${tail}`);
      assert.equal(number.e164, '+14155550101', tail);
      assert.equal(number.extension, '12', tail);
    }
    assert.equal(understood('415-555-0101 x').extension, undefined);
    assert.equal(understood('415-555-0101 x123456789').extension, undefined);
  });

  it('leaves internal numbers, codes and short numbers as they are', () => {
    assert.deepEqual(understood('1001'), { kind: 'extension', digits: '1001' });
    assert.deepEqual(understood('ext. 1001'), { kind: 'extension', digits: '1001' });
    assert.deepEqual(understood('0'), { kind: 'extension', digits: '0' });
    assert.deepEqual(understood('123456'), { kind: 'extension', digits: '123456' });
    assert.deepEqual(understood('*97'), { kind: 'local', digits: '*97' });
    assert.deepEqual(understood('#31#4155550101'), { kind: 'local', digits: '#31#4155550101' });
    assert.deepEqual(understood('555-0101'), { kind: 'local', digits: '5550101' });
    assert.equal(understood('7001234', { country: 'US', extensionDigits: 7 }).kind, 'extension');
    assert.equal(understood('12345', { country: 'US', extensionDigits: 4 }).kind, 'local');
    assert.equal(understood('211234', { country: 'FO' }).e164, '+298211234');
    assert.equal(understood('211234', { country: 'FO', extensionDigits: 6 }).kind, 'extension');
  });

  it('knows emergency numbers by country', () => {
    for (const [digits, country] of [
      ['911', 'US'],
      ['112', 'US'],
      ['112', 'DE'],
      ['999', 'GB'],
      ['000', 'AU'],
      ['110', 'DE'],
      ['111', 'NZ'],
      ['119', 'JP'],
      ['15', 'FR'],
      ['10111', 'ZA'],
      ['911', 'ZZ'],
    ] as const)
      // prettier-ignore
      assert.deepEqual(understood(digits, { country }), { kind: 'emergency', digits }, `${digits} ${country}`);
    assert.equal(understood('tel:911').kind, 'emergency');
    assert.equal(understood('tel:911;phone-context=+1').kind, 'emergency');
    assert.equal(understood('9-1-1').kind, 'emergency');
    assert.equal(understood('\u200f911').kind, 'emergency');
    assert.equal(understood('999').kind, 'extension');
    assert.equal(understood('9911').kind, 'extension');
  });

  it('reads tel: addresses (RFC 3966)', () => {
    assert.equal(understood('tel:+1-415-555-0101').e164, '+14155550101');
    assert.equal(understood('TEL:+14155550101;ext=12').extension, '12');
    assert.equal(understood('tel:+1%20415%20555%200101').e164, '+14155550101');
    assert.equal(understood('tel:555-0101;phone-context=+1-415').e164, '+14155550101');
    assert.deepEqual(understood('tel:7042;phone-context=example.com'), { kind: 'extension', digits: '7042' });
    assert.equal(understood('callto:+442079460105').e164, '+442079460105');
    assert.equal(refused('tel:'), 'empty');
    assert.equal(refused('tel:%E0%A4%A'), 'not-a-number');
  });

  it('reads sip: addresses and keeps them', () => {
    const uri = 'sip:+14155550101@pbx.example.com;user=phone';
    assert.deepEqual(understood(uri), { ...understood('+14155550101'), uri });
    assert.equal(understood('SIPS:+14155550101;ext=12@pbx.example.com').extension, '12');
    assert.equal(understood('sip:4155550101@10.0.0.1:5060').e164, '+14155550101');
    assert.deepEqual(understood('sip:1001@sandbox.test'), {
      kind: 'extension',
      digits: '1001',
      uri: 'sip:1001@sandbox.test',
    });
    assert.deepEqual(understood('sip:ann@sandbox.test'), { kind: 'sip', digits: 'ann', uri: 'sip:ann@sandbox.test' });
    assert.deepEqual(understood('sip:sandbox.test'), { kind: 'sip', digits: '', uri: 'sip:sandbox.test' });
    assert.equal(understood('sip:ann:secret@sandbox.test').digits, 'ann');
  });

  it('refuses sip: addresses that could break out of a header', () => {
    for (const text of [
      'sip:',
      'sip:ann@',
      'sip:ann@host>;tag=1',
      'sip:a b@host',
      'sip:ann@host\r\nVia: x',
      'sip:"x"@host',
    ])
      assert.equal(refused(text), 'not-a-number', JSON.stringify(text));
  });

  it('refuses what is no number, and says why', () => {
    for (const text of ['', ' ', '\u200e\u202c', '\t\n', ' '.repeat(1000)])
      assert.equal(refused(text), 'empty', JSON.stringify(text));
    for (const text of [
      'Lucy Hall',
      'x',
      '+',
      '()',
      '---',
      'Bob 2',
      '12 Main St',
      '$4155550101',
      '4155550101abc',
      'a4155550101@example.com',
      '41a5550101',
      '<b>1</b>',
      '5%',
      '😀',
    ])
      // prettier-ignore
      assert.equal(refused(text), 'not-a-number', text);
    assert.equal(refused('1'.repeat(40)), 'too-long');
    assert.equal(refused(`+${'1'.repeat(40)}`), 'too-long');
    assert.equal(refused('+1 415 555 01011'), 'too-long');
    assert.equal(refused('1'.repeat(40_000)), 'too-long');
    assert.equal(refused('+1415'), 'too-short');
    assert.equal(refused('+44 20'), 'too-short');
    assert.equal(refused('+999 123 456 789'), 'unknown-calling-code');
  });

  it('reads national forms only where it knows the country', () => {
    assert.equal(understood('+442079460105', { country: 'ZZ' }).e164, '+442079460105');
    assert.equal(understood('0044 20 7946 0105', { country: '' }).e164, '+442079460105');
    assert.equal(understood('4155550101', { country: 'ZZ' }).kind, 'local');
    assert.equal(understood('4155550101', { country: 'us' }).e164, '+14155550101');
  });

  it('never takes long over hostile text', () => {
    const texts = [
      ' ',
      '+',
      '(',
      '-',
      '1 ',
      '(1',
      '1x',
      '#',
      ';',
      ',',
      'x',
      '\u200f',
      'tel:',
      'sip:1',
      '１',
      '1/',
      '%',
    ].flatMap((part) => [
      part.repeat(40_000 / part.length),
      part.repeat(250 / part.length),
      `415-555-0101${part.repeat(200 / part.length)}!`,
    ]);
    const all = (): void => texts.forEach((text) => parseNumber(text, us));
    const spent = Math.min(...[1, 2, 3].map(() => processorMs(all)));
    assert.ok(spent < 250, `${spent} ms`);
  });
});
