import { createHash } from 'node:crypto';
import { splitList } from './message.ts';

/** How long a nonce answers a challenge before it is called stale. */
const NONCE_MS = 300_000;
const MAX_NONCES = 10_000;

/** `accepted` names the user; `stale` asks to try again with a new nonce; `refused` is a wrong password. */
export type DigestVerdict =
  { readonly outcome: 'accepted'; readonly username: string } | { readonly outcome: 'missing' | 'stale' | 'refused' };

/** Checks MD5 digests with qop=auth (RFC 2617 as RFC 3261 §22 uses it). */
export interface Digest {
  /** The value of a WWW-Authenticate or Proxy-Authenticate header with a new nonce. */
  challenge(stale: boolean): string;
  /** Judges the credentials of these header lines; `passwordOf` gives undefined for an unknown user. */
  verify(lines: readonly string[], method: string, passwordOf: (username: string) => string | undefined): DigestVerdict;
}

/** What a digest check needs: the realm, the time, and where nonces come from. */
export interface DigestOptions {
  readonly realm: string;
  readonly now: () => number;
  readonly random: () => string;
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Makes the checker; nonces live in memory and die after five minutes. */
export function createDigest({ realm, now, random }: DigestOptions): Digest {
  const nonces = new Map<string, { readonly issuedAt: number; count: number }>();

  const forget = () => {
    for (const [nonce, { issuedAt }] of nonces) {
      // Insertion order is age, so the first fresh one ends the sweep.
      if (nonces.size <= MAX_NONCES && now() - issuedAt < NONCE_MS) return;
      nonces.delete(nonce);
    }
  };

  return {
    challenge(stale) {
      forget();
      const nonce = random();
      nonces.set(nonce, { issuedAt: now(), count: 0 });
      return `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`;
    },
    verify(lines, method, passwordOf) {
      const params = lines.map(parseCredentials).find((each) => each?.get('realm') === realm);
      if (!params) return { outcome: 'missing' };
      const of = (name: string) => params.get(name) ?? '';
      const password = passwordOf(of('username'));
      const ha1 = md5(`${of('username')}:${realm}:${password ?? ''}`);
      const ha2 = md5(`${method}:${of('uri')}`);
      const counted = params.has('qop') ? `${of('nc')}:${of('cnonce')}:${of('qop')}:` : '';
      const right = md5(`${ha1}:${of('nonce')}:${counted}${ha2}`) === of('response').toLowerCase();
      if (password === undefined || !right) return { outcome: 'refused' };
      const nonce = nonces.get(of('nonce'));
      if (!nonce || now() - nonce.issuedAt >= NONCE_MS) return { outcome: 'stale' };
      if (params.has('qop')) {
        // A count that does not grow is a replay (RFC 2617 §3.2.2); a client that lost count starts with a new nonce.
        const count = Number.parseInt(of('nc'), 16);
        if (!(count > nonce.count)) return { outcome: 'stale' };
        nonce.count = count;
      }
      return { outcome: 'accepted', username: of('username') };
    },
  };
}

/** Reads `Digest name="value", …`; undefined for another scheme. */
export function parseCredentials(value: string): ReadonlyMap<string, string> | undefined {
  const match = /^Digest\s+(.*)$/is.exec(value.trim());
  if (!match) return undefined;
  const params = new Map<string, string>();
  for (const part of splitList(match[1] ?? '')) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const raw = part.slice(equals + 1).trim();
    const text = raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw;
    params.set(part.slice(0, equals).trim().toLowerCase(), text);
  }
  return params;
}
