import { MultiLineError, type Clock, type Failure } from '@multiline/core';
import { Core, type Notification, type Session, type URI } from 'sip.js';
import { Deadlines } from '../deadlines.ts';
import { codeOf, failureOf } from '../end-reason.ts';
import { referProgress } from './sipfrag.ts';

export interface TransferEvents {
  progressed(state: 'trying' | 'ringing'): void;
  /** The target has answered. */
  done(): void;
  failed(failure: Failure): void;
}

/** The first word on how it goes is due at once (RFC 3515 §2.4.4). */
const FIRST_WORD_MS = 10_000;
/** Nobody lets a phone ring longer. */
const LONGEST_MS = 180_000;

/** Where the other side is sent. */
export function referTo(target: URI): string {
  return `<${target.toString()}>`;
}

/**
 * The other side of another call of ours, to be taken over from us (RFC 3891 §3: `to-tag` is its own tag there). Its address is
 * where that phone is; the name beside it is whom we know it as.
 */
export function referToReplacing({ dialog }: Session, name: string): string {
  if (!(dialog instanceof Core.SessionDialog)) throw new MultiLineError('no-such-call');
  const { callId, remoteTag, localTag, remoteTarget } = dialog;
  const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
  return `"${name.replace(/["\\]/g, '\\$&')}" <${remoteTarget.toString()}?Replaces=${replaces}>`;
}

/** One attempt to send the other side of a call on (RFC 3515, RFC 5589). */
export class Transfer {
  readonly #session: Session;
  readonly #events: TransferEvents;
  readonly #deadlines: Deadlines;
  readonly #agreed: Promise<void>;
  #agree: () => void = () => undefined;
  #refuse: (error: MultiLineError) => void = () => undefined;
  #state: 'asked' | 'agreed' | 'trying' | 'ringing' | 'done' | 'failed' = 'asked';

  constructor(session: Session, clock: Clock, events: TransferEvents) {
    this.#session = session;
    this.#events = events;
    this.#deadlines = new Deadlines(clock);
    this.#agreed = new Promise((resolve, reject) => {
      this.#agree = resolve;
      this.#refuse = reject;
    });
  }

  get going(): boolean {
    return this.#state !== 'done' && this.#state !== 'failed';
  }

  /** Whether the other side, when it hangs up now, has gone to the target: it was told to, and nothing else was heard. */
  get gone(): boolean {
    return this.#state === 'done' || this.#state === 'agreed';
  }

  /** Resolves when the other side has agreed to try. */
  ask(target: string, by: URI): Promise<void> {
    const { dialog } = this.#session;
    if (!dialog) throw new MultiLineError('no-such-call');
    dialog.refer(
      {
        onAccept: () => this.#accepted(),
        onRedirect: ({ message }) => this.#rejected(message),
        onReject: ({ message }) => this.#rejected(message),
      },
      {
        extraHeaders: [
          `Refer-To: ${target}`,
          `Referred-By: <${by.toString()}>`,
          `Contact: ${this.#session.userAgent.contact.toString()}`,
        ],
      },
    );
    return this.#agreed;
  }

  /** @returns whether it was about this transfer */
  notified(notification: Notification): boolean {
    const progress = referProgress(notification);
    if (!progress || !this.going) return false;
    void notification.accept();
    this.#accepted();
    const { status = 0, phrase, over } = progress;
    if (status >= 300) this.#fail(failureOf(codeOf(status), `${String(status)} ${phrase}`.trim()));
    else if (status >= 200) this.#succeed();
    else if (over) this.#fail(failureOf('unexpected', 'The other side no longer says how the transfer goes.'));
    else this.#progress(status === 180 || status === 183 ? 'ringing' : 'trying');
    return true;
  }

  close(): void {
    this.#deadlines.clear();
    this.#refuse(new MultiLineError('no-such-call'));
  }

  #accepted(): void {
    if (this.#state !== 'asked') return;
    this.#state = 'agreed';
    this.#agree();
    this.#failIn(FIRST_WORD_MS);
  }

  #rejected({ statusCode = 500, reasonPhrase = '' }: Core.IncomingResponseMessage): void {
    if (this.#state !== 'asked') return;
    this.#state = 'failed';
    this.#refuse(new MultiLineError(codeOf(statusCode), { message: `${String(statusCode)} ${reasonPhrase}`.trim() }));
  }

  #progress(state: 'trying' | 'ringing'): void {
    if (this.#state === state || this.#state === 'ringing') return;
    this.#state = state;
    this.#failIn(LONGEST_MS);
    this.#events.progressed(state);
  }

  #succeed(): void {
    this.#deadlines.clear();
    this.#state = 'done';
    this.#events.done();
  }

  #failIn(ms: number): void {
    this.#deadlines.in('word', ms, () => {
      this.#fail(failureOf('timeout', 'The other side does not say how the transfer goes.'));
    });
  }

  #fail(failure: Failure): void {
    this.#deadlines.clear();
    this.#state = 'failed';
    this.#events.failed(failure);
  }
}
