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
