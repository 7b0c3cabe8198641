import { executeServerCommand } from '@web/test-runner-commands';
import type { Line, LineCall } from '@multiline/core';
import {
  callStats,
  remoteLine,
  sipAccount,
  sipLine,
  type RemoteLineOptions,
  type SipAccount,
  type SipAccountOptions,
  type SipLineOptions,
} from '@multiline/sip';
import type { ReadableAtom } from 'nanostores';
import { lineSignals, nextIncoming, type LineSignals } from '@multiline/testing';

/** The server of this run. */
export interface Server {
  readonly name: 'Kamailio' | 'two nodes of Kamailio' | 'Asterisk' | 'the sandbox';
  /** Its SIP domain; absent: `servers.test`. */
  readonly domain?: string;
  /** Its WebSocket. */
  readonly url: string;
  /** Of two nodes, the other one's. */
  readonly otherUrl?: string;
  /** `host:port` where it takes calls from elsewhere by plain SIP. */
  readonly trunk: string;
  /** The number that gives back what it hears; on Kamailio SIPp has it, at the trunk, by plain RTP. */
  readonly echo?: string;
  /** RTPengine carries the audio, and can be asked about it. */
  readonly relay?: boolean;
  /** It ends every call itself (a back-to-back agent): rooms, mailboxes, music. */
  readonly pbx?: boolean;
  /** Its phone service (docs/pbx.md), by HTTP. */
  readonly service?: string;
  /** What carries a call's identity where Call-ID cannot. */
  readonly correlationHeader?: string;
  /** Where it asks for other digests than MD5 alone (RFC 8760), the topmost first, and which of them is to be answered. */
  readonly digests?: readonly {
    readonly user: string;
    readonly url: string;
    readonly asks: readonly string[];
    readonly answer: string;
    /** Of the user there, where MD5 is asked for as well. */
    readonly ha1?: string;
  }[];
}

export const theServer = (): Promise<Server> => executeServerCommand('servers:this');

export const server = await theServer();

const made = new Set<Line>();

// Whatever a test left, the next one finds nobody registered; of one that failed the phones tell what happened last.
afterEach(async function () {
  const lines = [...made];
  if (this.currentTest?.state === 'failed') {
    for (const line of lines) {
      // Who waits for what does not come has signs of life (OPTIONS) in the log and little else.
      const said = (line.log?.() ?? []).filter((one) => !one.includes('OPTIONS'));
      console.log([line.identity.uri, ...said.slice(-40)].join('\n'));
    }
  }
  made.clear();
  await Promise.all(lines.map((line) => line.stop()));
});

type AccountOptions = Partial<SipAccountOptions> & { readonly password?: string };

/** An account at the server; its users' passwords are their names. */
function accountOf(user: string, { password = user, ...account }: AccountOptions): SipAccount {
  const { correlationHeader, domain = 'servers.test' } = server;
  return sipAccount({
    servers: serversOf(user),
    uri: `sip:${user}@${domain}`,
    credentials: () => ({ password }),
    ...(correlationHeader === undefined ? {} : { correlationHeader }),
    ...account,
  });
}

/** Of two nodes ann is at the first, everybody else at the second; each goes over to the other one when its own is gone. */
function serversOf(user: string): readonly string[] {
  const { url, otherUrl } = server;
  if (otherUrl === undefined) return [url];
  return user === 'ann' ? [url, otherUrl] : [otherUrl, url];
}

function kept(line: Line): Line {
  made.add(line);
  return line;
}

/** A phone at the server. Not started yet; stopped after the test. */
export const phone = (user: string, account: AccountOptions = {}, options: SipLineOptions = {}): Line =>
  kept(sipLine(accountOf(user, account), options));

/** A phone each of these users, registered; stopped after the test. */
export async function registered<const Users extends readonly string[]>(
  ...users: Users
): Promise<{ [User in keyof Users]: Line }> {
  const lines = users.map((user) => phone(user));
  await Promise.all(lines.map((line) => line.start()));
  return lines as { [User in keyof Users]: Line };
}

