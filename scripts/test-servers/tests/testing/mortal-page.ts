import type { Line, LineCall } from '@multiline/core';
import type { SipLineOptions } from '@multiline/sip';
import type { LineSignals } from '@multiline/testing';
import { faultProxy } from './faulty-link.ts';
import { phone } from './phones.ts';

/** A page of a user's that can go without a word; every page of one browser is the same phone. */
export interface MortalPage {
  readonly line: Line;
  /** It is gone: nothing of it reaches the server any more. */
  die(): Promise<void>;
  /** Another page of the same browser, as it is after a reload or in the next tab. */
  next(): Promise<Line>;
}

export async function mortalPage(user: string, options: SipLineOptions = {}): Promise<MortalPage> {
  const proxy = await faultProxy();
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  const line = phone(user, { servers: [proxy.url], storage }, options);
  await line.start();
  return {
    line,
    die: () => proxy.fault('refuse'),
    async next() {
      const after = phone(user, { storage }, options);
      await after.start();
      return after;
    },
  };
}

/** What the last `resumable` signal says of this kind of token. */
export async function token(signals: LineSignals, kind: 'invite' | 'remoteTag'): Promise<string> {
  for (;;) {
    const { token } = await signals.next('resumable');
    if (token.includes(`"${kind}"`)) return token;
  }
}

export async function takenBack(line: Line, text: string): Promise<LineCall> {
  const call = await line.resume?.(text);
  if (!call) throw new Error('It can.');
  return call;
}
