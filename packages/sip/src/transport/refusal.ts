import { readAddress } from './address.ts';
import { isAck, type Refusal } from './judge.ts';
import { readHead, valuesOf } from './message-head.ts';

/** How far into a message we look for what an answer repeats, in characters: further than any head we take. */
const longestHead = 128 * 1024;

/**
 * The response that refuses a request, without any state (RFC 3261 §8.2.6): Via, From, To with a tag, Call-ID and CSeq come
 * from the request. Undefined where nothing may be answered: responses, ACK, and what has no Via to go back by.
 */
export function answer(raw: string, refusal: Pick<Refusal, 'status' | 'reason' | 'extraHeaders'>): string | undefined {
  const head = readHead(raw.slice(0, longestHead));
  const vias = valuesOf(head, 'via');
  if (/^SIP\//i.test(head.startLine) || isAck(head) || vias.length === 0) return undefined;
  const lines = [`SIP/2.0 ${refusal.status} ${refusal.reason}`, ...vias.map((via) => `Via: ${via}`)];
  const [from] = valuesOf(head, 'from');
  const [to] = valuesOf(head, 'to');
  const [callId] = valuesOf(head, 'call-id');
  const [cseq] = valuesOf(head, 'cseq');
  if (from !== undefined) lines.push(`From: ${from}`);
  if (to !== undefined) lines.push(`To: ${tagged(to, `${vias[0]}${from}${callId}${cseq}`)}`);
  if (callId !== undefined) lines.push(`Call-ID: ${callId}`);
  if (cseq !== undefined) lines.push(`CSeq: ${cseq}`);
  lines.push(...refusal.extraHeaders, 'Content-Length: 0');
  // A lone CR, LF or NUL of theirs must not begin a line of ours.
  return `${lines.map((line) => line.replace(/[\r\n\0]/g, ' ')).join('\r\n')}\r\n\r\n`;
}

/** The same request gets the same tag, so that a repeated answer is the same answer (RFC 3261 §8.2.7). */
function tagged(to: string, seed: string): string {
  const tag = readAddress(to)?.parameters.get('tag');
  if (tag !== undefined || /;\s*tag\s*=/i.test(to)) return to;
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  return `${to};tag=${(hash >>> 0).toString(36)}`;
}
