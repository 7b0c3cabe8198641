import { MultiLineError, type Presence } from '@multiline/core';
import type { Core } from 'sip.js';
import type { AccountLink } from '../account-link.ts';
import { Deadlines, within } from '../deadlines.ts';
import { codeOf } from '../end-reason.ts';
import { presenceDocument } from './presence-document.ts';

const ANSWER_MS = 8_000;
/** When what the server would not take just now is said again. */
const AGAIN_MS = 60_000;
const LONGEST_S = 86_400;
/** The server has no such thing. */
const ABSENT = [404, 405, 415, 489, 501];

/** What we publish of ourselves (RFC 3903): kept at the server, renewed in time, and anew after each reconnect. */
export class Publication {
  readonly #link: AccountLink;
  readonly #deadlines: Deadlines;
  #presence: Presence | undefined;
  #expiresS = 600;
  #tag: string | undefined;
  #absent = false;
  /** One PUBLISH at a time: each names the tag that the one before brought (§4.1). */
  #last: Promise<unknown> = Promise.resolve();

  constructor(link: AccountLink) {
    this.#link = link;
    this.#deadlines = new Deadlines(link.clock);
    link.$status.listen(({ state }) => {
      this.#deadlines.forget('renew');
      this.#absent = false;
      if (state === 'registered' && this.#presence) this.#again();
    });
    link.onLeaving(() => {
      if (this.#tag) void this.#send(undefined, 0).catch(() => undefined);
      this.#tag = undefined;
      this.#presence = undefined;
    });
  }

  /** Rejects with `unsupported` where the server takes no presence. */
  publish(presence: Presence): Promise<void> {
    this.#presence = presence;
    const put = this.#last.then(() => this.#put(true));
    this.#last = put.catch(() => undefined);
    return put;
  }

  async #put(whole: boolean, repairs = 2): Promise<void> {
    if (!this.#presence) return;
    if (this.#absent) throw unsupported();
    const body = whole || !this.#tag ? presenceDocument(this.#link.uri.toString(), this.#presence) : undefined;
    const response = await this.#send(body, this.#expiresS);
    const status = response.statusCode ?? 500;
    if (status < 300) {
      this.#kept(response);
    } else if (repairs > 0 && status === 412) {
      // The server has forgotten it.
      this.#tag = undefined;
      await this.#put(true, repairs - 1);
    } else if (repairs > 0 && status === 423) {
      this.#expiresS = Math.min(Number.parseInt(response.getHeader('min-expires') ?? '', 10) || 3_600, LONGEST_S);
      await this.#put(whole, repairs - 1);
    } else if (ABSENT.includes(status)) {
      this.#absent = true;
      throw unsupported();
    } else {
      throw new MultiLineError(codeOf(status), { message: `${String(status)} ${response.reasonPhrase ?? ''}`.trim() });
    }
  }

  #kept(response: Core.IncomingResponseMessage): void {
    this.#tag = response.getHeader('sip-etag');
    const grantedS = Number.parseInt(response.getHeader('expires') ?? '', 10) || this.#expiresS;
    this.#deadlines.in('renew', Math.max(grantedS, 10) * 1_000 * (0.75 + 0.15 * this.#link.random()), () => {
      this.#again(false);
    });
  }

  /** Nobody waits for it: what fails is tried again, or the server would soon tell nobody how we are. */
  #again(whole = true): void {
    this.#last = this.#last
      .then(() => this.#put(whole))
      .catch(() => {
        if (!this.#absent && this.#link.connected) this.#deadlines.in('renew', AGAIN_MS, () => this.#again());
      });
  }

  #send(body: string | undefined, expiresS: number): Promise<Core.IncomingResponseMessage> {
    const { userAgent } = this.#link;
    if (!userAgent || !this.#link.connected) return Promise.reject(new MultiLineError('not-registered'));
    const { userAgentCore: core } = userAgent;
    const { aor } = core.configuration;
    const headers = ['Event: presence', `Expires: ${String(expiresS)}`];
    if (this.#tag) headers.push(`SIP-If-Match: ${this.#tag}`);
    const content =
      body === undefined
        ? undefined
        : { contentDisposition: 'render', contentType: 'application/pidf+xml', content: body };
    const message = core.makeOutgoingRequestMessage('PUBLISH', aor, aor, aor, {}, headers, content);
    const answer = new Promise<Core.IncomingResponseMessage>((resolve) => {
      const settle = (response: Core.IncomingResponse): void => resolve(response.message);
      core.publish(message, { onAccept: settle, onRedirect: settle, onReject: settle });
    });
    return within(this.#link.clock, ANSWER_MS, answer, () => {
      throw new MultiLineError('timeout');
    });
  }
}

const unsupported = (): MultiLineError =>
  new MultiLineError('unsupported', { message: 'The phone server takes no presence.' });
