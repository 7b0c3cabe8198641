import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, type Verdict } from './judge.ts';
import { message, processorMs } from './memory-phone.node.test.ts';

function brief(verdict: Verdict): string {
  return verdict.action === 'refuse' ? String(verdict.status) : verdict.action;
}

/** What has been seen to break a phone, beside RFC 4475's list. */
const messages: readonly (readonly [name: string, expected: string, raw: string])[] = [
  ['an ordinary INVITE', 'pass', message()],
  ['an INVITE without a description', 'pass', message({ body: '' })],
  ['nothing', 'drop', ''],
  ['text that is no SIP', 'drop', 'hello\r\n\r\n'],
  ['an HTTP request', 'drop', 'GET / HTTP/1.1\r\nHost: desk.test\r\n\r\n'],
  ['lines ended by LF alone', 'drop', message().replaceAll('\r\n', '\n')],
  ['no end of the head', '400', message({ body: '' }).slice(0, -2)],
  ['a name that is no token', '400', message({ more: ['Bad Name: x'] })],
  ['a line without a colon', '400', message({ more: ['nothing here'] })],
  ['a lone LF inside a value', '400', message({ fields: { From: '"Lucy\nX-Evil: 1" <sip:l@caller.test>;tag=1' } })],
  ['a NUL inside a value', '400', message({ more: ['Subject: a\0b'] })],
  [
    'a broken ACK is not answered',
    'drop',
    message({ line: 'ACK sip:ann@desk.test SIP/2.0', fields: { CSeq: '7 INVITE' }, body: '' }),
  ],
  ['without Via there is no way back', 'drop', message({ fields: { Via: undefined } })],
  ['an INVITE without Contact', '400', message({ fields: { Contact: undefined } })],
  ['Contact *', '400', message({ fields: { Contact: '*' } })],
  ['two Replaces', '400', message({ more: ['Replaces: a;to-tag=1;from-tag=2', 'Replaces: b;to-tag=1;from-tag=2'] })],
  ['Replaces without tags', '400', message({ more: ['Replaces: a'] })],
  ['a good Replaces', 'pass', message({ more: ['Require: replaces', 'Replaces: a@b;to-tag=1;from-tag=2'] })],
  ['a body with no type', '400', message({ fields: { 'Content-Type': undefined } })],
  ['a compressed body', '415', message({ more: ['Content-Encoding: gzip'] })],
  [
    'an unknown Require on CANCEL is not looked at (RFC 3261 §8.2.2.3)',
    'pass',
    message({ line: 'CANCEL sip:ann@desk.test SIP/2.0', more: ['Require: foo'], body: '' }),
  ],
  ['a tel: address in From', 'pass', message({ fields: { From: '"Lucy" <tel:+14155550101>;tag=1' } })],
  [
    'a display name that was not UTF-8 still rings',
    'pass',
    message({ fields: { From: '"J\uFFFDrgen" <sip:j@caller.test>;tag=1' } }),
  ],
  ['not UTF-8 where only tokens may stand', '400', message({ fields: { CSeq: '7 INVITE\uFFFD' } })],
  [
    'a caller of 33,000 emoji',
    'pass',
    message({ fields: { From: `"${'📞'.repeat(33_000)}" <sip:l@caller.test>;tag=1` } }),
  ],
  ['a head beyond the limit', '513', message({ more: [`Subject: ${'x'.repeat(100_000)}`] })],
  ['a message beyond the limit', '513', message({ body: 'x'.repeat(300_000) })],
  ['a response of an unknown version', 'drop', message({ line: 'SIP/3.0 200 OK', body: '' })],
  ['a response without To', 'drop', message({ line: 'SIP/2.0 200 OK', fields: { To: undefined }, body: '' })],
];

describe('judge', () => {
  for (const [name, expected, raw] of messages) {
    it(name, () => assert.equal(brief(judge(raw)), expected));
  }

  it('names what it does not support, and what it would take instead', () => {
    const extension = judge(message({ more: ['Require: replaces, foo', 'Require: bar'] }));
    assert.deepEqual(extension.action === 'refuse' && extension.extraHeaders, ['Unsupported: foo, bar']);
    const type = judge(message({ fields: { 'Content-Type': 'text/html' } }));
    assert.deepEqual(type.action === 'refuse' && type.extraHeaders, ['Accept: application/sdp']);
  });

  it('takes milliseconds for 60 kB made to be slow', () => {
    const slow = [
      '"'.repeat(60_000),
      '<'.repeat(60_000),
      ' '.repeat(60_000),
      ';'.repeat(60_000),
      '\\'.repeat(60_000),
      'a '.repeat(30_000),
      ';a='.repeat(20_000),
      '"\\'.repeat(30_000),
      ',"<'.repeat(20_000),
      '\r\n '.repeat(20_000),
    ];
    for (const text of slow) {
      for (const field of ['From', 'To', 'Via', 'Contact', 'CSeq', 'Call-ID', 'Require', 'Replaces', 'Content-Type']) {
        const raw = message({ fields: { [field]: `x${text}x` } });
        const spent = Math.min(...[1, 2, 3].map(() => processorMs(() => judge(raw))));
        assert.ok(spent < 100, `${field} of ${text.slice(0, 6)}… took ${spent} ms`);
      }
    }
  });
});
