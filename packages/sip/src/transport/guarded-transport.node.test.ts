import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { Core, TransportState, type Invitation, type UserAgent } from 'sip.js';
import { guardedTransport, type GuardEvent } from './guarded-transport.ts';
import {
  memoryPhone,
  MemoryTransport,
  message,
  processorMs,
  statuses,
  type MemoryPhone,
} from './memory-phone.node.test.ts';

/** The n-th call, each a transaction of its own. */
function invite(number = 1, change: (text: string) => string = (text) => text): string {
  return change(
    message({ fields: { Via: `SIP/2.0/WS edge.test;branch=z9hG4bK-${number}`, 'Call-ID': `${number}@caller.test` } }),
  );
}

/** Random numbers that are the same in each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Cuts, doubles, swaps and strews in pieces that parsers stumble over. */
function mutated(text: string, next: () => number): string {
  const pieces = [
    '\r\n',
    '\r\n ',
    '\r',
    '\n',
    '\0',
    ':',
    ';',
    ',',
    '<',
    '>',
    '"',
    '\\',
    '@',
    '%',
    '%00',
    '\uFFFD',
    '\uD800',
    '☎',
    ' ',
    '\t',
    '-1',
    '99999999999999999999',
    'tel:',
    'foo:',
    'SIP/2.0',
    '\r\n\r\n',
    'Replaces: x',
    '[::1',
    '(',
  ];
  let changed = text;
  for (let count = 1 + Math.floor(next() * 4); count > 0; count--) {
    const at = Math.floor(next() * changed.length);
    const end = at + Math.floor(next() * 12);
    const piece = pieces[Math.floor(next() * pieces.length)] ?? '';
    const kind = next();
    if (kind < 0.3) changed = changed.slice(0, at) + changed.slice(end);
    else if (kind < 0.6) changed = changed.slice(0, at) + piece + changed.slice(at);
    else if (kind < 0.8) changed = changed.slice(0, at) + piece + changed.slice(end);
    else if (kind < 0.9) changed = changed.slice(0, end) + changed.slice(at);
    else changed = changed.slice(0, at) + String.fromCharCode(Math.floor(next() * 0x10000)) + changed.slice(at + 1);
  }
  return changed;
}

