import type { Core } from 'sip.js';
import { uuid } from '../uuid.ts';
import { answerable, type Challenges, type Proof } from './challenge.ts';
import { md5 } from './hashes.ts';

/** Answers the challenge of one request (RFC 7616 §3.4), as SIP.js asks for it. SIP.js's own knows MD5 alone. */
export class Digest {
  readonly #proof: Proof;
  #answer = '';

  constructor(proof: Proof) {
    this.#proof = proof;
  }

  /** @returns whether there is an answer: {@link toString} has it */
  authenticate({ method, ruri, body }: Core.OutgoingRequestMessage, { all }: Challenges): boolean {
    const found = answerable(all, this.#proof);
    if (!found) return false;
    const { challenge, hash, qop } = found;
    const { realm, nonce, opaque, algorithm } = challenge;
    const { authorizationUsername: username, authorizationPassword: password, authorizationHa1: ha1 } = this.#proof;
    const uri = ruri.toString();
    const secret = (hash === md5 && ha1) || hash(`${username}:${realm}:${password}`);
    const asked = hash(`${method}:${uri}${qop === 'auth-int' ? `:${hash(body?.body ?? '')}` : ''}`);
    // A nonce is answered once: the next request is challenged anew.
    const cnonce = uuid();
    const counted = qop ? `00000001:${cnonce}:${qop}:` : '';
    this.#answer =
      `Digest algorithm=${algorithm}, username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
      `response="${hash(`${secret}:${nonce}:${counted}${asked}`)}"` +
      (opaque === undefined ? '' : `, opaque="${opaque}"`) +
      (qop ? `, qop=${qop}, cnonce="${cnonce}", nc=00000001` : '');
    return true;
  }

  toString(): string {
    return this.#answer;
  }
}
