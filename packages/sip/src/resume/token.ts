import type { RemoteParty } from '@multiline/core';
import { Core, type Session } from 'sip.js';

/** What takes a call back in another page: the dialog (RFC 3261 §12), and what the call was. */
export interface CallToken {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Where the other side's phone is. */
  readonly remoteTarget: string;
  /** Whom it is known as. */
  readonly remoteUri: string;
  readonly routes: readonly string[];
  readonly direction: 'inbound' | 'outbound';
  readonly correlation: string;
  readonly remote: RemoteParty;
  /** It waits for us. */
  readonly held: boolean;
}

type Known = Pick<CallToken, 'direction' | 'correlation' | 'remote' | 'held'>;

/** @returns '' for a session without a dialog */
export function tokenOf({ dialog }: Session, known: Known): string {
  if (!(dialog instanceof Core.SessionDialog)) return '';
  const { callId, localTag, remoteTag, remoteTarget, remoteURI, routeSet } = dialog;
  const token: CallToken = {
    callId,
    localTag,
    remoteTag,
    remoteTarget: remoteTarget.toString(),
    remoteUri: remoteURI.toString(),
    routes: routeSet,
    ...known,
  };
  return JSON.stringify(token);
}

/** What was kept may be anything. */
export function readToken(text: string): CallToken | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isToken(value) ? value : undefined;
}

const TEXTS = ['callId', 'localTag', 'remoteTag', 'remoteTarget', 'remoteUri', 'correlation'] as const;

function isToken(value: unknown): value is CallToken {
  if (typeof value !== 'object' || value === null) return false;
  const token = value as Partial<Record<keyof CallToken, unknown>>;
  const { direction, remote, routes } = token;
  return (
    TEXTS.every((name) => typeof token[name] === 'string' && !/[\s\p{Cc}]/u.test(token[name])) &&
    (direction === 'inbound' || direction === 'outbound') &&
    typeof remote === 'object' &&
    remote !== null &&
    'address' in remote &&
    Array.isArray(routes) &&
    routes.every((route) => typeof route === 'string' && !/[\r\n]/.test(route))
  );
}