describe('guardedTransport', () => {
  const agents: UserAgent[] = [];
  const uncaught: unknown[] = [];
  const note = (thrown: unknown): unknown => uncaught.push(thrown);

  async function phone(...setup: Parameters<typeof memoryPhone>): Promise<MemoryPhone> {
    const made = await memoryPhone(...setup);
    agents.push(made.agent);
    return made;
  }

  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  afterEach(async () => {
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
    assert.deepEqual(uncaught.splice(0), []);
  });

  it('lets an ordinary call through, in both directions', async () => {
    let rung: Invitation | undefined;
    const { agent, wire, receive, events } = await phone((invitation) => (rung = invitation));
    receive(invite());
    assert.equal(rung?.remoteIdentity.displayName, 'Lucy Hall');
    assert.equal(agent.isConnected(), true);
    assert.equal(agent.transport.protocol, 'WS');
    assert.equal(agent.transport.state, TransportState.Connected);
    await rung.reject({ statusCode: 486 });
    assert.deepEqual(statuses(wire.sent), [100, 486]);
    assert.deepEqual(events, []);
  });

  it('rings for a caller with a tel: address, and answers to that address', async () => {
    let rung: Invitation | undefined;
    const { wire, receive } = await phone((invitation) => (rung = invitation));
    receive(
      message({
        fields: { From: '"Lucy" <tel:7042;phone-context=+1415>;tag=l1', To: 'tel:+14155550100', Subject: 'tel:x' },
      }),
    );
    assert.equal(rung?.remoteIdentity.uri.user, '7042;phone-context=+1415');
    await rung.reject({ statusCode: 486 });
    for (const sent of wire.sent) {
      assert.match(sent, /\r\nFrom: "Lucy" <tel:7042;phone-context=\+1415>;tag=l1\r\n/);
      assert.match(sent, /\r\nTo: <tel:\+14155550100>/);
    }
    assert.deepEqual(statuses(wire.sent), [100, 486]);
  });

  it('forwards connecting and disconnecting', async () => {
    const { agent, wire } = await phone();
    const heard: string[] = [];
    agent.delegate = {
      onConnect: () => heard.push('connect'),
      onDisconnect: (error) => heard.push(`disconnect ${error?.message}`),
    };
    wire.onDisconnect?.(new Error('cut'));
    wire.onConnect?.();
    assert.deepEqual(heard, ['disconnect cut', 'connect']);
    await agent.transport.disconnect();
    assert.equal(agent.transport.isConnected(), false);
  });

  it('answers what it refuses by the request, the same each time', async () => {
    const { wire, receive, events } = await phone();
    const bad = invite(1, (text) =>
      text.replace('Max-Forwards: 68', 'Max-Forwards: x\r\nVia: SIP/2.0/WS far.test;branch=z9hG4bKfar'),
    );
    receive(bad);
    receive(bad);
    const [first = '', second] = wire.sent;
    assert.equal(first, second);
    assert.match(
      first,
      /^SIP\/2\.0 400 Bad Max-Forwards\r\nVia: SIP\/2\.0\/WS edge\.test;branch=z9hG4bK-1\r\nVia: SIP\/2\.0\/WS far\.test/,
    );
    assert.match(first, /\r\nTo: <sip:ann@desk\.test>;tag=[a-z0-9]+\r\n/);
    assert.match(first, /\r\nCall-ID: 1@caller\.test\r\nCSeq: 7 INVITE\r\nContent-Length: 0\r\n\r\n$/);
    const refused: GuardEvent = { type: 'refused', status: 400, reason: 'Bad Max-Forwards' };
    assert.deepEqual(events, [refused, refused]);
    assert.ok(Core.Parser.parseMessage(first, new Core.LoggerFactory().getLogger('test')));
  });

  it('never lets a message write a line of an answer', async () => {
    const { wire, receive } = await phone();
    receive(invite(1, (text) => text.replace('"Lucy Hall"', '"Lucy\nX-Evil: 1"')));
    assert.equal(statuses(wire.sent)[0], 400);
    assert.doesNotMatch(wire.sent[0] ?? '', /^X-Evil/m);
  });

  it('refuses what passes the judge and not the grammar of SIP.js', async () => {
    const { wire, receive } = await phone();
    receive(invite(1, (text) => text.replace('edge.test', 'e$dge.test')));
    assert.deepEqual(statuses(wire.sent), [400]);
  });

  it('keeps empty lines, pings and ACKs from being answered', async () => {
    const { wire, receive, events } = await phone();
    receive('\r\n\r\n');
    receive('');
    receive(invite(1, (text) => text.replace('INVITE sip', 'ACK sip').replace('7 INVITE', '7 ACK').replace('68', 'x')));
    assert.deepEqual(wire.sent, []);
    assert.deepEqual(events, [{ type: 'dropped', reason: '400 Bad Max-Forwards' }]);
  });

  it('takes a message after empty lines', async () => {
    let rung = 0;
    const { receive } = await phone(() => rung++);
    receive(`\r\n\r\n${invite()}`);
    assert.equal(rung, 1);
  });

  it('answers 500 when what handles a call throws, and goes on', async () => {
    let count = 0;
    const { wire, receive, events } = await phone(() => {
      if (++count === 1) throw new Error('broken handler');
    });
    receive(invite(1));
    assert.equal(statuses(wire.sent).at(-1), 500);
    assert.equal(events[0]?.type, 'failed');
    receive(invite(2));
    assert.equal(count, 2);
  });

  it('survives an observer that throws', async () => {
    const Guarded = guardedTransport(MemoryTransport, () => {
      throw new Error('broken observer');
    });
    const guarded = new Guarded(new Core.LoggerFactory().getLogger('test'), {});
    assert.equal(guarded.isConnected(), false);
  });

  it('lets only so many calls ring, and counts a repeated INVITE once', async () => {
    const ringing: Invitation[] = [];
    const { wire, receive } = await phone((invitation) => ringing.push(invitation), { unansweredInvites: 3 });
    for (const number of [1, 2, 2, 3, 4]) receive(invite(number));
    assert.equal(ringing.length, 3);
    assert.equal(statuses(wire.sent).filter((status) => status === 486).length, 1);
    await ringing[0]?.reject({ statusCode: 603 });
    receive(invite(5));
    assert.equal(ringing.length, 4);
  });

  it('does not count what SIP.js left without an answer', async () => {
    const { agent, receive } = await phone(undefined, { unansweredInvites: 1 });
    let rung = 0;
    const ring = agent.transport.onMessage;
    agent.transport.onMessage = () => undefined;
    receive(invite(1));
    agent.transport.onMessage = ring;
    agent.delegate = { onInvite: () => rung++ };
    receive(invite(2));
    assert.equal(rung, 1);
  });

  it('bears five thousand mutations of an INVITE in a whole user agent', async () => {
    const next = random(4475);
    let rung = 0;
    const { receive, wire } = await phone(
      (invitation) => {
        rung++;
        void invitation.reject({ statusCode: 486 });
      },
      { unansweredInvites: 1e6 },
    );
    let slowest = 0;
    for (let number = 1; number <= 5_000; number++) {
      const text = mutated(invite(number), next);
      slowest = Math.max(
        slowest,
        processorMs(() => receive(text)),
      );
      if (number % 500 === 0) wire.sent.splice(0);
    }
    assert.ok(slowest < 500, `one took ${slowest} ms`);
    assert.ok(rung > 0);
    wire.sent.splice(0);
    receive(invite(30_000));
    assert.equal(statuses(wire.sent)[0], 100);
  });

  it('takes no longer than the grammar allows for 60 kB made to be slow', async () => {
    const { receive } = await phone((invitation) => void invitation.reject());
    const slow = [
      '"'.repeat(60_000),
      '('.repeat(60_000),
      'a '.repeat(30_000),
      'a.'.repeat(30_000),
      ';a=b'.repeat(15_000),
      '<sip:'.repeat(12_000),
      '\\"'.repeat(30_000),
      '[::'.repeat(20_000),
      'sip:a@b,'.repeat(7_500),
    ];
    const times: [string, number][] = [];
    for (const text of slow) {
      for (const field of [
        'From: ',
        'To: ',
        'Via: SIP/2.0/WS ',
        'Contact: ',
        'Call-ID: ',
        'Content-Type: application/sdp',
      ]) {
        const raw = invite(1, (whole) => whole.replace(field, `${field}${text} `));
        times.push([`${field}${text.slice(0, 8)}`, processorMs(() => receive(raw))]);
      }
    }
    times.sort(([, a], [, b]) => b - a);
    assert.ok((times[0]?.[1] ?? 0) < 1000, JSON.stringify(times.slice(0, 5)));
  });
});
