import type { Session } from 'sip.js';

export interface RenegotiationOutcome {
  /** The other side has answered: the audio takes its new way. */
  taken(): void;
  /** It knows this dialog no more (RFC 3261 §12.2.1.2). */
  gone(): void;
  /** Not now: it may be away itself, or try the same at this moment, or an earlier attempt of ours is still out. */
  refused(): void;
}

/** Two to four seconds for the caller, up to two for the called: when both try at once, they do not do so again (RFC 3261 §14.1). */
export function renegotiationPauseMs(direction: 'inbound' | 'outbound', random: number): number {
  return 2_000 * (random + (direction === 'outbound' ? 1 : 0));
}

/** Tells the other side where we are now: a re-INVITE with an ICE restart. */
export function renegotiate(session: Session, outcome: RenegotiationOutcome): void {
  const restart = { offerOptions: { iceRestart: true } };
  session
    .invite({
      sessionDescriptionHandlerOptions: restart as object,
      requestDelegate: {
        onAccept: () => {
          outcome.taken();
        },
        onReject: ({ message }) => {
          if (message.statusCode === 481) outcome.gone();
          else outcome.refused();
        },
      },
    })
    .catch(() => {
      outcome.refused();
    });
}
