import { MultiLineError, type EndReason, type Failure } from '@multiline/core';
import { Inviter, SessionState, type URI, type UserAgent } from 'sip.js';
import { codeOf } from '../end-reason.ts';
import type { SessionMediaOptions } from '../media/session-media.ts';
import { SipCall, type CallSetup } from '../sip-call.ts';
import type { CallToken } from './token.ts';

/** A call that another page had: taken back by an INVITE that replaces its dialog (RFC 3891). */
export class ResumedCall extends SipCall {
  readonly correlation: string;
  readonly direction: 'inbound' | 'outbound';
  readonly #token: CallToken;
  readonly #userAgent: UserAgent;
  #inviter: Inviter | undefined;

  constructor(setup: CallSetup, userAgent: UserAgent, token: CallToken) {
    super(setup, token.remote);
    this.#userAgent = userAgent;
    this.#token = token;
    this.correlation = token.correlation;
    this.direction = token.direction;
  }

  /**
   * Asks where the other side's phone is, and where nobody knows that, by its address: a server that stands between has it.
   * Rejects when neither allows it.
   */
  async start(targets: readonly URI[]): Promise<void> {
    let refusal = new MultiLineError('no-such-call');
    for (const target of targets) {
      const status = await this.#ask(target).catch((thrown: unknown) => {
        // Nothing went out: it must not stand among the calls of the line.
        if (!this.ended) this.vanish();
        throw thrown;
      });
      if (status < 300) {
        this.confirmed();
        // Its microphone may have failed meanwhile.
        void this.audio.findMicrophone();
        return;
      }
      refusal = new MultiLineError(codeOf(status), {
        message: `The call could not be taken back (${String(status)}).`,
      });
      if (status !== 404) break;
    }
    this.vanish();
    throw refusal;
  }

  /** The INVITE that took it back bears no correlation. */
  protected override get knownAs(): string {
    return this.#inviter?.request.callId ?? this.correlation;
  }

  answer(): Promise<void> {
    return Promise.reject(new MultiLineError('unsupported', { message: 'This call was answered already.' }));
  }

  decline(): Promise<void> {
    return this.hangUp();
  }

  lost(failure: Failure): void {
    if (this.leg?.established) this.interrupted();
    else {
      this.leaveUnanswered();
      this.end('interrupted', 'them', failure);
    }
  }

  protected leaveUnanswered(): EndReason {
    if (this.#inviter) this.setup.farewells.cancel(this.#inviter);
    return 'interrupted';
  }

  protected unexplained(): EndReason {
    return 'interrupted';
  }

  /** @returns the status of the answer */
  async #ask(target: URI): Promise<number> {
    const { callId, localTag, remoteTag, routes, held } = this.#token;
    const extraHeaders = [
      `Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag}`,
      'Require: replaces',
      ...routes.map((route) => `Route: ${route}`),
    ];
    const inviter = new Inviter(this.#userAgent, target, { extraHeaders });
    // Another target may be asked yet: its end is not the call's.
    const leg = this.legs.make(inviter);
    // Who waited goes on waiting: without a moment in which both hear one another.
    const options: SessionMediaOptions = { hold: held };
    this.#inviter = inviter;
    return new Promise((resolve, reject) => {
      void this.over.then(() => reject(new MultiLineError('network')));
      inviter.stateChange.addListener((state) => {
        if (state !== SessionState.Established) return;
        leg.renegotiation.begin(held);
        this.legs.adopt(leg);
        resolve(200);
      });
      inviter
        .invite({
          sessionDescriptionHandlerOptions: options,
          requestDelegate: {
            onRedirect: ({ message }) => resolve(message.statusCode ?? 302),
            onReject: ({ message }) => resolve(message.statusCode ?? 500),
          },
        })
        .catch(reject);
    });
  }
}
