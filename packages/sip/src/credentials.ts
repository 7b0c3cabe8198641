import { MultiLineError, type Clock } from '@multiline/core';
import { within } from './deadlines.ts';

/** Why credentials are asked for. */
export interface CredentialsNeed {
  readonly for: 'sip';
  readonly reason: 'start' | 'rejected' | 'expiring';
}

/** What a SIP server signs a user in by. Kept in memory alone, never logged. */
export interface SipCredentials {
  /** The name for the digest; by default the user part of the address. */
  readonly username?: string;
  readonly password?: string;
  /** Instead of the password: MD5 of `username:realm:password`. */
  readonly ha1?: string;
  /** When to ask again (epoch ms). */
  readonly expiresAt?: number;
}

export type CredentialsSource = (need: CredentialsNeed) => SipCredentials | Promise<SipCredentials>;

/** Credentials that end within this time are asked for anew before they are used. */
const EXPIRING_MS = 30_000;
/** A page that never answers must not leave the phone connecting for ever; a person may have to type. */
const ANSWER_MS = 60_000;

/** What an account signs in by at the moment. */
export class Credentials {
  readonly #source: CredentialsSource;
  readonly #clock: Clock;
  #current: SipCredentials | undefined;
  #login: SipCredentials | undefined;

  constructor(source: CredentialsSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Somebody has signed in in person: the source is not asked while they are there. */
  login(login: SipCredentials | undefined): void {
    this.#login = login;
    this.#current = undefined;
  }

  /** How long those that are there are good for, in ms. */
  get #leftMs(): number {
    return (this.#current?.expiresAt ?? Infinity) - this.#clock.now() - EXPIRING_MS;
  }

  /** Those that are there, or new ones when there are none or they end soon. Rejects as the source does, or with `timeout`. */
  async fresh(): Promise<SipCredentials> {
    if (this.#login) return this.#login;
    if (!this.#current) return this.#ask('start');
    return this.#leftMs > 0 ? this.#current : this.#ask('expiring');
  }

  /** So many ms, or fewer where those that are there are to be asked for anew before. */
  atMost(ms: number): number {
    return this.#leftMs > 0 ? Math.min(ms, this.#leftMs) : ms;
  }

  /** Others, because the server did not take these. A person who signed in has no others. */
  async afterRejection(reason: string): Promise<SipCredentials> {
    if (this.#login) throw new MultiLineError('auth-failed', { message: reason });
    return this.#ask('rejected');
  }

  forget(): void {
    this.#current = undefined;
  }

  async #ask(reason: CredentialsNeed['reason']): Promise<SipCredentials> {
    const answer = Promise.resolve(this.#source({ for: 'sip', reason }));
    this.#current = await within(this.#clock, ANSWER_MS, answer, () => {
      throw new MultiLineError('timeout', { message: 'Nobody gave the credentials.' });
    });
    return this.#current;
  }
}
