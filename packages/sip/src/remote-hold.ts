/**
 * Whether the other side lets us wait: its audio is `sendonly` or `inactive` (RFC 3264 §8.4), or, as of old, it is reached
 * nowhere (`c=IN IP4 0.0.0.0`, RFC 2543). A browser writes that address too, with candidates or, before it has any, with port 9.
 */
export function letsUsWait(sdp: string): boolean {
  const [session = '', ...sections] = sdp.split(/^m=/m);
  const audio = sections.find((section) => section.startsWith('audio'));
  if (audio === undefined) return false;
  const of = (pattern: RegExp): string | undefined => (pattern.exec(audio) ?? pattern.exec(session))?.[1];
  const direction = of(/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m);
  if (direction === 'sendonly' || direction === 'inactive') return true;
  return of(/^c=IN IP4 (\S+)/m) === '0.0.0.0' && !/^audio 9 |^a=candidate:/m.test(audio);
}
