import { MultiLineError, type EndReason, type LineCall, type LineSignal, type RemoteParty } from '@multiline/core';
import { SignalLog } from '../signal-log.ts';
import { uuid } from '../uuid.ts';
import { dialogEnd } from './dialog-end.ts';
import type { DialogInfo } from './dialog-info.ts';

/** A call that another device of the user's carries: we watch it, the audio and its controls stay there (ML-24). */
export class WatchedCall implements LineCall {
  readonly id = uuid();
  readonly device = 'elsewhere';
  readonly correlation: string;
  readonly direction: 'inbound' | 'outbound';
  readonly remote: RemoteParty;
  readonly #signals = new SignalLog();
  #rang = false;
  #answered = false;
  #ended = false;

  constructor(direction: 'inbound' | 'outbound', remote: RemoteParty, correlation: string | undefined) {
    this.direction = direction;
    this.remote = remote;
    this.correlation = correlation ?? this.id;
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

  /** What the server says of it now; `undefined`: nothing any more. */
  update(now: DialogInfo | undefined): void {
    if (!now || now.state === 'terminated') {
      const { reason, by } = dialogEnd(this.direction, this.#answered, now);
      this.end(reason, by);
    } else if (now.state === 'confirmed') {
      if (!this.#answered) this.#emit({ type: 'answered' });
      this.#answered = true;
    } else if (now.state === 'early' && this.direction === 'outbound') {
      if (!this.#rang) this.#emit({ type: 'ringing' });
      this.#rang = true;
    }
  }

  end(reason: EndReason, by: 'us' | 'them'): void {
    this.#emit({ type: 'ended', reason, by });
    this.#ended = true;
  }

  #emit(signal: LineSignal): void {
    if (!this.#ended) this.#signals.emit(signal);
  }
}

function elsewhere(): Promise<never> {
  return Promise.reject(new MultiLineError('unsupported', { message: 'The call is on another device: use it there.' }));
}
