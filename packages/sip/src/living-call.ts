import type { Clock, EndReason, Failure, LineSignal } from '@multiline/core';
import { Deadlines } from './deadlines.ts';
import { SignalLog } from './signal-log.ts';
import { uuid } from './uuid.ts';

/** How long the other side has to confirm that a call is over; "Call ended" shows within two seconds whatever happens. */
const LEAVE_MS = 1_500;

/**
 * A call from its beginning to its end, and what is told of it: answered once, left once, ended once. What carries it is for
 * others to say.
 */
export abstract class LivingCall {
  readonly id: string = uuid();
  /** Resolves when it has ended. */
  readonly over: Promise<void>;
  protected readonly deadlines: Deadlines;
  readonly #signals = new SignalLog();
  #answered = false;
  #ended = false;
  #leaving: EndReason | undefined;
  #over: (() => void) | undefined;

  constructor(clock: Clock) {
    this.deadlines = new Deadlines(clock);
    this.over = new Promise((resolve) => (this.#over = resolve));
  }

  get ended(): boolean {
    return this.#ended;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Why we are on our way out, if we are. */
  protected get leaving(): EndReason | undefined {
    return this.#leaving;
  }

  /** Answered, and not on its way to its end. */
  protected get talking(): boolean {
    return this.#answered && !this.#ended && !this.#leaving;
  }

  /** Whether there is somebody who could confirm that it is over. */
  protected abstract get reachable(): boolean;

  listen(listener: (signal: LineSignal) => void): () => void {
    return this.#signals.listen(listener);
  }

  /** Lets go of what it holds; may be asked for again. */
  protected abstract release(): void;

  protected emit(signal: LineSignal): void {
    this.#signals.emit(signal);
  }

  /** The dialog is confirmed. @returns whether that is new */
  protected confirmed(): boolean {
    if (this.#answered || this.#ended) return false;
    this.#answered = true;
    return true;
  }

  /** We go: our audio ends now, the signal follows when the other side has confirmed it, or soon. */
  protected leave(reason: EndReason): void {
    this.#leaving = reason;
    this.release();
    if (this.reachable) this.deadlines.in('leave', LEAVE_MS, () => this.end(reason, 'us'));
    else this.end(reason, 'us');
  }

  protected end(reason: EndReason, by: 'us' | 'them', failure?: Failure): void {
    if (this.#ended) return;
    this.vanish();
    this.emit({ type: 'ended', reason, by, ...(failure ? { failure } : {}) });
  }

  /** It is over, and nobody hears of it. */
  protected vanish(): void {
    this.#ended = true;
    this.deadlines.clear();
    this.release();
    this.#over?.();
  }
}
