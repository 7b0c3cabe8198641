import type { Call } from '../calls/call.ts';

/**
 * The key of a call's activity: whoever logs this user's part of the call makes the same one. A hash of what the wire knows
 * the call by and of the user's address, because two colleagues who talk to each other have a log each.
 *
 * SHA-256 in hex, 64 characters: nothing a URL would change, and CRMs whose keys ignore case see the same key. Where the
 * page is not secure (no `crypto.subtle`) a plain hash of the same length serves: it need not be hard to forge, only apart.
 */
export async function activityKey(call: Call, uri: string): Promise<string> {
  const source = `${call.correlation}\n${uri}`;
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) return plainHash(source);
  const hash = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(source)));
  return Array.from(hash, (byte) => hex(byte, 2)).join('');
}

/** FNV-1a (32 bit, draft-eastlake-fnv §2) eight times, each with another beginning and stirred at the end. */
function plainHash(source: string): string {
  return Array.from({ length: 8 }, (_, round) => {
    let hash = 0x811c9dc5 ^ Math.imul(round + 1, 0x9e3779b1);
    for (let i = 0; i < source.length; i++) hash = Math.imul(hash ^ source.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return hex((hash ^ (hash >>> 13)) >>> 0, 8);
  }).join('');
}

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
