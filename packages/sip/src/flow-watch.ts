import type { Deadlines } from './deadlines.ts';

export interface FlowWatchSetup {
  readonly deadlines: Deadlines;
  /** The caller looks for a new way first: one side is enough. */
  readonly caller: () => boolean;
  /** The audio needs a new way. */
  readonly onStale: () => void;
  /** Nobody is there any more. */
  readonly onSilence: () => void;
}

/** A call without audio for this long is over. */
const SILENCE_MS = 30_000;
/** Audio that does not come back by itself within this time takes a new way. */
const STALE_MS = 3_000;

/** Whether the audio of an answered call flows, and what becomes of the call when it does not. */
export class FlowWatch {
  readonly #setup: FlowWatchSetup;
  #flowing = false;

  constructor(setup: FlowWatchSetup) {
    this.#setup = setup;
  }

  get flowing(): boolean {
    return this.#flowing;
  }

  /** Before the answer audio may come early; only after it must there be some. */
  changed(flowing: boolean, answered: boolean): void {
    this.#flowing = flowing;
    if (!answered) return;
    const { deadlines, caller, onStale } = this.#setup;
    if (flowing) {
      deadlines.forget('silence');
      deadlines.forget('stale');
      return;
    }
    this.#limit();
    // Our own address may have changed. The called waits whether the caller does it.
    deadlines.in('stale', caller() ? STALE_MS : 2 * STALE_MS, onStale);
  }

  /** Both may speak. */
  begin(): void {
    if (!this.#flowing) this.#limit();
  }

  /** Another session carries the call: it has yet to flow. */
  anew(): void {
    this.#flowing = false;
    this.#limit();
  }

  /** Nobody says BYE when the other side has vanished with its machine. */
  #limit(): void {
    const { deadlines, onSilence } = this.#setup;
    deadlines.in('silence', SILENCE_MS, onSilence);
  }
}
