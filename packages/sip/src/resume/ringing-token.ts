import { readHead, valuesOf } from '../transport/message-head.ts';

/** What lets a call ring on in another page: the INVITE itself, which its server will take an answer to from anywhere. */
export interface RingingToken {
  /** As it came, whole. */
  readonly invite: string;
  /** When it came first (epoch ms). */
  readonly since: number;
}

/** An INVITE longer than this (characters) rings where it came: every tab would keep it, at every change anew. */
const LONGEST = 32_768;

/** @returns '' for an INVITE that is not passed on */
export function ringingTokenOf(token: RingingToken): string {
  return token.invite.length > LONGEST ? '' : JSON.stringify(token);
}

/** What was kept may be anything. */
export function readRingingToken(text: string): RingingToken | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { invite, since } = value as Partial<Record<keyof RingingToken, unknown>>;
  if (typeof invite !== 'string' || invite.length > LONGEST || typeof since !== 'number') return undefined;
  return Number.isFinite(since) && opensCall(invite) ? { invite, since } : undefined;
}

export function callIdOf(invite: string): string {
  return valuesOf(readHead(invite), 'call-id')[0] ?? '';
}

/** The same INVITE, sent to this address of ours. */
export function addressedTo(invite: string, uri: string): string {
  return invite.replace(/^INVITE \S+ /, () => `INVITE ${uri} `);
}

/** An INVITE within a call rings nowhere. */
function opensCall(invite: string): boolean {
  const head = readHead(invite);
  return /^INVITE \S+ SIP\/2\.0$/.test(head.startLine) && !/;\s*tag\s*=/i.test(valuesOf(head, 'to')[0] ?? '');
}
