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
