import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header, parseMessage, serialise, splitList, withHeader, withoutHeaders } from './message.ts';
import { parseAddress, parseUri } from './address.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('bad input', () => {
  let bed: SipBed;
  let ann: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ maxPending: 5 });
    ann = await bed.agent('ann');
  });
  afterEach(() => bed.end());

  const invite = () => ann.build('INVITE', 'bob');
  const cases: readonly [string, number, (text: string) => string][] = [
    ['another version', 505, (text) => text.replace('SIP/2.0\r\n', 'SIP/7.0\r\n')],
    ['two blanks in the request line', 400, (text) => text.replace('INVITE ', 'INVITE  ')],
    ['a header without a colon', 400, (text) => text.replace('Max-Forwards: 70', 'Max-Forwards')],
    ['a second From', 400, (text) => text.replace('\r\nTo:', '\r\nFrom: <sip:bob@sandbox.test>;tag=2\r\nTo:')],
    ['an unfinished quote in To', 400, (text) => text.replace('\r\nTo: ', '\r\nTo: "Mr. X ')],
    ['a CSeq of another method', 400, (text) => text.replace(/(CSeq: \d+) INVITE/, '$1 BYE')],
    ['a CSeq out of range', 400, (text) => text.replace(/CSeq: \d+/, 'CSeq: 36893488147419103232')],
    ['a Content-Length beyond the end', 400, (text) => text.replace('Content-Length: 0', 'Content-Length: 9999')],
    ['a negative Content-Length', 400, (text) => text.replace('Content-Length: 0', 'Content-Length: -999')],
    ['a Via without a branch', 400, (text) => text.replace(/;branch=\w+/, '')],
    ['a bare magic cookie for a branch', 400, (text) => text.replace(/branch=\w+/, 'branch=z9hG4bK')],
    ['a Max-Forwards beyond 255', 400, (text) => text.replace('Max-Forwards: 70', 'Max-Forwards: 300')],
    ['a Contact that is none', 400, (text) => text.replace(/Contact: <[^>]*>/, 'Contact: <not a uri>')],
    ['no Contact', 400, (text) => text.replace(/Contact: [^\r]*\r\n/, '')],
    ['a scheme nobody knows', 416, (text) => text.replace(/INVITE \S+/, 'INVITE nobody-knows:soup')],
    [
      'an extension nobody knows',
      420,
      (text) => text.replace('Contact:', 'Proxy-Require: nothingSupportsThis\r\nContact:'),
    ],
  ];
  for (const [what, status, spoil] of cases) {
    it(`answers ${String(status)} to ${what}`, async () => {
      const spoilt = spoil(serialise(invite()));
      const callId = /Call-ID: (\S+)/.exec(spoilt)?.[1];
      ann.sendText(spoilt);
      const seen = await ann.answer(callId ?? '');
      assert.equal(seen.status, status);
    });
  }

  it('names the extensions it does not know', async () => {
    const request = withHeader(ann.build('REGISTER', 'ann'), 'Require', 'path, fancy');
    ann.send(request);
    assert.equal(header(await ann.final(request), 'Unsupported'), 'fancy');
  });

  it('drops what cannot be answered and stays alive', async () => {
    const junk = ['', ' ', '\0', 'GET / HTTP/1.1\r\n\r\n', 'SIP/2.0 200 OK\r\n\r\n', 'INVITE', 'é'.repeat(2_000)];
    for (const text of junk) ann.sendText(text);
    ann.sendText(serialise(withoutHeaders(invite(), 'Call-ID')));
    ann.sendText(serialise(invite()).replace('\r\n', ' ').slice(0, 40));
    ann.sendText(serialise({ ...invite(), method: 'ACK' }));
    ann.sendText('SIP/2.0 200 OK\r\nVia: nonsense\r\nFrom: a\r\nTo: b\r\nCall-ID: c\r\nCSeq: x\r\n\r\n');
    ann.sendText('\r\n\r\n');
    assert.equal(await ann.text(), '\r\n');
    assert.equal(ann.inbox.length, 0);
  });

  it('survives a thousand mutilated requests', async () => {
    const text = serialise({ ...invite(), body: 'v=0' });
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let turn = 0; turn < 1_000; turn++) {
      const at = next(text.length);
      ann.sendText(text.slice(0, at) + String.fromCharCode(next(256)).repeat(next(4)) + text.slice(at + next(4)));
    }
    const options = ann.build('OPTIONS', 'sip:sandbox.test');
    ann.send(options);
    assert.equal((await ann.final(options)).status, 200);
  });

  it('refuses a message beyond 64 KiB', async () => {
    const request = { ...invite(), body: 'x'.repeat(70_000) };
    ann.send(request);
    assert.equal((await ann.final(request)).status, 513);
  });

  it('refuses what is not UTF-8 and cuts a socket that floods', async () => {
    const request = withHeader(invite(), 'Subject', 'caf\u00e9');
    ann.sendText(Buffer.from(serialise(request), 'latin1'));
    assert.equal((await ann.final(request)).status, 400);
    ann.sendText('x'.repeat(1_100_000));
    await ann.closed;
  });

  it('writes whatever a test wants a client to bear', async () => {
    assert.equal(bed.server.inject('ann', 'no SIP at all'), 1);
    assert.equal(await ann.text(), 'no SIP at all');
    assert.equal(bed.server.inject('carol', 'x'), 0);
  });

  it('limits the unfinished requests of one socket', async () => {
    const bob = await bed.agent('bob');
    for (let turn = 0; turn < 5; turn++) {
      await ann.start('INVITE', 'bob');
      await bob.request('INVITE');
    }
    const sixth = ann.build('INVITE', 'bob');
    ann.send(sixth);
    assert.equal((await ann.final(sixth)).status, 503);
  });

  it('answers keep-alives, OPTIONS and events it does not serve', async () => {
    ann.sendText('\r\n\r\n');
    assert.equal(await ann.text(), '\r\n');
    const options = ann.build('OPTIONS', 'sip:sandbox.test');
    ann.send(options);
    assert.match(header(await ann.final(options), 'Allow') ?? '', /REFER/);
    const subscribe = await ann.start('SUBSCRIBE', 'bob', { headers: [{ name: 'Event', value: 'weather' }] });
    assert.equal((await ann.final(subscribe)).status, 489);
  });

  it('shows messages to an interceptor, which may lose or answer them', async () => {
    const seen: string[] = [];
    let verdict: 'pass' | 'drop' | { status: number } = { status: 503 };
    const undo = bed.server.intercept((message, { user }) => {
      if (message.kind === 'request') seen.push(`${user ?? '?'} ${message.method}`);
      return verdict;
    });
    const options = ann.build('OPTIONS', 'sip:sandbox.test');
    ann.send(options);
    assert.equal((await ann.final(options)).status, 503);
    verdict = 'drop';
    ann.send(ann.build('OPTIONS', 'sip:sandbox.test'));
    undo();
    const again = ann.build('OPTIONS', 'sip:sandbox.test');
    ann.send(again);
    assert.equal((await ann.final(again)).status, 200);
    assert.equal(seen[0], 'ann OPTIONS');
  });
});

