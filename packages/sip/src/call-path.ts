import type { Clock } from '@multiline/core';
import type { AccountLink } from './account-link.ts';
import type { Deadlines } from './deadlines.ts';
import type { Leg } from './leg.ts';

export interface CallPathSetup {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Who made the call looks for a new way first: one side is enough. */
  readonly caller: () => boolean;
  /** What carries the call now. */
  readonly leg: () => Leg | undefined;
  /** Answered, and not on its way to its end. */
  readonly talking: () => boolean;
  readonly link: Pick<AccountLink, 'doubt' | 'verify'>;
  /** Audio comes, or does not. */
  readonly onFlow: (flowing: boolean) => void;
  /** Nobody is there any more. */
  readonly onSilence: () => void;
}

/** A call without audio for this long is over. */
const SILENCE_MS = 30_000;
/** When audio has stopped, the called waits this long whether the caller finds it a new way: both at once would meet (491). */
const CALLED_WAITS_MS = 1_000;
/**
 * A call that was answered has its audio after this, over a bad network too: else the way that both agreed on leads nowhere, e.g.
 * because the computer slept meanwhile. Asked for sooner, one that is only slow would have to begin anew.
 */
const COMES_MS = 2_000;
/** A way that was found may lead nowhere, because a network is not quite back yet. */
const AGAIN_MS = 5_000;
/** How often it is looked whether audio comes. ICE needs five seconds to notice that it does not. */
const LOOK_MS = 250;
/**
 * After this the server is asked whether it still hears us: one network carries both. Where the network is known to have changed
 * lately, the audio takes a new way as well.
 */
const DOUBT_MS = 750;
const LATELY_MS = 10_000;
/** And after this the call says so, if something is known to be amiss: else the other side may just send nothing. */
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
  #movedAt = -Infinity;
  #soughtAt = -Infinity;
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
    const { deadlines, talking } = this.#setup;
    this.#connected = connected;
    this.#stalled = false;
    this.#tell();
    if (!talking()) return;
    if (connected) {
      deadlines.forget('silence');
      deadlines.forget('stale');
    } else this.#expect(0);
  }

  /** Both may speak. */
  begin(): void {
    if (!this.#connected) this.#expect(COMES_MS);
    void this.#look();
  }

  /** Another session carries the call: it has yet to flow. */
  anew(): void {
    this.#connected = this.#stalled = this.#told = this.#astray = false;
    this.#expect(COMES_MS);
  }

  /** The way to the server is gone. Audio may flow on. */
  cut(): void {
    this.#setup.leg()?.renegotiation.cut();
    this.#astray = true;
  }

  /** The network has changed. Whether that concerns the audio shows: a way that holds is left alone. */
  moved(): void {
    this.#movedAt = this.#setup.clock.now();
  }

  /** The server knows where we are: the other side learns it too, and the audio takes a new way. */
  recovered(): void {
    if (this.#astray) this.#setup.leg()?.renegotiation.restart();
  }

  /** The other side has agreed to something: it knows where we are. */
  taken(): void {
    this.#astray = false;
  }

  /** Both have agreed on a new way, whoever has asked for it. Whether it leads anywhere is seen as after a change of the network. */
  renewed(): void {
    const now = this.#setup.clock.now();
    this.#astray = false;
    this.#quietMs = 0;
    // Both would ask in turn, and never wait for what they have asked for.
    if (now - this.#soughtAt >= AGAIN_MS) this.#movedAt = now;
  }

  /** Audio comes within so long, or a new way is looked for. Nobody says BYE when the other side has vanished with its machine. */
  #expect(ms: number): void {
    const { deadlines, caller, leg, onSilence } = this.#setup;
    deadlines.in('silence', SILENCE_MS, onSilence);
    deadlines.in('stale', ms + (caller() ? 0 : CALLED_WAITS_MS), () => {
      const ways = leg()?.media.connection?.getTransceivers();
      // There is none where an answer has refused all audio (RFC 3264 §6).
      if (ways?.some(({ currentDirection }) => currentDirection !== null)) this.#seek();
    });
  }

  /** Looks for a new way until there is one. */
  #seek(): void {
    const { clock, deadlines, link } = this.#setup;
    this.#astray = true;
    this.#soughtAt = clock.now();
    deadlines.in('stale', AGAIN_MS, () => {
      if (!this.flowing || (this.#quietMs > 0 && this.#lately)) this.#seek();
    });
    link.verify();
  }

  async #look(): Promise<void> {
    const { deadlines, leg, link, talking } = this.#setup;
    const { packets } = (await leg()?.media.stats())?.received ?? { packets: 0 };
    if (!talking()) return;
    deadlines.in('look', LOOK_MS, () => void this.#look());
    const { renegotiation, heldByThem } = leg() ?? {};
    // Whoever waits, or lets us wait, need not send anything.
    const none = packets === this.#arrived && this.#connected && !renegotiation?.held && !heldByThem;
    this.#quietMs = none ? this.#quietMs + LOOK_MS : 0;
    this.#arrived = packets;
    if (this.#quietMs >= DOUBT_MS && this.#lately && this.#movedAt > this.#soughtAt) this.#seek();
    else if (this.#quietMs === DOUBT_MS) link.doubt();
    this.#stalled = this.#stalled ? none : this.#astray && this.#quietMs >= STALL_MS;
    this.#tell();
  }

  /** The network has changed lately. */
  get #lately(): boolean {
    return this.#setup.clock.now() - this.#movedAt < LATELY_MS;
  }

  #tell(): void {
    if (this.flowing === this.#told) return;
    this.#told = this.flowing;
    if (this.#setup.talking()) this.#setup.onFlow(this.#told);
  }
}
