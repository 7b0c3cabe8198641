import { refusals } from './errors.ts';

/** Which access tokens are good, and whose. `sandbox-ann` belongs to ann until it expires; then a refresh gives the next. */
export interface Sessions {
  /** Name of the user an `Authorization` header speaks for. Refuses as the API does. */
  userOf(authorization: string | undefined): string;
  /** A new token for the user, as the refresh grant gives it. */
  issue(user: string): { token: string; issuedAt: number };
  /** Stops a token from being accepted. */
  revoke(token: string): void;
  expireAll(): void;
  reset(): void;
}

/** What sessions depend on. */
export interface SessionOptions {
  readonly knows: (user: string) => boolean;
  readonly now: () => number;
  readonly lifetimeMs: () => number | null;
}

/** Sessions of a fresh org. */
export function createSessions({ knows, now, lifetimeMs }: SessionOptions): Sessions {
  let startedAt = now();
  let serial = 0;
  let firstTokensExpired = false;
  const issued = new Map<string, { user: string; issuedAt: number }>();
  const revoked = new Set<string>();

  function fresh(issuedAt: number): boolean {
    const life = lifetimeMs();
    return life === null || now() - issuedAt < life;
  }

  function ownerOf(token: string): string | null {
    if (revoked.has(token)) return null;
    const later = issued.get(token);
    if (later) return fresh(later.issuedAt) ? later.user : null;
    const user = /^sandbox-([a-z]+)$/.exec(token)?.[1];
    return user && knows(user) && !firstTokensExpired && fresh(startedAt) ? user : null;
  }

  return {
    userOf(authorization) {
      const [scheme, token] = (authorization ?? '').split(' ');
      if (!authorization) throw refusals.sessionInvalid();
      if (!/^(bearer|oauth)$/i.test(scheme ?? '') || !token) throw refusals.authHeaderInvalid();
      if (/^lightning-[a-z]+$/.test(token)) throw refusals.sessionWithoutApi();
      const user = ownerOf(token);
      if (!user) throw refusals.sessionInvalid();
      return user;
    },
    issue(user) {
      serial++;
      const token = `sandbox-${user}.${serial}`;
      const issuedAt = now();
      issued.set(token, { user, issuedAt });
      return { token, issuedAt };
    },
    revoke: (token) => void revoked.add(token),
    expireAll() {
      firstTokensExpired = true;
      issued.clear();
    },
    reset() {
      startedAt = now();
      firstTokensExpired = false;
      issued.clear();
      revoked.clear();
    },
  };
}
