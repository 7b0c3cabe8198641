import { asFailure, MultiLineError, type Clock, type EndReason } from '@multiline/core';
import { Deadlines } from '../deadlines.ts';
import { ElsewhereCall } from '../elsewhere-call.ts';
import type { DialogInfo } from '../subscriptions/dialog-info.ts';
import type { DialogFollower } from '../subscriptions/watched-call.ts';
import type { Callback, CallbackChange, CallbackEnd } from '../phone-service/callback.ts';

/** "Call ended" shows within two seconds whatever the service does. */
const LEAVE_MS = 1_500;

/** What the user's own device did. */
const OWN_PHONE = {
  declined: 'Your own phone declined.',
  busy: 'Your own phone is busy.',
  'no-answer': 'Your own phone was not answered.',
  'not-confirmed': 'Nobody pressed a key on your own phone.',
};

/** A call that the phone service makes for the user: their own device first, a key, then the number (ML-23). */
export class CallbackCall extends ElsewhereCall implements DialogFollower {
  readonly #callback: Callback;
  readonly #deadlines: Deadlines;
  readonly #over = new AbortController();
  #leaving = false;
  /** Whoever refuses now is the user's own device; unless that was told, it may be the called. */
  #ownRings = false;

  constructor(callback: Callback, address: string, correlation: string, clock: Clock) {
    super('outbound', { address }, correlation);
    this.#callback = callback;
    this.#deadlines = new Deadlines(clock);
    this.emit({ type: 'revocable', revocable: true });
    void callback.watch((change) => {
      this.#change(change);
    }, this.#over.signal);
  }

  /** Ends it in whatever stage. Rejects when the service could not: the call then goes on. */
  override async hangUp(): Promise<void> {
    if (this.ended || this.#leaving) return;
    this.#leaving = true;
    try {
      await this.#callback.end();
    } catch (thrown) {
      this.#leaving = false;
      throw thrown;
    }
    if (this.ended) return;
    this.#deadlines.in('leave', LEAVE_MS, () => {
      this.#finish(this.answered ? 'completed' : 'cancelled', 'us');
    });
  }

  /** The service's call to the user's own device is this call too; the service itself tells of it. */
  claims({ remote }: DialogInfo): boolean {
    return !this.ended && remote?.address === this.remote.address;
  }

  update(): void {
    // The service says more than a dialog does.
  }

  lost(): void {
    // The service goes on telling.
  }

  override interrupt(): void {
    this.#finish('interrupted', 'us');
  }

  #change(change: CallbackChange): void {
    if ('ended' in change) {
      this.#ended(change.ended, change.gap);
      return;
    }
    const { stage } = change;
    this.#ownRings = stage === 'calling-device' || stage === 'confirming';
    this.emit(stage === 'answered' ? { type: stage } : { type: 'stage', stage });
  }

  #ended(how: CallbackEnd, gap = false): void {
    if (this.#leaving) this.#finish(this.answered ? 'completed' : 'cancelled', 'us');
    else if (how === 'failed' && this.answered) this.#finish('interrupted', 'them');
    else if (how === 'failed')
      this.#finish(
        how,
        'them',
        new MultiLineError('server', { message: 'The phone service could not make the call.' }),
      );
    else if (how === 'completed' || (how !== 'not-confirmed' && (gap || !this.#ownRings))) this.#finish(how, 'them');
    // The number was never called.
    else this.#finish('cancelled', 'us', new MultiLineError('own-phone', { message: OWN_PHONE[how] }));
  }

  #finish(reason: EndReason, by: 'us' | 'them', why?: MultiLineError): void {
    this.#deadlines.clear();
    this.#over.abort();
    this.end(reason, by, why && asFailure(why));
  }
}
