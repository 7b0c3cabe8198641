import { MultiLineError, type Clock } from '@multiline/core';
import { Core, Inviter, type Session } from 'sip.js';
import { Deadlines } from './deadlines.ts';
import { codeOf } from './end-reason.ts';
import { beforeInvite, confirmAgain, giveUp } from './lost-request.ts';
import type { SessionMediaOptions } from './media/session-media.ts';

export interface RenegotiationSetup {
  readonly clock: Clock;
  readonly random: () => number;
  /** Who made the dialog waits longer when both have tried at once. */
  readonly direction: 'inbound' | 'outbound';
  /** Whether the other side can be told anything at the moment. */
  readonly reachable: () => boolean;
  /** The other side agreed that it waits, or no longer. */
  readonly onHeld: (held: boolean) => void;
  /** It has answered: it knows where we are, and the audio takes its new way. */
  readonly onTaken: (response: Core.IncomingResponse) => void;
  /** It knows this dialog no more (RFC 3261 §12.2.1.2). */
  readonly onGone: () => void;
}

/** How often the same wish may meet a request of the other side before it has failed. */
const MEETINGS = 4;
/** Nobody is asked more seldom than this while something is wanted of it. */
const LONGEST_PAUSE_MS = 30_000;

/** Servers that lose a request on its way answer 100 and nothing more, and until there is an answer both sides wait. */
const ANSWER_MS = 5_000;
/**
 * Whoever has heard our request asks for nothing before it has answered. If the other side asks so long after us, ours went to a
 * connection that it no longer has; if sooner, both may have asked in the same moment, and ours is refused within as long.
 */
const CROSSED_MS = 700;

/**
 * A new way that both have agreed on needs this long to come about. Another one meanwhile would make the checks of the first fail
 * (Asterisk 22: 401 to them), and may leave nobody heard.
 */
const SETTLE_MS = 1_000;

/** How often it is looked whether the other side's own request has been dealt with. */
const TURN_MS = 50;

/** One re-INVITE, until it is answered or given up. */
interface Attempt {
  readonly hold: boolean;
  readonly iceRestart: boolean;
  /** Known when it has left. */
  request?: Core.OutgoingRequestMessage;
  /** The connection it went out over is no more. */
  cut?: boolean;
  /** Nobody has answered for too long: whether the other side has agreed is not known. */
  unanswered?: boolean;
}

/**
 * 2.1 to four seconds for the caller; of the two that the called has it takes half a one, for where both have moved nobody is
 * heard meanwhile. When both have tried at once, they do not do so again (RFC 3261 §14.1).
 */
function pauseMs(direction: 'inbound' | 'outbound', random: number): number {
  return direction === 'outbound' ? 2_100 + 1_900 * random : 100 + 400 * random;
}

/**
 * What we want of the other side within a dialog, by re-INVITE: that it waits, and new ways for the audio (an ICE restart). One
 * request at a time; what is wanted meanwhile, or while nobody can be reached, goes with the next.
 */
export class Renegotiation {
  readonly #session: Session;
  readonly #setup: RenegotiationSetup;
  readonly #deadlines: Deadlines;
  /** What both sides have agreed on. */
  #held = false;
  #wanted = false;
  #restart = false;
  #running: Attempt | undefined;
  /** What we have asked last, the call itself or a change to it. */
  #last: Core.OutgoingRequestMessage | undefined;
  /** The connection is another than the one that carried it. */
  #unconfirmed = false;
  #failures = 0;
  #meetings = 0;
  #listening = false;
  #waiting: { resolve: () => void; reject: (error: MultiLineError) => void }[] = [];

  constructor(session: Session, setup: RenegotiationSetup) {
    this.#session = session;
    this.#setup = setup;
    this.#deadlines = new Deadlines(setup.clock);
    this.#last = session instanceof Inviter ? session.request : undefined;
  }

  get held(): boolean {
    return this.#held;
  }

  /** The session began like this. */
  begin(held: boolean): void {
    this.#held = this.#wanted = held;
    this.#answerAsAgreed();
  }

