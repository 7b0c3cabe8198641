/**
 * The E-model (ITU-T G.107, 06/2015) with all defaults but delay and loss, for a narrow-band listener: what browsers measure
 * says nothing about the rest.
 */

/** R of an undisturbed connection with every default (G.107 §7.7). */
const undisturbed = 93.2;
/** G.711 with loss concealment, as browsers have it, for lost packets at random (G.113 Appendix I, table I.4): Ie and Bpl. */
const codecImpairment = 0;
const lossRobustness = 25.1;
/** Below this nobody minds a delay (mT in G.107 §7.4 with its default), in ms. */
const unnoticedMs = 100;

/** Mean opinion score, 1 to 4.5. @param delayMs from mouth to ear, one way */
export function meanOpinion(delayMs: number, lossPercent: number): number {
  const rating = undisturbed - delayImpairment(delayMs) - lossImpairment(lossPercent);
  // G.107 Annex B, equation B-4; it dips under 1 for the smallest ratings.
  const score = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
  return rating <= 0 ? 1 : Math.max(1, score);
}

/** Idd (G.107 equation 7-27) for the default sensitivity to delay. */
function delayImpairment(delayMs: number): number {
  if (delayMs <= unnoticedMs) return 0;
  const doublings = Math.log2(delayMs / unnoticedMs);
  return 25 * ((1 + doublings ** 6) ** (1 / 6) - 3 * (1 + (doublings / 3) ** 6) ** (1 / 6) + 2);
}

/** Ie-eff (G.107 equation 7-29) for losses that fall at random. */
function lossImpairment(lossPercent: number): number {
  return codecImpairment + ((95 - codecImpairment) * lossPercent) / (lossPercent + lossRobustness);
}
