import type { UserAgent } from 'sip.js';
import type { AccountLinkOptions } from './link-user.ts';
import { attention } from './page-watch.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { askForLife } from './sign-of-life.ts';

/** How long a sign of life may take; seen or in a call, a dead link is so noticed within five seconds. */
const SIGN_MS = { attentive: 2_400, hidden: 5_000 };
/** And at least, when the network has changed: a link that is alive answers as soon as it did before. */
const DOUBT_MS = { call: 400, attentive: 1_000, hidden: 5_000 };
/** A server that never answers OPTIONS has to answer a registration; that often is enough. */
const MUTE_PULSE_MS = 15_000;

export interface LinkWatchSetup extends Pick<AccountLinkOptions, 'clock' | 'pulseMs'> {
  readonly inCall: () => boolean;
  readonly userAgent: () => UserAgent | undefined;
  /**
   * No sign of life.
   * @param certain the server would have answered; else it may be one that answers no OPTIONS
   */
  readonly onSilence: (certain: boolean) => void;
}

/** Whether the server can be reached over the link we have: closely while the page is seen or has a call, at leisure else. */
export class LinkWatch {
  readonly #setup: LinkWatchSetup;
  readonly #pulse: Pulse;
  /** The server has answered OPTIONS on this link. */
  #answers = false;
  /** The network has changed, and nothing was heard since. */
  #doubtful = false;

  constructor(setup: LinkWatchSetup) {
    this.#setup = setup;
    this.#pulse = createPulse({
      clock: setup.clock,
      intervalMs: () => Math.max(setup.pulseMs[this.#kind], this.#answers ? 0 : MUTE_PULSE_MS),
      deadlineMs: () => SIGN_MS[this.#kind],
      hurriedMs: () => DOUBT_MS[setup.inCall() ? 'call' : this.#kind],
      ask: () => {
        const userAgent = setup.userAgent();
        if (userAgent) askForLife(userAgent, () => this.#answered());
      },
      onDead: () => setup.onSilence(this.#answers || (this.#doubtful && setup.inCall())),
    });
  }

  get doubtful(): boolean {
    return this.#doubtful;
  }

  /** We are registered. */
  start(): void {
    this.#pulse.start();
  }

  /** A new link: whether this server answers at all is learned while nothing is amiss. */
  startAnew(): void {
    this.#answers = false;
    this.#pulse.doubt();
  }

  stop(): void {
    this.#doubtful = false;
    this.#pulse.stop();
  }

  /** Something was heard. */
  beat(): void {
    this.#doubtful = false;
    this.#pulse.beat();
  }

  /** Somebody looks who may want to call soon. */
  look(): void {
    this.#pulse.doubt();
  }

  /** The link is as good as dead: only what answers as quickly as it did lately is not. */
  doubt(): void {
    this.#doubtful = true;
    this.#pulse.doubt(true);
  }

  get #kind(): 'attentive' | 'hidden' {
    return attention() === 'hidden' && !this.#setup.inCall() ? 'hidden' : 'attentive';
  }

  #answered(): void {
    if (this.#answers) return;
    this.#answers = true;
    this.#pulse.start();
  }
}