describe('reading a message', () => {
  it('knows compact forms, folded lines and lists inside quotes and brackets', () => {
    const text = [
      'MESSAGE sip:a@b SIP/2.0',
      'v: SIP/2.0/WS a;branch=z9hG4bK1, SIP/2.0/WS b;branch=z9hG4bK2',
      'f: "Smith, \\"J\\"" <sip:a@b>;tag=1',
      'Subject: one',
      '\ttwo',
      'l: 2',
      '',
      'hello',
    ].join('\r\n');
    const message = parseMessage(text)?.message;
    assert.ok(message);
    assert.equal(header(message, 'From'), '"Smith, \\"J\\"" <sip:a@b>;tag=1');
    assert.equal(header(message, 'Subject'), 'one two');
    assert.equal(message.body, 'he');
    assert.deepEqual(splitList('"a,b" <sip:c,d>, e'), ['"a,b" <sip:c,d>', 'e']);
  });

  it('reads addresses with and without brackets', () => {
    assert.equal(parseAddress('"A; B" <sip:a@b;x=1>;tag=t')?.params.get('tag'), 't');
    assert.equal(parseAddress('sip:a@b;tag=t')?.params.get('tag'), 't');
    assert.equal(parseAddress('"open <sip:a@b>'), undefined);
    assert.equal(parseUri('sip:%zz@B.Test:5060;lr')?.host, 'b.test');
    assert.equal(parseUri('tel:+1-415.555(0001)')?.user, '+14155550001');
    assert.equal(parseUri('not a uri'), undefined);
  });
});
