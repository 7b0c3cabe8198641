/** How digits sound, in ms. */
export interface DtmfTiming {
  readonly duration?: number;
  readonly interToneGap?: number;
}

/**
 * Sends digits inside the audio (RFC 4733). Digits asked for while others are being sent queue up behind them.
 * @returns whether the audio can carry them; if not, they may go by INFO.
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
