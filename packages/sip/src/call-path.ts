import type { Deadlines } from './deadlines.ts';
import type { Leg } from './leg.ts';

export interface CallPathSetup {
  readonly deadlines: Deadlines;
  /** Who made the call looks for a new way first: one side is enough. */
  readonly caller: () => boolean;
  /** What carries the call now. */
  readonly leg: () => Leg | undefined;
  /** Answered, and not on its way to its end. */
  readonly talking: () => boolean;
  /** Whether the server still hears us; when it does, it is told where we are, and {@link CallPath.recovered} follows. */
  readonly doubt: () => void;
  /** Audio comes, or does not. */
  readonly onFlow: (flowing: boolean) => void;
  /** Nobody is there any more. */
  readonly onSilence: () => void;
}

/** A call without audio for this long is over. */
const SILENCE_MS = 30_000;
/** When audio has stopped, the called waits this long whether the caller finds it a new way: both at once would meet (491). */
const CALLED_WAITS_MS = 1_000;
/** A way that was found may lead nowhere, because a network is not quite back yet. */
const AGAIN_MS = 5_000;
/** While something is amiss: how often it is looked whether audio comes, and how long none may. ICE needs five seconds for that. */
const LOOK_MS = 250;
const STALL_MS = 1_000;

/** The way of an answered call's audio and signalling, and what becomes of the call when it is lost. */
export class CallPath {
  readonly #setup: CallPathSetup;
  /** What ICE says. */
  #connected = false;
  #stalled = false;
  #told = false;
  /** The other side may not know where we are. */
  #astray = false;
  #arrived = 0;
  #quietMs = 0;

  constructor(setup: CallPathSetup) {
    this.#setup = setup;
  }

  get flowing(): boolean {
    return this.#connected && !this.#stalled;
  }

  /** ICE has found a way for the audio, or lost it. Before the answer audio may come early; only after it must there be some. */
  changed(connected: boolean): void {
    const { deadlines, talking, caller } = this.#setup;
    this.#connected = connected;
    this.#stalled = false;
    this.#tell();
    if (!talking()) return;
    if (connected) {
      deadlines.forget('silence');
      deadlines.forget('stale');
    } else {
      this.#limit();
      deadlines.in('stale', caller() ? 0 : CALLED_WAITS_MS, this.#seek);
    }
  }

  /** Both may speak. */
  begin(): void {
    if (!this.#connected) this.#limit();
  }

  /** Another session carries the call: it has yet to flow. */
  anew(): void {
    this.#connected = this.#stalled = this.#told = this.#astray = false;
    this.#limit();
  }

  /** The way to the server is gone. Audio may flow on. */
  cut(): void {
    this.#setup.leg()?.renegotiation.cut();
    this.moved();
  }

  /** We may be elsewhere now. */
  moved(): void {
    this.#astray = true;
    if (this.#setup.deadlines.has('look')) return;
    this.#quietMs = 0;
    void this.#look();
  }

  /** The server knows where we are: the other side learns it too, and the audio takes a new way. */
  recovered(): void {
    if (this.#astray) this.#setup.leg()?.renegotiation.restart();
  }

  /** The other side has agreed to something: it knows where we are. */
  taken(): void {
    this.#astray = false;
  }

  /** Looks for a new way until there is one. */
  readonly #seek = (): void => {
    const { deadlines, doubt } = this.#setup;
    this.#astray = true;
    deadlines.in('stale', AGAIN_MS, this.#seek);
    doubt();
  };

  async #look(): Promise<void> {
    const { deadlines, leg, talking } = this.#setup;
    this.#quietMs += LOOK_MS;
    deadlines.in('look', LOOK_MS, () => void this.#look());
    const { packets } = (await leg()?.media.stats())?.received ?? { packets: 0 };
    const current = leg();
    // Whoever waits, or lets us wait, need not send anything.
    const waits = current?.renegotiation.held === true || current?.heldByThem === true;
    if (packets !== this.#arrived || waits) this.#quietMs = 0;
    this.#arrived = packets;
    const stalled = this.#quietMs >= STALL_MS;
    // It is known where we are, so what does not come is not sent.
    const done = !talking() || (!this.#astray && (!stalled || this.#quietMs >= AGAIN_MS));
    if (done) deadlines.forget('look');
    this.#stalled = stalled && !done;
    this.#tell();
  }

  #tell(): void {
    if (this.flowing === this.#told) return;
    this.#told = this.flowing;
    if (this.#setup.talking()) this.#setup.onFlow(this.#told);
  }

  /** Nobody says BYE when the other side has vanished with its machine. */
  #limit(): void {
    const { deadlines, onSilence } = this.#setup;
    deadlines.in('silence', SILENCE_MS, onSilence);
  }
}
