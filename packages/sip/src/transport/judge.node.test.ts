import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, type Verdict } from './judge.ts';

const sdp = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49152 RTP/AVP 0\r\n';

interface Parts {
  line?: string;
  /** Replaces or, with undefined, leaves out a field of the ordinary message. */
  fields?: Record<string, string | undefined>;
  /** Whole lines after the others. */
  more?: string[];
  body?: string;
}

/** An ordinary INVITE of our own, changed as a test needs it. */
function message({
  line = 'INVITE sip:ann@desk.test SIP/2.0',
  fields = {},
  more = [],
  body = sdp,
}: Parts = {}): string {
  const method = line.split(' ')[0] ?? '';
  const all: Record<string, string | undefined> = {
    Via: 'SIP/2.0/WS edge.test;branch=z9hG4bK-ours-1',
    'Max-Forwards': '68',
    From: '"Lucy Hall" <sip:+14155550101@caller.test>;tag=lucy1',
    To: '<sip:ann@desk.test>',
    'Call-ID': 'one@caller.test',
    CSeq: `7 ${method.startsWith('SIP/') ? 'INVITE' : method}`,
    Contact: '<sip:lucy@192.0.2.7;transport=ws>',
    'Content-Type': body ? 'application/sdp' : undefined,
    'Content-Length': String(Buffer.byteLength(body)),
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines, ...more].join('\r\n')}\r\n\r\n${body}`;
}

const response = (line: string, parts: Parts = {}): string => message({ line, body: '', ...parts });

function brief(verdict: Verdict): string {
  return verdict.action === 'refuse' ? String(verdict.status) : verdict.action;
}

/** After the descriptions of RFC 4475 §3, in its order and with its names; the texts are ours. */
const torture: readonly (readonly [name: string, expected: string, raw: string])[] = [
  [
    '3.1.1.1 wsinv: white space, folds and compact forms wherever they may be',
    'pass',
    [
      'INVITE sip:vivek@desk.test;unknownparam SIP/2.0',
      'TO :',
      ' sip:vivek@desk.test ;   tag    = 98asjd',
      'from   : "Quoted \\"string\\" \\\\" <sip:j@caller.test>',
      '  ;',
      '  tag = fold1',
      'MaX-fOrWaRdS: 0068',
      'Call-ID: wsinv.1@caller.test',
      'Content-Length   : 0',
      'cseq: 0009',
      '  INVITE',
      'Via  : SIP  /   2.0',
      ' /UDP',
      '    192.0.2.2;branch=z9hG4bK39a',
      's :',
      'NewFangledHeader:   anything',
      ' over more lines',
      'UnknownHeaderWithUnusualValue: ;;,,;;,;',
      'v:  SIP  / 2.0  / TCP     spindle.test   ; branch = z9hG4bK9k , SIP  / 2.0 / UDP 192.0.2.3 ; branch= z9hG4bK3',
      'm:"Quoted string \\"\\"" <sip:j@192.0.2.2> ; newparam = newvalue ; secondparam ; q = 0.33',
      '',
      '',
    ].join('\r\n'),
  ],
  [
    '3.1.1.2 intmeth: every character a token, a URI and a name may have',
    'pass',
    message({
      line: "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@desk.test SIP/2.0".replace(
        '?',
        '%3F',
      ),
      fields: {
        From: '"Ж 💡 \\"and\\" <" <sip:mundane@caller.test>;fromParam\'\'~+*_!.-%="работа";tag=_t%!.-',
        'Call-ID': 'w%ZK-!.*_+\'@w`~)(><:\\/"[]?}{',
      },
      body: '',
    }),
  ],
  [
    '3.1.1.3 esc01: escapes that stand for characters',
    'pass',
    message({ line: 'INVITE sip:sips%3Auser%40desk.test@desk.test SIP/2.0' }),
  ],
  [
    '3.1.1.4 escnull: an escaped NUL',
    'pass',
    message({ line: 'REGISTER sip:desk.test SIP/2.0', fields: { To: 'sip:null-%00-null@desk.test' }, body: '' }),
  ],
  [
    '3.1.1.5 esc02: a percent sign that is no escape in a method',
    'pass',
    message({ line: 'RE%47IST%45R sip:desk.test SIP/2.0', body: '' }),
  ],
  [
    '3.1.1.6 lwsdisp: no space between display name and bracket',
    'pass',
    message({ fields: { From: 'caller<sip:caller@caller.test>;tag=3' } }),
  ],
  [
    '3.1.1.7 longreq: very long values',
    'pass',
    message({
      fields: {
        From: `"${'I have a very long name '.repeat(200)}" <sip:${'x'.repeat(3000)}@caller.test>;tag=${'9'.repeat(500)}`,
        Subject: 'z'.repeat(4000),
      },
    }),
  ],
  ['3.1.1.8 dblreq: more octets after the body', 'pass', message({ body: '', more: [] }) + message()],
  [
    '3.1.1.9 semiuri: semicolons in the user part',
    'pass',
    message({ line: 'OPTIONS sip:user;par=u%40caller.test@desk.test SIP/2.0', body: '' }),
  ],
  [
    '3.1.1.10 transports: Via of every transport, an unknown one too',
    'pass',
    message({
      line: 'OPTIONS sip:ann@desk.test SIP/2.0',
      more: ['Via: SIP/2.0/SCTP t2.test;branch=z9hG4bK2', 'Via: SIP/2.0/UNKNOWN t3.test;branch=z9hG4bK3'],
      body: '',
    }),
  ],
  [
    '3.1.1.11 mpart01: a MESSAGE of several parts',
    'pass',
    message({
      line: 'MESSAGE sip:ann@desk.test SIP/2.0',
      fields: { 'Content-Type': 'multipart/mixed;boundary=7a9' },
      body: '--7a9\r\n\r\nhi\r\n--7a9--',
    }),
  ],
  [
    '3.1.1.12 unreason: a reason phrase beyond ASCII',
    'pass',
    response('SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять'),
  ],
  ['3.1.1.13 noreason: an empty reason phrase', 'pass', response('SIP/2.0 100 ')],
  [
    '3.1.2.1 badinv01: separators where a parameter should be',
    '400',
    message({ fields: { Contact: '"Joe" <sip:joe@caller.test>;;;;' } }),
  ],
  ['3.1.2.2 clerr: Content-Length larger than the message', '400', message({ fields: { 'Content-Length': '9999' } })],
  ['3.1.2.3 ncl: Content-Length below zero', '400', message({ fields: { 'Content-Length': '-999' } })],
  [
    '3.1.2.4 scalar02: numbers beyond their fields in a request',
    '400',
    message({ fields: { CSeq: '36893488147419103232 INVITE', 'Max-Forwards': '300' } }),
  ],
  [
    '3.1.2.5 scalarlg: numbers beyond their fields in a response',
    'drop',
    response('SIP/2.0 503 Service Unavailable', { fields: { CSeq: '9292394834772304023312 OPTIONS' } }),
  ],
  [
    '3.1.2.6 quotbal: a quote that is never closed',
    '400',
    message({ fields: { To: '"Mr. J. User <sip:j.user@desk.test>' } }),
  ],
  ['3.1.2.7 ltgtruri: brackets around the Request-URI', '400', message({ line: 'INVITE <sip:ann@desk.test> SIP/2.0' })],
  ['3.1.2.8 lwsruri: white space in the Request-URI', '400', message({ line: 'INVITE sip:ann@desk.test; lr SIP/2.0' })],
  [
    '3.1.2.9 lwsstart: several spaces in the start line',
    '400',
    message({ line: 'INVITE  sip:ann@desk.test  SIP/2.0' }),
  ],
  [
    '3.1.2.10 trws: spaces after the version',
    '400',
    message({ line: 'OPTIONS sip:ann@desk.test SIP/2.0  ', body: '' }),
  ],
  [
    '3.1.2.11 escruri: headers in the Request-URI',
    '400',
    message({ line: 'INVITE sip:ann@desk.test?Route=%3Csip:x.test%3E SIP/2.0' }),
  ],
  [
    '3.1.2.12 baddate: a time zone that SIP does not know',
    'pass',
    message({ more: ['Date: Fri, 01 Jan 2010 16:00:00 EST'] }),
  ],
  [
    '3.1.2.13 regbadct: a contact that needs brackets',
    '400',
    message({ fields: { Contact: 'sip:user@caller.test?Route=%3Csip:x.test%3E' } }),
  ],
  [
    '3.1.2.14 badaspec: spaces inside an address',
    '400',
    message({ fields: { To: '"Watson, Thomas" < sip:t.watson@desk.test >' } }),
  ],
  [
    '3.1.2.15 baddn: a display name with a comma and no quotes',
    '400',
    message({ fields: { From: 'Bell, Alexander <sip:a.g.bell@caller.test>;tag=43' } }),
  ],
  [
    '3.1.2.16 badvers: a version of the future',
    '505',
    message({
      line: 'OPTIONS sip:ann@desk.test SIP/7.0',
      fields: { Via: 'SIP/7.0/WS edge.test;branch=z9hG4bK-7' },
      body: '',
    }),
  ],
  [
    '3.1.2.17 mismatch01: method and CSeq differ',
    '400',
    message({ line: 'OPTIONS sip:ann@desk.test SIP/2.0', fields: { CSeq: '8 INVITE' }, body: '' }),
  ],
  [
    '3.1.2.18 mismatch02: an unknown method and CSeq differ',
    '400',
    message({ line: 'NEWMETHOD sip:ann@desk.test SIP/2.0', fields: { CSeq: '8 INVITE' }, body: '' }),
  ],
  ['3.1.2.19 bigcode: a status of ten digits', 'drop', response('SIP/2.0 4294967301 better not break the receiver')],
  [
    '3.2.1 badbranch: a branch that is only the cookie',
    '400',
    message({ fields: { Via: 'SIP/2.0/WS edge.test;branch=z9hG4bK' } }),
  ],
  [
    '3.3.1 insuf: no Call-ID, From and To',
    '400',
    message({ fields: { 'Call-ID': undefined, From: undefined, To: undefined } }),
  ],
  [
    '3.3.2 unkscm: a scheme nobody knows',
    '416',
    message({ line: 'OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0', body: '' }),
  ],
  [
    '3.3.3 novelsc: a scheme that is known and not for SIP',
    '416',
    message({ line: 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0', body: '' }),
  ],
  [
    '3.3.4 unksm2: unknown schemes in From and To',
    'pass',
    message({
      line: 'REGISTER sip:desk.test SIP/2.0',
      fields: { To: 'isbn:2983792873', From: '<http://www.caller.test>;tag=3' },
      body: '',
    }),
  ],
  [
    '3.3.5 bext01: extensions nobody has',
    '420',
    message({
      line: 'OPTIONS sip:ann@desk.test SIP/2.0',
      more: ['Require: nothingSupportsThis, nothingSupportsThisEither'],
      body: '',
    }),
  ],
  [
    '3.3.6 invut: a body of unknown type',
    '415',
    message({ fields: { 'Content-Type': 'application/unknownformat' }, body: '<audio/>' }),
  ],
  [
    '3.3.7 regaut01: an unknown way of signing in',
    'pass',
    message({
      line: 'REGISTER sip:desk.test SIP/2.0',
      more: ['Authorization: NoOneKnowsThisScheme opaque-data=here'],
      body: '',
    }),
  ],
  [
    '3.3.8 multi01: what may be there once, twice',
    '400',
    message({
      more: [
        'To: <sip:bob@desk.test>',
        'From: <sip:x@caller.test>;tag=2',
        'Call-ID: two@caller.test',
        'CSeq: 8 INVITE',
        'Max-Forwards: 5',
      ],
    }),
  ],
  ['3.3.9 mcl01: two lengths', '400', message({ more: ['Content-Length: 5'] })],
  [
    '3.3.11 zeromf: the last hop',
    'pass',
    message({ line: 'OPTIONS sip:ann@desk.test SIP/2.0', fields: { 'Max-Forwards': '0' }, body: '' }),
  ],
  [
    '3.3.12 cparam01: unknown parameters of a contact',
    'pass',
    message({ line: 'REGISTER sip:desk.test SIP/2.0', fields: { Contact: 'sip:j@192.0.2.1;unknownparam' }, body: '' }),
  ],
  [
    '3.4.1 inv2543: a request of the old days: no branch, no tag, no hops, no length',
    'pass',
    message({
      fields: {
        Via: 'SIP/2.0/UDP iftgw.test',
        From: '<sip:+13035551111@ift.test;user=phone>',
        'Max-Forwards': undefined,
        'Content-Length': undefined,
      },
    }),
  ],
];

/** What else has been seen to break a phone. */
const others: typeof torture = [
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
  ['a response of an unknown version', 'drop', response('SIP/3.0 200 OK')],
  ['a response without To', 'drop', response('SIP/2.0 200 OK', { fields: { To: undefined } })],
];

describe('judge', () => {
  for (const [name, expected, raw] of [...torture, ...others]) {
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
        const began = performance.now();
        judge(raw);
        const spent = performance.now() - began;
        assert.ok(spent < 100, `${field} of ${text.slice(0, 6)}… took ${spent} ms`);
      }
    }
  });
});
