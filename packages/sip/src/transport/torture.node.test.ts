import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { UserAgent } from 'sip.js';
import { judge } from './judge.ts';
import { memoryPhone, message, statuses, type MessageParts } from './memory-phone.node.test.ts';

const response = (line: string, parts: MessageParts = {}): string => message({ line, body: '', ...parts });

/** After the descriptions of RFC 4475 §3, in its order and with its names; the texts are ours. */
const torture: readonly (readonly [name: string, expected: string, raw: string])[] = [
  [
    '3.1.1.1 wsinv: white space, folds and compact forms wherever they may be',
    'pass',
    [
      'INVITE sip:vivek@desk.test;unknownparam SIP/2.0',
      'TO :\r\n sip:vivek@desk.test ;   tag    = 98asjd',
      'from   : "Quoted \\"string\\" \\\\" <sip:j@caller.test>',
      '  ;\r\n  tag = fold1',
      'MaX-fOrWaRdS: 0068',
      'Call-ID: wsinv.1@caller.test',
      'Content-Length   : 0',
      'cseq: 0009\r\n  INVITE',
      'Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=z9hG4bK39a',
      's :',
      'NewFangledHeader:   anything\r\n over more lines',
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
        'To: <sip:bob@desk.test>\r\nFrom: <sip:x@caller.test>;tag=2\r\nCall-ID: two@caller.test\r\nCSeq: 8 INVITE',
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

describe('the torture messages of RFC 4475', () => {
  const agents: UserAgent[] = [];
  const uncaught: unknown[] = [];
  for (const fault of ['uncaughtException', 'unhandledRejection']) process.on(fault, (thrown) => uncaught.push(thrown));
  afterEach(async () => {
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
    assert.deepEqual(uncaught.splice(0), []);
  });
  for (const [name, expected, raw] of torture) {
    it(name, async () => {
      const verdict = judge(raw);
      assert.equal(verdict.action === 'refuse' ? String(verdict.status) : verdict.action, expected);

      let rung = 0;
      const { agent, wire, receive } = await memoryPhone((invitation) => {
        rung++;
        void invitation.reject({ statusCode: 486 });
      });
      agents.push(agent);
      receive(raw);
      if (expected === 'drop') assert.deepEqual(wire.sent, []);
      if (/^\d/.test(expected)) assert.deepEqual([rung, statuses(wire.sent)], [0, [Number(expected)]]);
      rung = 0;
      receive(message({ fields: { Via: 'SIP/2.0/WS edge.test;branch=z9hG4bK-after', 'Call-ID': 'after' } }));
      assert.equal(rung, 1);
    });
  }
});
