import type { Line, LineCall, LineStatus } from '@multiline/core';
import {
  lineSignals,
  nextIncoming,
  type LineSignals,
  type ManualClock,
  type SipMessage,
  type Wire,
} from '@multiline/testing';
import { callStats, sipAccount, sipLine, type SipAccountOptions, type SipLineOptions } from '../index.ts';

const phones: Line[] = [];

/** A registered phone of a user, until {@link stopPhones}. */
export async function phone(
  network: Wire,
  user: string,
  line: SipLineOptions = {},
  account: Partial<SipAccountOptions> = {},
): Promise<Line> {
  const { transport } = network;
  const options = {
    servers: ['ws://wire.test'],
    uri: `sip:${user}@wire.test`,
    credentials: () => ({ password: user }),
    random: () => 0,
    transport,
  };
  const made = sipLine(sipAccount({ ...options, ...account }), line);
  phones.push(made);
  await made.start();
  return made;
}

export async function stopPhones(): Promise<void> {
  await Promise.all(phones.splice(0).map((line) => line.stop()));
}

/** Both sides of a call, and what they signal. */
export interface Conversation {
  readonly ours: LineCall;
  readonly theirs: LineCall;
  readonly we: LineSignals;
  readonly they: LineSignals;
}

/** `from` calls `to`: both have the call, nobody has answered. */
export async function ringing(from: Line, to: Line, target: string): Promise<Conversation> {
  const coming = nextIncoming(to);
  const ours = await from.dial(target);
  const theirs = await coming;
  return { ours, theirs, we: lineSignals(ours), they: lineSignals(theirs) };
}

export async function talking(from: Line, to: Line, target: string): Promise<Conversation> {
  const conversation = await ringing(from, to, target);
  await conversation.theirs.answer();
  await Promise.all([conversation.we.next('answered'), conversation.they.next('answered')]);
  return conversation;
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

export async function until(truth: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await truth())) await frame();
}

/** Lets a manual clock run beside the browser's media, which has a time of its own, until the promise settles. */
export async function runUntil<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = (): void => void (settled = true);
  promise.then(settle, settle);
  while (!settled) {
    await clock.run(10);
    await frame();
  }
  return promise;
}

const received = async (call: LineCall): Promise<{ packets: number; energy: number }> =>
  (await callStats(call))?.received ?? { packets: 0, energy: 0 };

/** Until it hears something from now on: sound, not only packets. */
export async function hears(call: LineCall): Promise<void> {
  const before = await received(call);
  await until(async () => {
    const now = await received(call);
    return now.packets > before.packets + 10 && now.energy > before.energy + 1e-4;
  });
}

/** Until a good stretch of packets has sent nothing of the microphone, or nothing at all has come for that long. */
export async function hearsNothing(call: LineCall): Promise<void> {
  let before = await received(call);
  let from = performance.now();
  await until(async () => {
    const now = await received(call);
    if (now.energy - before.energy < 1e-6) return performance.now() - from > 600;
    before = now;
    from = performance.now();
    return false;
  });
}

export function reached(line: Line, state: LineStatus['state']): Promise<void> {
  return new Promise((resolve) => {
    const stop = line.$status.subscribe((status) => {
      if (status.state !== state) return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

export const requests = (network: Wire, method: string): SipMessage[] =>
  network.messages.filter(({ start }) => start.startsWith(`${method} `));

export const valueOf = (message: SipMessage | undefined, name: string): string =>
  message?.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '';
