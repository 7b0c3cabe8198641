import { asFailure, MultiLineError, type Clock, type EndReason } from '@multiline/core';
import { Deadlines } from '../deadlines.ts';
import { ElsewhereCall } from '../elsewhere-call.ts';
import type { DialogInfo } from '../subscriptions/dialog-info.ts';
import type { DialogFollower } from '../subscriptions/watched-call.ts';
import type { Callback, CallbackChange, CallbackEnd } from '../phone-service/callback.ts';

/** "Call ended" shows within two seconds whatever the service does. */
const LEAVE_MS = 1_500;

/** A call that the phone service makes for the user: their own device first, a key, then the number (ML-23). */
export class CallbackCall extends ElsewhereCall implements DialogFollower {
  readonly revocable = true;
  readonly #callback: Callback;
  readonly #deadlines: Deadlines;
  readonly #over = new AbortController();
  #leaving = false;

  constructor(callback: Callback, address: string, correlation: string, clock: Clock) {
    super('outbound', { address }, correlation);
    this.#callback = callback;
    this.#deadlines = new Deadlines(clock);
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
    if ('ended' in change) this.#ended(change.ended);
    else if (change.stage === 'answered') this.emit({ type: 'answered' });
    else this.emit({ type: 'stage', stage: change.stage });
  }

  #ended(how: CallbackEnd): void {
    if (this.#leaving) this.#finish(this.answered ? 'completed' : 'cancelled', 'us');
    // The user's own device was not answered by the user: the number was never called.
    else if (how === 'not-confirmed') this.#finish('cancelled', 'us');
    else if (how === 'failed') this.#finish(this.answered ? 'interrupted' : 'failed', 'them');
    else this.#finish(how, 'them');
  }

  #finish(reason: EndReason, by: 'us' | 'them'): void {
    this.#deadlines.clear();
    this.#over.abort();
    const why = new MultiLineError('server', { message: 'The phone service could not make the call.' });
    this.end(reason, by, reason === 'failed' ? asFailure(why) : undefined);
  }
}
