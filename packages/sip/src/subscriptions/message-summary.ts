import type { MessageWaiting } from '@multiline/core';

/** Longer summaries are none. */
const LONGEST = 8_192;
const MOST = 99_999;

/**
 * How many voice messages wait, as RFC 3842 §5.2 writes it: `Voice-Message: 2/8 (0/2)`. A server may say no more than that there
 * are some: then one is fresh. null for what is no summary.
 */
export function readMessageSummary(text: string): MessageWaiting | null {
  if (text.length > LONGEST) return null;
  const waiting = /^Messages-Waiting[ \t]*:[ \t]*(yes|no)\b/im.exec(text)?.[1]?.toLowerCase();
  if (waiting === undefined) return null;
  const [, fresh, heard] = /^Voice-Message[ \t]*:[ \t]*(\d{1,9})[ \t]*\/[ \t]*(\d{1,9})/im.exec(text) ?? [];
  if (fresh === undefined || heard === undefined) return { fresh: waiting === 'yes' ? 1 : 0, heard: 0 };
  return { fresh: Math.min(Number(fresh), MOST), heard: Math.min(Number(heard), MOST) };
}
