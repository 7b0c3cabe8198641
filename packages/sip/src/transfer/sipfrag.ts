import type { Notification } from 'sip.js';

/** What a NOTIFY of an implicit subscription says (RFC 3515 §2.4.5). */
export interface ReferProgress {
  /** The status line of what was referred to, where it gives one. */
  readonly status: number | undefined;
  readonly phrase: string;
  /** Nothing more will come. */
  readonly over: boolean;
}

/** @returns nothing for a notification of something else */
export function referProgress({ request }: Notification): ReferProgress | undefined {
  if (!/^\s*refer\s*(;|$)/i.test(request.getHeader('event') ?? '')) return undefined;
  const line = /^SIP\/2\.0\s+([1-6]\d\d)(?:[ \t]+([^\r\n]*))?/m.exec(request.body);
  const status = line ? Number(line[1]) : undefined;
  // SIP.js says "terminated" each time, but gives no reason while it goes on.
  const over = /^\s*terminated\s*(;\s*reason\s*=)?/i.exec(request.getHeader('subscription-state') ?? '');
  return { status, phrase: line?.[2] ?? '', over: over !== null && (status === undefined || over[1] !== undefined) };
}
