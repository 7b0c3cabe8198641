import type { Call } from '../calls/call.ts';

/**
 * The key of a call's activity: whoever logs this user's part of the call makes the same one. A hash of what the wire knows
 * the call by and of the user's address, because two colleagues who talk to each other have a log each.
 *
 * SHA-256 in hex, 64 characters: nothing a URL would change, and CRMs whose keys ignore case see the same key. Where the
 * page is not secure (no `crypto.subtle`) the source itself serves, reduced to harmless characters.
 */
export async function activityKey(call: Call, uri: string): Promise<string> {
  const source = `${call.correlation}\n${uri}`;
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle)
    return source
      .toLowerCase()
      .replace(/[^\w.-]+/g, '-')
      .slice(0, 200);
  const hash = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(source)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
