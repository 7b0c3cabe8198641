import { MultiLineError, type LineCall } from '@multiline/core';
import type { Invitation } from 'sip.js';
import type { AccountLink } from '../account-link.ts';
import { askForLife } from '../sign-of-life.ts';
import { addressedTo, callIdOf, type RingingToken } from './ringing-token.ts';

/**
 * A server that forks late offers the call to a phone at its registration. On Kamailio with tsilo the phone rang at most 153 ms
 * after its predecessor had gone, connecting and registering included (n=10): who waits this long (ms) knows whether it comes.
 * A server that answers OPTIONS tells it sooner: it reads a connection in order, and has offered the call before it answers. In
 * a hidden page, where timers come once a second, that is the only way to be in time.
 */
const FORK_MS = 200;

export interface RingingAgainParts {
  readonly link: AccountLink;
  /** A call that came in here and lives, by its Call-ID. */
  readonly find: (callId: string) => LineCall | undefined;
}

/** What an INVITE is that comes in: one that another page had, since when (epoch ms), or one that came here already. */
export type Origin = { readonly since: number } | 'merged' | undefined;

/**
 * Lets a call ring on whose page is gone, on any server: its INVITE is handed to the user agent as if it had come here, and the
 * answer finds the server's transaction by its branch (RFC 3261 §17.1.3), whichever connection it comes over. Where the server
 * has offered the call by itself too, SIP.js finds the same request twice and answers this one 482 (§8.2.2.2), which ends the
 * branch of the page that is gone: else the caller's CANCEL, or our refusal, would wait for it.
 */
export class RingingAgain {
  readonly #parts: RingingAgainParts;
  #handing: { readonly callId: string; readonly origin: Exclude<Origin, undefined> } | undefined;

  constructor(parts: RingingAgainParts) {
    this.#parts = parts;
  }

  originOf(invitation: Invitation): Origin {
    return this.#handing?.callId === invitation.request.callId ? this.#handing.origin : undefined;
  }

  /** @throws MultiLineError `not-registered`; `no-such-call` when it is over or was refused */
  async ring({ invite, since }: RingingToken): Promise<LineCall> {
    const { link, find } = this.#parts;
    await this.#offersAreHere();
    const { userAgent } = link;
    if (!userAgent || !link.connected) throw new MultiLineError('not-registered');
    const callId = callIdOf(invite);
    // One that came by itself and is over by now must not begin anew.
    const origin = link.ownCalls.stateOf(callId) === undefined ? { since } : 'merged';
    this.#handing = { callId, origin };
    try {
      link.receive(addressedTo(invite, userAgent.contact.uri.toString()));
    } finally {
      this.#handing = undefined;
    }
    const call = find(callId);
    if (!call) throw new MultiLineError('no-such-call');
    return call;
  }

  /** Whatever the server offers by itself has come by now. */
  #offersAreHere(): Promise<void> {
    const { clock, userAgent } = this.#parts.link;
    return new Promise((resolve) => {
      const cancel = clock.at(clock.now() + FORK_MS, resolve);
      if (!userAgent) return;
      askForLife(userAgent, () => {
        cancel();
        resolve();
      });
    });
  }
}
