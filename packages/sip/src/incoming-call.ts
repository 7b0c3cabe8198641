import { MultiLineError, asError, asFailure, type EndReason, type Failure, type RemoteParty } from '@multiline/core';
import { SessionState, type Invitation } from 'sip.js';
import { cancelReason } from './end-reason.ts';
import { toldBy } from './call-headers.ts';
import { plainText, remoteParty, targetUri } from './headers.ts';
import type { SessionMedia } from './media/session-media.ts';
import { nextTask } from './next-task.ts';
import { forgetBorrowedRinging, watchBorrowedRinging } from './resume/borrowed-ringing.ts';
import { ringingTokenOf } from './resume/ringing-token.ts';
import { SipCall, type CallSetup } from './sip-call.ts';

/** A call that rings while the server is away may still be answered when it comes back this soon. */
const LOST_MS = 8_000;

/** A call to us. */
export class IncomingCall extends SipCall {
  readonly direction = 'inbound';
  readonly correlation: string;
  readonly called: string;
  readonly queue?: string;
  readonly collectedDigits?: string;
  readonly redirectedBy?: RemoteParty;
  readonly transferredBy?: RemoteParty;
  readonly #invitation: Invitation;
  readonly #declineCode: number;
  readonly #media: SessionMedia;
  /** When it came first, where another page had it before (epoch ms). */
  readonly #since: number | undefined;
  #answering: Promise<void> | undefined;
  /** Our answer is out; the caller has yet to confirm it. */
  #accepted = false;
  #onBack?: () => void;

  constructor(setup: CallSetup, invitation: Invitation, declineCode: number, since?: number) {
    super(setup, remoteParty(invitation.assertedIdentity ?? invitation.remoteIdentity));
    this.#since = since;
    const { request } = invitation;
    this.#invitation = invitation;
    this.#declineCode = declineCode;
    const { correlationHeader } = setup;
    const named = correlationHeader === undefined ? '' : plainText(request.getHeader(correlationHeader) ?? '');
    this.correlation = named === '' ? request.callId : named;
    const { called, queue, collectedDigits, redirectedBy, transferredBy } = toldBy(request, setup.headers);
    this.called = called;
    if (queue !== undefined) this.queue = queue;
    if (collectedDigits !== undefined) this.collectedDigits = collectedDigits;
    if (redirectedBy) this.redirectedBy = redirectedBy;
    if (transferredBy) this.transferredBy = transferredBy;
    ({ media: this.#media } = this.legs.carry(invitation, {
      onCancel: ({ request: cancel }) => {
        this.end(cancelReason(cancel.getHeaders('reason')), 'them');
      },
      onAck: () => {
        this.confirmed();
      },
    }));
  }

  get callId(): string {
    return this.#invitation.request.callId;
  }

  /** Tells the caller that it rings, and takes the offer so that answering need not. */
  async ring(): Promise<void> {
    const since = this.#since ?? this.setup.clock.now();
    this.emit({ type: 'resumable', token: ringingTokenOf({ invite: this.#invitation.request.data, since }) });
    this.#watch();
    await this.#invitation.progress();
    const { dialog, body } = this.#invitation;
    // A caller may end an early dialog by BYE (RFC 3261 §15.1.1); SIP.js would let it ring on.
    if (dialog) {
      dialog.delegate = {
        onBye: (request) => {
          request.accept();
          this.#refuse(487);
          this.end('missed', 'them');
        },
      };
    }
    if (!body) return;
    // A connection takes longer to make than a name to show (P5): whoever hears of this call goes first.
    await nextTask();
    if (this.ended || this.#invitation.state !== SessionState.Initial) return;
    try {
      await this.#media.ring(body);
    } catch (thrown) {
      if (this.ended) return;
      this.#refuse(488);
      this.end('failed', 'us', asFailure(thrown));
    }
  }

  answer(): Promise<void> {
    this.#answering ??= this.#answer().finally(() => {
      this.#answering = undefined;
      // It failed: the call rings on.
      if (!this.#accepted && !this.ended) this.#watch();
    });
    return this.#answering;
  }

  decline(how?: 'busy' | 'declined'): Promise<void> {
    if (this.ended || this.leaving) return Promise.resolve();
    if (this.#invitation.state === SessionState.Established) return this.hangUp();
    this.#refuse(how === undefined ? this.#declineCode : how === 'busy' ? 486 : 603);
    this.end('declined', 'us');
    return Promise.resolve();
  }

  async redirect(target: string): Promise<void> {
    this.#assertLiving();
    if (this.#invitation.state !== SessionState.Initial) throw new MultiLineError('no-such-call');
    const uri = targetUri(target, this.setup.link.uri);
    const extraHeaders = [`Contact: <${uri.toString()}>`];
    this.setup.farewells.refuse(this.#invitation, { statusCode: 302, extraHeaders });
    this.end('redirected', 'us');
  }

  lost(failure: Failure): void {
    if (this.#invitation.state === SessionState.Established) {
      this.interrupted();
      return;
    }
    // Each attempt that fails says so again; the first counts.
    if (this.deadlines.has('lost')) return;
    this.deadlines.in('lost', LOST_MS, () => {
      this.#refuse(480);
      this.end('missed', 'them', failure);
    });
  }

  override recovered(): void {
    this.deadlines.forget('lost');
    this.#onBack?.();
    super.recovered();
  }

  /** A failure while we answer is the answer's to tell: the call rings on. */
  override microphoneFailed(error: MultiLineError): void {
    if (!this.#answering) super.microphoneFailed(error);
  }

  protected leaveUnanswered(): EndReason {
    this.#refuse(this.#declineCode);
    return 'declined';
  }

  protected unexplained(): EndReason {
    return this.#answering || this.#accepted ? 'failed' : 'missed';
  }

  async #answer(): Promise<void> {
    this.#assertLiving();
    if (this.#invitation.state !== SessionState.Initial) throw new MultiLineError('no-such-call');
    // It rings on for a while without the server: who has answered meanwhile has done so when it is back.
    if (!this.setup.link.connected) await Promise.race([new Promise<void>((back) => (this.#onBack = back)), this.over]);
    this.#assertLiving();
    forgetBorrowedRinging(this.deadlines);
    // An invitation without an offer wants ours; it is made first, so that the microphone joins it as it opens.
    if (!this.#invitation.body) await this.#media.getDescription();
    await this.#media.openMicrophone();
    this.#assertLiving();
    try {
      await this.#invitation.accept();
      this.#accepted = true;
      this.emit({ type: 'resumable', token: '' });
    } catch (thrown) {
      this.#assertLiving();
      throw asError(thrown);
    }
    this.#assertLiving();
  }

  /** It may ring over a connection that it did not come by. */
  #watch(): void {
    const { clock } = this.setup;
    const since = this.#since;
    if (since === undefined) return;
    watchBorrowedRinging(this.#invitation, {
      clock,
      deadlines: this.deadlines,
      since,
      onOver: () => {
        this.#refuse(480);
        this.end('missed', 'them');
      },
    });
  }

  #assertLiving(): void {
    if (this.ended) throw new MultiLineError('no-such-call');
  }

  #refuse(statusCode: number): void {
    const { state } = this.#invitation;
    if (state === SessionState.Initial || state === SessionState.Establishing) {
      this.setup.farewells.refuse(this.#invitation, { statusCode });
    }
  }
}
