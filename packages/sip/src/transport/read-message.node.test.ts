import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Core, Grammar, type NameAddrHeader } from 'sip.js';
import { message } from './memory-phone.node.test.ts';
import { readMessage, type ReadMessage } from './read-message.ts';

const loggers = new Core.LoggerFactory();
loggers.builtinEnabled = false;

/** SIP.js breaks on some of what it refuses. */
function bySipJs(raw: string): ReadMessage | undefined {
  try {
    return Core.Parser.parseMessage(raw, loggers.getLogger('test'));
  } catch {
    return undefined;
  }
}

/** What SIP.js asks of a message, whoever has read it. */
function facts(read: ReadMessage | undefined): unknown {
  if (!read) return undefined;
  const { data, body, method, callId, cseq, fromTag, toTag, viaBranch, from, to } = read;
  const request = read instanceof Core.IncomingRequestMessage;
  const start = request ? [read.ruri, read.ruri?.toRaw()] : [read.statusCode, read.reasonPhrase];
  const { host, port } = read.via;
  const raw = Object.fromEntries(Object.entries(read.headers).map(([name, all]) => [name, all.map((one) => one.raw)]));
  const parsed = ['contact', 'from', 'to', 'call-id', 'cseq', 'content-type', 'content-length', 'max-forwards'].map(
    (name) => read.parseHeader(name) as unknown,
  );
  const contacts = read
    .getHeaders('contact')
    .map((_, index) => written(read.parseHeader('contact', index) as NameAddrHeader));
  return {
    ...{ start, data, body, method, callId, cseq, fromTag, toTag, viaBranch, host, port, raw, parsed, contacts },
    from: written(from),
    to: written(to),
  };
}

/** The order of parameters means nothing. */
const written = (address: NameAddrHeader): unknown => [address, address.uri.toRaw(), address.uri.aor];

const same = (raw: string): void => {
  assert.deepEqual(facts(readMessage(raw)), facts(bySipJs(raw)));
};

const ADDRESSES = [
  'sip:ann@desk.test',
  '<sip:ann@desk.test>',
  '<sip:desk.test>',
  '<sips:ann@DESK.test:5061;transport=tls>',
  '<sip:+14155550101@desk.test;user=phone>',
  '<SIP:ann@192.0.2.7:5060;transport=WS;lr>',
  '<sip:ann@192.0.2.7;ob;transport=ws>;tag=a.b-c_1',
  '<sip:ann@192.0.2.7;alias=192.0.2.9~5060~6>',
  '<sip:ann@[2001:db8::1]:5060>',
  '<sip:ann:secret@desk.test>',
  '<sip:a%20b@desk.test>',
  '<sip:ann@-desk.test>',
  '<sip:ann@desk..test>',
  '<sip:ann@desk.1>',
  '<sip:ann@1.2.3>',
  '<sip:ann@desk.test.>',
  '<sip:ann@desk_one.test>',
  '<sip:ann@desk.test:>',
  '<sip:ann@desk.test:123456>',
  '<sip:ann@desk.test?subject=x>',
  '<tel:+14155550101>',
  '"" <sip:ann@desk.test>;tag=1',
  '"Lucy Hall"<sip:ann@desk.test>;TAG=1',
  '"Lucy \\"Lu\\" Hall" <sip:ann@desk.test>;tag=1',
  '"Zoë 💡" <sip:ann@desk.test>;tag=1',
  'Lucy Hall <sip:ann@desk.test>;tag=1',
  '<sip:ann@desk.test> ; tag = 1',
  '<sip:ann@desk.test>;tag=1;flag;other=x+y!z',
  '<sip:ann@desk.test>;tag=1;hasOwnProperty=2',
  '<sip:ann@desk.test>;tag=1;__proto__=2',
  '<sip:ann@desk.test>;tag=1;name="a;b"',
  '<sip:ann@desk.test>;expires=0060;q=0.5',
  `<sip:${'a'.repeat(700)}@desk.test>`,
];

describe('readMessage', () => {
  for (const address of ADDRESSES) {
    it(`reads what SIP.js reads of ${address.slice(0, 60)}`, () => {
      for (const name of ['From', 'To', 'Contact', 'Record-Route']) same(message({ fields: { [name]: address } }));
      same(message({ line: `INVITE ${address.replace(/^[^<]*<|>.*$/g, '')} SIP/2.0` }));
    });
  }

  it('reads what SIP.js reads of other fields', () => {
    const values: Record<string, readonly string[]> = {
      Via: [
        'SIP/2.0/WSS abc123.invalid;branch=z9hG4bK1;rport',
        'SIP/2.0/WS 192.0.2.1:5060;branch=z9hG4bK1;received=192.0.2.2',
        'SIP/2.0/UDP edge.test:5060;branch=z9hG4bK1;alias',
        'SIP / 2.0 / WS edge.test ; branch=z9hG4bK1',
        'SIP/2.0/WS edge.test;branch=z9hG4bK1, SIP/2.0/WS far.test;branch=z9hG4bK2',
        'SIP/2.0/WS edge.test',
        'SIP/2.0/WS edge.test;branch=z9hG4bK1;ttl=3',
      ],
      'Call-ID': ['one@caller.test', 'a b', '{weird}'],
      CSeq: ['0009 INVITE', '7  INVITE', '7 invite', 'INVITE', '4294967296 INVITE'],
      'Content-Length': ['0', '0068', '12', '99999', 'x'],
      'Max-Forwards': ['0', '070', 'x'],
      'Content-Type': [
        'application/sdp',
        'Application/SDP;charset=utf-8',
        'application/pidf+xml',
        'multipart/mixed;boundary="a b"',
        'application / sdp',
        'text/',
        'x',
      ],
      m: ['<sip:second@desk.test>'],
      'Record-Route': ['<sip:edge.test;lr>, <sip:192.0.2.9;lr;ftag=x>', '<'],
    };
    for (const [name, all] of Object.entries(values)) {
      for (const value of all) same(message({ fields: { [name]: value } }));
    }
    same(message({ more: ['Contact: <sip:second@desk.test>', 'Contact: <sip:third@desk.test>;expires=5'] }));
    same(message({ more: ['Subject: folded\r\n over lines', 'Via: SIP/2.0/WS far.test;branch=z9hG4bK2'] }));
    same(message({ fields: { Contact: '<sip:ann@desk.test>\r\n ;expires=5' } }));
  });

  it('reads what SIP.js reads of start lines', () => {
    for (const line of [
      'SIP/2.0 200 OK',
      'SIP/2.0 180 ',
      'SIP/2.0 404 Nicht gefunden – ja',
      'SIP/2.0 700 Odd',
      'sip/2.0 200 ok',
      'REGISTER sip:desk.test SIP/2.0',
      'NOTIFY sip:ann@desk.test;transport=ws SIP/2.0',
      'invite sip:ann@desk.test SIP/2.0',
      'OPTIONS tel:112 SIP/2.0',
      'INVITE  sip:ann@desk.test SIP/2.0',
      'nonsense',
    ])
      same(message({ line }));
  });

  it('asks the grammar for nothing in ordinary fields', (test) => {
    const asked = test.mock.method(Grammar, 'parse');
    const route = 'Record-Route: <sip:edge.test;transport=ws;lr>';
    assert.ok(readMessage(message({ more: [route, 'Record-Route: <sip:192.0.2.9;lr>'] })));
    assert.equal(asked.mock.callCount(), 0);
  });
});
