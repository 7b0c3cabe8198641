import type { RemoteParty } from '@multiline/core';
import { SessionState, type Invitation, type Inviter, type SessionDelegate } from 'sip.js';
import type { CallAudio } from './call-audio.ts';
import type { Deadlines } from './deadlines.ts';
import type { Farewells } from './farewells.ts';
import { remoteParty } from './headers.ts';
import { Leg, type LegEvents, type LegSetup } from './leg.ts';
import type { SessionMediaOptions } from './media/session-media.ts';

export interface LegsSetup {
  readonly setup: LegSetup & { readonly farewells: Farewells };
  readonly deadlines: Deadlines;
  readonly audio: CallAudio;
  /** What the call hears of a leg. */
  readonly events: (leg: () => Leg) => LegEvents;
  /** Whether the call is over, or on its way there. */
  readonly over: () => boolean;
  /** Another leg carries the call; `remote` is who the other side is now, where that has changed. */
  readonly onTaken: (leg: Leg, before: Leg | undefined, remote: RemoteParty | undefined) => void;
}

/** Who has sent us on hangs up; if not by then, we do. */
const PARTING_MS = 2_000;

/** The sessions that carry a call: one at a time, each in the place of the one before. */
export class Legs {
  readonly #parts: LegsSetup;
  #current: Leg | undefined;

  constructor(parts: LegsSetup) {
    this.#parts = parts;
  }

  /** The one that carries the call now. */
  get current(): Leg | undefined {
    return this.#current;
  }

  /** A leg that carries nothing yet. */
  make(session: Inviter | Invitation, delegate: SessionDelegate = {}): Leg {
    const { setup, events, audio } = this.#parts;
    const leg: Leg = new Leg(
      session,
      setup,
      events(() => leg),
      delegate,
    );
    leg.media.mute(audio.muted);
    return leg;
  }

  adopt(leg: Leg): void {
    this.#current = leg;
    this.#parts.audio.carry(leg.media);
  }

  /** A session carries the call from now on. */
  carry(session: Inviter | Invitation, delegate: SessionDelegate = {}): Leg {
    const leg = this.make(session, delegate);
    this.adopt(leg);
    return leg;
  }

  /** The other side comes another way, or has sent somebody in its place: the call goes on without ringing. */
  async replace(invitation: Invitation, by: 'peer' | 'party'): Promise<void> {
    const hold = by === 'peer' && (this.#current?.renegotiation.held ?? false);
    const leg = this.make(invitation);
    const options: SessionMediaOptions = { hold };
    // In that very moment: right after it SIP.js ends the session that carried the call so far.
    invitation.stateChange.addListener((state) => {
      if (state !== SessionState.Established) return;
      leg.renegotiation.begin(hold);
      if (this.#current) this.#parts.setup.farewells.replaced(this.#current.session);
      this.take(
        leg,
        by === 'party' ? remoteParty(invitation.assertedIdentity ?? invitation.remoteIdentity) : undefined,
      );
    });
    try {
      await invitation.accept({ sessionDescriptionHandlerOptions: options });
    } catch {
      leg.close();
    }
  }

  /**
   * The call goes on with another session.
   * @param remote whoever the other side is now; the same as before where it only comes another way
   */
  take(leg: Leg, remote?: RemoteParty): void {
    const { setup, audio, deadlines, over, onTaken } = this.#parts;
    if (over()) {
      leg.close();
      setup.farewells.bye(leg.session);
      return;
    }
    const before = this.#current;
    this.adopt(leg);
    audio.play(!leg.renegotiation.held);
    // Its microphone may have failed meanwhile.
    void audio.findMicrophone();
    before?.close();
    deadlines.in('parting', PARTING_MS, () => {
      if (before?.established) setup.farewells.bye(before.session);
    });
    onTaken(leg, before, remote);
  }
}
