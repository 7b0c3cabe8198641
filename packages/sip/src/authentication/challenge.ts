import type { Core, UserAgentOptions } from 'sip.js';
import { splitList } from '../transport/message-head.ts';
import { md5, sha256, sha512t256, type Hash } from './hashes.ts';

/** What a server wants to be proven, and how (RFC 7616 §3.3): its parameters, names in lower case. */
export type Challenge = Readonly<Record<string, string>>;

/** All that one response offers: any one of them will do, and the server likes the upper ones better (RFC 8760 §2.3). */
export interface Challenges {
  /** Only the nonce was too old. */
  readonly stale: boolean;
  readonly all: readonly Challenge[];
}

/** What a user agent proves itself by; '' for what is not known. An HA1 without the password serves MD5 alone. */
export type Proof = Required<
  Pick<UserAgentOptions, 'authorizationUsername' | 'authorizationPassword' | 'authorizationHa1'>
>;

/** A challenge that can be answered. */
export interface Answerable {
  readonly challenge: Challenge;
  readonly hash: Hash;
  /** What is protected: the request line, or the body as well; undefined for servers of RFC 2069's time. */
  readonly qop: 'auth' | 'auth-int' | undefined;
}

const HASHES: Readonly<Record<string, Hash>> = { MD5: md5, 'SHA-256': sha256, 'SHA-512-256': sha512t256 };

/** @param values of WWW-Authenticate or Proxy-Authenticate, in order; may be anything */
export function readChallenges(values: readonly string[]): Challenges {
  const all = values.map(readChallenge);
  return { stale: all.some(({ stale = '' }) => /^true$/i.test(stale)), all };
}

/** What a refusal wants to be proven. */
export function challengesOf(message: Core.IncomingResponseMessage): readonly Challenge[] {
  return readChallenges(['www-authenticate', 'proxy-authenticate'].flatMap((name) => message.getHeaders(name))).all;
}

/** Another scheme than Digest comes out as an algorithm of that name, which nobody has. */
function readChallenge(value: string): Challenge {
  const [, scheme = '', parameters = ''] = /^(\S*)\s*(.*)$/s.exec(value) ?? [];
  if (!/^Digest$/i.test(scheme)) return { algorithm: scheme };
  const pairs = splitList(parameters).map((parameter): [string, string] => {
    const [, name = '', quoted, plain = ''] = /^([\w-]+)\s*=\s*(?:"(.*)"|(\S*))$/s.exec(parameter) ?? [];
    return [name.toLowerCase(), quoted ?? plain];
  });
  return { algorithm: 'MD5', ...Object.fromEntries(pairs) };
}

/** What they ask for, in words, where that is something and none of it can be answered: no password would do. */
export function unanswerable(challenges: readonly Challenge[], proof: Proof): string | undefined {
  if (challenges.length === 0 || answerable(challenges, proof)) return undefined;
  return `The phone server asks for ${challenges.map(({ algorithm }) => algorithm).join(', ')}.`;
}

/** The topmost that can be answered. */
export function answerable(challenges: readonly Challenge[], proof: Proof): Answerable | undefined {
  const onlyMd5 = proof.authorizationHa1 !== '' && proof.authorizationPassword === '';
  for (const challenge of challenges) {
    const { realm, nonce, algorithm = '', qop: protections } = challenge;
    const hash = HASHES[algorithm.toUpperCase()];
    const offered = protections?.split(/\s*,\s*/);
    const qop = (['auth', 'auth-int'] as const).find((one) => offered?.includes(one));
    const unknown = !hash || !realm || !nonce || (offered && !qop);
    if (!unknown && (hash === md5 || !onlyMd5)) return { challenge, hash, qop };
  }
  return undefined;
}
