import {
  MultiLineError,
  type EndReason,
  type Failure,
  type LineCall,
  type LineSignal,
  type RemoteParty,
} from '@multiline/core';
import { SignalLog } from './signal-log.ts';
import { uuid } from './uuid.ts';

/** A call that another device of the user's carries: the audio and its controls stay there (ML-24). */
export abstract class ElsewhereCall implements LineCall {
  readonly id = uuid();
  readonly device = 'elsewhere';
  readonly correlation: string;
  readonly direction: 'inbound' | 'outbound';
  readonly remote: RemoteParty;
  readonly #signals = new SignalLog();
  #answered = false;
  #ended = false;

  constructor(direction: 'inbound' | 'outbound', remote: RemoteParty, correlation: string | undefined) {
    this.direction = direction;
    this.remote = remote;
    this.correlation = correlation ?? this.id;
  }

  get answered(): boolean {
    return this.#answered;
  }

  get ended(): boolean {
    return this.#ended;
  }

  listen(listener: (signal: LineSignal) => void): () => void {
    return this.#signals.listen(listener);
  }

  answer(): Promise<void> {
    return elsewhere();
  }

  decline(): Promise<void> {
    return elsewhere();
  }

  hangUp(): Promise<void> {
    return elsewhere();
  }

  /** The microphone is not here. */
  mute(): void {
    // Nothing of ours is to be muted, and no signal says that anything was.
  }

  end(reason: EndReason, by: 'us' | 'them', failure?: Failure): void {
    this.emit({ type: 'ended', reason, by, ...(failure && { failure }) });
  }

  /** Nobody here hears of it any more. */
  interrupt(): void {
    this.end('interrupted', 'us');
  }

  /** Once it has ended nothing happens to it any more; it is answered once. */
  protected emit(signal: LineSignal): void {
    if (this.#ended || (this.#answered && signal.type === 'answered')) return;
    this.#answered ||= signal.type === 'answered';
    this.#ended = signal.type === 'ended';
    this.#signals.emit(signal);
  }
}

function elsewhere(): Promise<never> {
  return Promise.reject(new MultiLineError('unsupported', { message: 'The call is on another device: use it there.' }));
}
