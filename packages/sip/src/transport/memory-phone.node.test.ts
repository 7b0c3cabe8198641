import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EmitterImpl, TransportState, UserAgent, type Invitation, type Transport } from 'sip.js';
import { guardedTransport, guardRules, type GuardEvent, type GuardRules } from './guarded-transport.ts';
import { takeAsRead } from './read-message.ts';

// What the tests of this folder share: messages as text, and a phone without a network.

const sdp = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49152 RTP/AVP 0\r\n';

export interface MessageParts {
  line?: string;
  /** Replaces or, with undefined, leaves out a field of the ordinary message. */
  fields?: Record<string, string | undefined>;
  /** Whole lines after the others. */
  more?: string[];
  body?: string;
}

/** An ordinary INVITE of our own, changed as a test needs it. */
export function message({
  line = 'INVITE sip:ann@desk.test SIP/2.0',
  fields = {},
  more = [],
  body = sdp,
}: MessageParts = {}): string {
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

/** A transport into memory: what SIP.js sends lies in `sent`. */
export class MemoryTransport implements Transport {
  readonly protocol = 'WS';
  readonly server = 'ws://desk.test';
  readonly stateChange = new EmitterImpl<TransportState>();
  readonly sent: string[] = [];
  state = TransportState.Disconnected;
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;

  connect(): Promise<void> {
    this.state = TransportState.Connected;
    this.stateChange.emit(this.state);
    this.onConnect?.();
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    const connected = this.state === TransportState.Connected;
    this.state = TransportState.Disconnected;
    if (connected) this.onDisconnect?.();
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  isConnected(): boolean {
    return this.state === TransportState.Connected;
  }

  send(message: string): Promise<void> {
    if (!this.isConnected()) return Promise.reject(new Error('not connected'));
    this.sent.push(message);
    return Promise.resolve();
  }
}

/** The status of each response among what was sent. */
export const statuses = (sent: readonly string[]): number[] =>
  sent.map((text) => Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1]));

/** A whole SIP.js user agent for sip:ann@desk.test, behind the guard. */
export interface MemoryPhone {
  readonly agent: UserAgent;
  readonly events: GuardEvent[];
  readonly wire: MemoryTransport;
  receive(text: string): void;
}

export async function memoryPhone(
  onInvite: (invitation: Invitation) => void = () => undefined,
  rules: Partial<GuardRules> = {},
): Promise<MemoryPhone> {
  const events: GuardEvent[] = [];
  const made: MemoryTransport[] = [];
  const Inner = class extends MemoryTransport {
    constructor() {
      super();
      made.push(this);
    }
  };
  const uri = UserAgent.makeURI('sip:ann@desk.test');
  assert.ok(uri);
  const agent = new UserAgent({
    uri,
    contactName: 'ann',
    logBuiltinEnabled: false,
    // SIP.js then calls the delegate at once, not after a promise of its own: what that throws, the guard can catch.
    sendInitialProvisionalResponse: false,
    transportConstructor: guardedTransport(Inner, (event) => events.push(event), { ...guardRules, ...rules }),
    delegate: { onInvite },
  });
  takeAsRead(agent);
  await agent.start();
  const [wire] = made;
  assert.ok(wire);
  return { agent, events, wire, receive: (text) => wire.onMessage?.(text) };
}

it('a phone in memory rings', async () => {
  let rung = 0;
  const phone = await memoryPhone(() => rung++);
  phone.receive(message());
  await phone.agent.stop();
  assert.equal(rung, 1);
});

/** How long something took (ms of processor time): whatever else the machine does is left out. */
export function processorMs(act: () => void): number {
  const began = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