/** The line of a user whose audio is on another phone. Not started yet; stopped after the test. */
export const remotePhone = (user: string, options: RemoteLineOptions = {}): Line =>
  kept(remoteLine(accountOf(user, {}), options));

/** Until the server tells a line that watches of calls: of those that began before it may tell nothing. */
export async function subscribed(line: Line): Promise<void> {
  while (!line.log?.().some((said) => said.includes('200 OK to SUBSCRIBE'))) await new Promise(requestAnimationFrame);
}

/** Energy (squared level times seconds) of a beep and of speech; what a codec makes of silence stays far below. */
const SOUND = 0.0001;

/** Until audio has come and gone, more than a few packets each way from now on. */
export async function audible(call: LineCall): Promise<void> {
  const before = await callStats(call);
  for (;;) {
    const stats = await callStats(call);
    const sent = (stats?.sent.packets ?? 0) - (before?.sent.packets ?? 0);
    const received = (stats?.received.packets ?? 0) - (before?.received.packets ?? 0);
    const heard = (stats?.received.energy ?? 0) - (before?.received.energy ?? 0);
    if (sent > 10 && received > 10 && heard > SOUND) return;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** What comes lasts longer than the fake microphone's pause between two beeps (packets of 20 ms). */
const LONGER_THAN_A_PAUSE = 75;

/** Until nothing is to be heard in the packets that still come. */
export async function silent(call: LineCall): Promise<void> {
  let before = await callStats(call);
  for (;;) {
    const now = await callStats(call);
    if ((now?.received.energy ?? 0) - (before?.received.energy ?? 0) > SOUND) before = now;
    else if ((now?.received.packets ?? 0) - (before?.received.packets ?? 0) > LONGER_THAN_A_PAUSE) return;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

export interface Conversation {
  readonly ours: LineCall;
  readonly theirs: LineCall;
  readonly we: LineSignals;
  readonly they: LineSignals;
}

/** Who has started `from` calls who has started `to`; nobody has answered. */
export async function ringing(from: Line, to: Line, number: string): Promise<Conversation> {
  const coming = nextIncoming(to);
  const ours = await from.dial(number);
  const theirs = await coming;
  return { ours, theirs, we: lineSignals(ours), they: lineSignals(theirs) };
}

/** As {@link ringing}, and answered. */
export async function talking(from: Line, to: Line, number: string): Promise<Conversation> {
  const conversation = await ringing(from, to, number);
  await conversation.theirs.answer();
  await Promise.all([conversation.we.next('answered'), conversation.they.next('answered')]);
  return conversation;
}

/** Dials a service of the server and waits until it has answered. */
export async function reached(from: Line, number: string): Promise<{ call: LineCall; signals: LineSignals }> {
  const call = await from.dial(number);
  const signals = lineSignals(call);
  await signals.next('answered');
  return { call, signals };
}

/** Dials a feature code, and hangs up when the server has taken it. */
export async function featureCode(from: Line, code: string): Promise<void> {
  const { call, signals } = await reached(from, code);
  await call.hangUp();
  await signals.next('ended');
}

/** Until a store says what is waited for. */
export function until<Value>(store: ReadableAtom<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    const stop = store.subscribe((value) => {
      if (!wanted(value)) return;
      queueMicrotask(() => stop());
      resolve(value);
    });
  });
}

/** Until the microphone has been heard for so long, by the packets that have left (20 ms each). */
export async function spoken(call: LineCall, seconds: number): Promise<void> {
  const before = (await callStats(call))?.sent.packets ?? 0;
  while (((await callStats(call))?.sent.packets ?? 0) - before < seconds * 50) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** A node of the cluster: `die` ends it at once, without a word. */
export async function node(index: number, does: 'die' | 'comeBack'): Promise<void> {
  await executeServerCommand('servers:node', { index, does });
}
