import type { Clock } from '@multiline/core';

/** How digits sound, in ms. */
export interface DtmfTiming {
  readonly duration?: number;
  readonly interToneGap?: number;
}

/**
 * Sends digits inside the audio (RFC 4733). Digits asked for while others are being sent queue up behind them.
 * @returns whether the audio can carry them now; if not, they may go by INFO.
 */
export function insertDigits(sender: RTCRtpSender | undefined, digits: string, timing: DtmfTiming = {}): boolean {
  const dtmf = sender?.dtmf;
  if (!dtmf?.canInsertDTMF) return false;
  try {
    dtmf.insertDTMF(dtmf.toneBuffer + digits, timing.duration ?? 100, timing.interToneGap ?? 70);
    return true;
  } catch {
    return false;
  }
}

/** How long a connection may take to be ready for digits, and how often we ask it, in ms. */
const readyMs = 500;
const askMs = 20;

/**
 * Tries to send digits until it works: right after an answer a browser cannot send them yet, and no event says when it can.
 * @returns whether it worked in time
 */
export async function insertDigitsWhenReady(
  insert: () => boolean,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  for (let waited = 0; !signal.aborted; waited += askMs) {
    if (insert()) return true;
    if (waited >= readyMs) return false;
    await new Promise<void>((resolve) => void clock.at(clock.now() + askMs, resolve));
  }
  return false;
}
