import type { Clock, Failure } from '@multiline/core';
import type { Invitation, SessionDescriptionHandlerFactory, URI } from 'sip.js';
import type { CredentialsSource } from './credentials.ts';
import type { GuardedConnectionConstructor } from './server-connection.ts';
import type { PhoneIdentity } from './user-agent.ts';

/** What stands on an account hears of it. */
export interface LinkUser {
  /** Makes the media of a session. */
  readonly media: SessionDescriptionHandlerFactory;
  onInvitation(invitation: Invitation): void;
  /** The server cannot be reached any more. */
  onLost(failure: Failure): void;
  /** Registered, the first time or again. */
  onRegistered(): void;
  /** The network has changed. `onRegistered` follows when the server knows where we are, else `onLost`. */
  onMoved(): void;
  /** A user that is not to be called here is not registered, only signed in. */
  readonly unregistered?: boolean;
  /** Whether a call lives: a dead link must then be noticed sooner. */
  inCall(): boolean;
}

export interface AccountLinkOptions {
  readonly servers: readonly string[];
  readonly uri: URI;
  readonly displayName: string | undefined;
  readonly phone: PhoneIdentity;
  readonly credentials: CredentialsSource;
  /** Whether nobody is signed in before somebody logs in. */
  readonly signedOut: boolean;
  readonly correlationHeader: string | undefined;
  readonly registerExpiresS: number;
  readonly pulseMs: { readonly attentive: number; readonly hidden: number };
  readonly transport: GuardedConnectionConstructor;
  readonly clock: Clock;
  readonly random: () => number;
}
