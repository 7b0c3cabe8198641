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

  /** Those that are there, or new ones when there are none or they end soon. Rejects as the source does, or with `timeout`. */
  async fresh(): Promise<SipCredentials> {
    if (this.#login) return this.#login;
    if (!this.#current) return this.#ask('start');
    const { expiresAt } = this.#current;
    return expiresAt !== undefined && expiresAt - this.#clock.now() < EXPIRING_MS
      ? this.#ask('expiring')
      : this.#current;
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
      throw new MultiLineError('timeout', { message: 'Nobody gave the credentials for the phone server.' });
    });
    return this.#current;
  }
}