  /** Resolves when the other side has agreed; a later wish takes the place of an earlier one, and settles both. */
  hold(held: boolean): Promise<void> {
    this.#wanted = held;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#next();
    });
  }

  /** The audio needs a new way, now. */
  restart(): void {
    this.#restart = true;
    this.#deadlines.forget('restart');
    this.#next();
  }

  /** The other side has asked for a new way, and has our answer: what we would have asked for. */
  restarted(): void {
    this.#restart = false;
    this.#deadlines.forget('restart');
    this.#settle();
  }

  /** The way to the server is gone: no answer will come that way. What is wanted goes out with the next restart. */
  cut(): void {
    this.#unconfirmed = true;
    if (!this.#running) return;
    this.#running.cut = true;
    if (this.#running.request) giveUp(this.#session, this.#running.request);
  }

  /** The dialog is over. */
  close(): void {
    this.#deadlines.clear();
    this.#restart = false;
    this.#finish(new MultiLineError('no-such-call'));
  }

  #next(): void {
    if (this.#running || this.#deadlines.has('meeting')) return;
    if (this.#wanted === this.#held) this.#finish();
    const restart = this.#restart && !this.#deadlines.has('settled');
    if ((this.#wanted === this.#held && !restart) || !this.#setup.reachable()) return;
    if (answering(this.#session)) {
      this.#deadlines.in('turn', TURN_MS, () => this.#next());
      return;
    }
    void this.#invite(this.#wanted, restart);
  }

  async #invite(hold: boolean, iceRestart: boolean): Promise<void> {
    if (this.#last && this.#unconfirmed) confirmAgain(this.#session, this.#last);
    this.#unconfirmed = false;
    if (iceRestart) this.#restart = false;
    if (!this.#listening) beforeInvite(this.#session, () => this.#crossed());
    this.#listening = true;
    const attempt: Attempt = { hold, iceRestart };
    this.#running = attempt;
    const settle = (act: () => void): void => {
      if (attempt !== this.#running) return;
      this.#running = undefined;
      this.#deadlines.forget('answer');
      act();
    };
    const options: SessionMediaOptions = { hold, offerOptions: { iceRestart } };
    try {
      const { message } = await this.#session.invite({
        sessionDescriptionHandlerOptions: options,
        requestDelegate: {
          onAccept: (response) => settle(() => this.#taken(attempt, response)),
          onReject: (response) => settle(() => this.#refused(attempt, response.message)),
        },
      });
      attempt.request = this.#last = message;
      // While the offer was made: it may have left just before.
      if (attempt !== this.#running) return;
      if (attempt.cut) giveUp(this.#session, message);
      else this.#deadlines.in('answer', ANSWER_MS, () => this.#unanswered(attempt, message));
      this.#deadlines.in('crossing', CROSSED_MS, () => undefined);
    } catch {
      settle(() => this.#refused(attempt, undefined));
    }
  }

  /** The other side asks while ours is out. */
  #crossed(): void {
    const attempt = this.#running;
    const request = attempt?.request;
    if (!request) return;
    const lost = (): void => this.#unanswered(attempt, request);
    if (this.#deadlines.has('crossing')) this.#deadlines.in('answer', CROSSED_MS, lost);
    else lost();
  }

  #unanswered(attempt: Attempt, request: Core.OutgoingRequestMessage): void {
    this.#answerAsAgreed();
    attempt.unanswered = this.#unconfirmed = true;
    giveUp(this.#session, request);
  }

  #taken({ hold, iceRestart }: Attempt, response: Core.IncomingResponse): void {
    this.#failures = this.#meetings = 0;
    if (iceRestart) this.#settle();
    if (hold !== this.#held) {
      this.#held = hold;
      this.#setup.onHeld(hold);
    }
    this.#setup.onTaken(response);
    this.#next();
  }

  #refused(attempt: Attempt, message: Core.IncomingResponseMessage | undefined): void {
    const { cut, unanswered } = attempt;
    const iceRestart = attempt.iceRestart || unanswered === true;
    const status = message?.statusCode ?? 0;
    this.#answerAsAgreed();
    if (status === 481) {
      this.#setup.onGone();
      return;
    }
    // SIP.js makes a 503 of its own, without a Via, of what could not be sent.
    if (cut || (status === 503 && !message?.hasHeader('via')) || !this.#setup.reachable()) {
      this.#restart ||= iceRestart;
      this.#next();
      return;
    }
    const pause = pauseMs(this.#setup.direction, this.#setup.random());
    // Without an answer it never left: the other side's own re-INVITE is being answered just now.
    const met = message === undefined || status === 491 || message.hasHeader('retry-after');
    if (met && ++this.#meetings <= MEETINGS) {
      this.#restart ||= iceRestart;
      this.#deadlines.in('meeting', pause, () => this.#next());
      return;
    }
    this.#meetings = 0;
    // It may be away itself, and soon be back; whoever wants no such audio is asked more seldom from the start.
    const away = status === 0 || status === 408 || status === 480 || status >= 500;
    if (iceRestart) {
      const first = away ? pause : 2 * (pause + 2_000);
      const ms = Math.min(LONGEST_PAUSE_MS, first * 2 ** this.#failures++);
      this.#deadlines.in('restart', ms, () => this.restart());
      // What else is wanted goes with it.
      if (away) return;
    }
    this.#wanted = this.#held;
    this.#finish(refusal(message));
    this.#next();
  }

  /** Both have agreed on a new way: it has its time to come about. */
  #settle(): void {
    this.#deadlines.in('settled', SETTLE_MS, () => this.#next());
  }

  /** Else a re-INVITE of the other side would be answered as if it had agreed to what we have asked for. */
  #answerAsAgreed(): void {
    const agreed: SessionMediaOptions = { hold: this.#held };
    this.#session.sessionDescriptionHandlerOptionsReInvite = agreed;
  }

  #finish(error?: MultiLineError): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve, reject } of waiting) {
      if (error) reject(error);
      else resolve();
    }
  }
}

/** Whether a re-INVITE of the other side is being answered, or waits for its confirmation: until then there is none of ours. */
function answering({ dialog }: Session): boolean {
  return dialog instanceof Core.SessionDialog && dialog.reinviteUserAgentServer !== undefined;
}

function refusal(message: Core.IncomingResponseMessage | undefined): MultiLineError {
  const { statusCode = 0, reasonPhrase = '' } = message ?? {};
  if (statusCode === 0) return new MultiLineError('network');
  return new MultiLineError(codeOf(statusCode), { message: `${String(statusCode)} ${reasonPhrase}`.trim() });
}
