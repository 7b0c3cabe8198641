import type { CallHandling } from './call-handling.ts';

/** An agent of the practice desk: the password is the user name. */
export interface Agent {
  readonly user: string;
  readonly extension: string;
  /** The business numbers, the usual one first. */
  readonly numbers: readonly [string, ...string[]];
}

/** What a feature code changes of the caller's call handling. */
export type FeatureCode = Pick<Partial<CallHandling>, 'dnd' | 'forward'>;

/** Where an address leads. */
export type Destination =
  | { readonly kind: 'person'; readonly user: string }
  | { readonly kind: 'queue'; readonly members: readonly string[] }
  | { readonly kind: 'echo' }
  /** The caller's own messages. */
  | { readonly kind: 'mailbox' }
  /** Leaves a message for somebody, whatever they want of their calls. */
  | { readonly kind: 'deposit'; readonly user: string }
  | { readonly kind: 'code'; readonly code: FeatureCode };

const SECOND_NUMBERS: Readonly<Record<string, string>> = { ann: '+14155550011' };
const AGENTS: readonly Agent[] = ['ann', 'bob', 'carol', 'dave', 'erin'].map((user, index) => {
  const second = SECOND_NUMBERS[user];
  return {
    user,
    extension: String(1001 + index),
    numbers: [`+1415555000${String(index + 1)}`, ...(second === undefined ? [] : [second])],
  };
});

const QUEUES: Readonly<Record<string, readonly string[]>> = { sales: ['ann', 'bob'] };
const ECHO = new Set(['echo', '*43', '+14155550009']);
const MAILBOX = '*98';
const DEPOSIT = /^\*99(\d+)$/;
const CODES: Readonly<Record<string, FeatureCode>> = {
  '*78': { dnd: true },
  '*79': { dnd: false },
  '*73': { forward: null },
};
const FORWARD_TO = /^\*72(\+?\w{2,20})$/;
const OUTSIDE_PASSWORD = 'sandbox';

/** Whether a user part is a number in E.164. */
export const isE164 = (user: string): boolean => /^\+[1-9]\d{6,14}$/.test(user);

/** Whether a user is a visitor of the website, who reaches desk queues only. */
const isGuest = (user: string): boolean => /^guest-[\w.-]{1,64}$/.test(user);

/** The agent of a user name, an extension or a business number. */
export function agentOf(user: string): Agent | undefined {
  const name = user.toLowerCase();
  return AGENTS.find((agent) => agent.user === name || agent.extension === user || agent.numbers.includes(user));
}

/** The one name of a user: an agent's user name whatever alias was written; undefined for nobody's address. */
export function canonicalUser(user: string): string | undefined {
  if (ECHO.has(user)) return undefined;
  const agent = agentOf(user);
  if (agent) return agent.user;
  return isE164(user) || isGuest(user) ? user : undefined;
}

/** The password of a user name as it is written in credentials. */
export function passwordOf(username: string): string | undefined {
  const user = canonicalUser(username);
  if (user === undefined) return undefined;
  return agentOf(user) ? user : OUTSIDE_PASSWORD;
}

/** Where the user part of an address of this domain leads; undefined for nobody. */
export function destinationOf(user: string): Destination | undefined {
  const name = user.toLowerCase();
  if (ECHO.has(name)) return { kind: 'echo' };
  if (name === MAILBOX) return { kind: 'mailbox' };
  const whose = agentOf(DEPOSIT.exec(name)?.[1] ?? '');
  if (whose) return { kind: 'deposit', user: whose.user };
  const forward = FORWARD_TO.exec(name)?.[1];
  // A keypad has no plus: seven digits or more are a number of the world.
  if (forward !== undefined) return { kind: 'code', code: { forward: forward.replace(/^(?=\d{7})/, '+') } };
  const code = Object.hasOwn(CODES, name) ? CODES[name] : undefined;
  if (code) return { kind: 'code', code };
  const members = Object.hasOwn(QUEUES, name) ? QUEUES[name] : undefined;
  if (members) return { kind: 'queue', members };
  const person = canonicalUser(user);
  return person === undefined ? undefined : { kind: 'person', user: person };
}

/** Whether a caller may reach a destination: guests only reach queues. */
export function reachable(caller: string, destination: Destination): boolean {
  return !isGuest(caller) || destination.kind === 'queue';
}
