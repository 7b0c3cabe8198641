import type { Clock } from '@multiline/core';

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

/** What an account signs in by at the moment. */
export class Credentials {
  readonly #source: CredentialsSource;
  readonly #clock: Clock;
  #current: SipCredentials | undefined;

  constructor(source: CredentialsSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Those that are there, or new ones when there are none or they end soon. Rejects as the source does. */
  async fresh(): Promise<SipCredentials> {
    if (!this.#current) return this.#ask('start');
    const { expiresAt } = this.#current;
    return expiresAt !== undefined && expiresAt - this.#clock.now() < EXPIRING_MS
      ? this.#ask('expiring')
      : this.#current;
  }

  /** Others, because the server did not take these. */
  afterRejection(): Promise<SipCredentials> {
    return this.#ask('rejected');
  }

  forget(): void {
    this.#current = undefined;
  }

  async #ask(reason: CredentialsNeed['reason']): Promise<SipCredentials> {
    this.#current = await this.#source({ for: 'sip', reason });
    return this.#current;
  }
}
