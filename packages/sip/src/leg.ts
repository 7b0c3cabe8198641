import type { Clock, RemoteParty } from '@multiline/core';
import {
  Grammar,
  SessionState,
  type Core,
  type Invitation,
  type Inviter,
  type NameAddrHeader,
  type Notification,
  type Referral,
  type Session,
  type SessionDelegate,
} from 'sip.js';
import type { AccountLink } from './account-link.ts';
import { receivedDigits } from './digits.ts';
import { remoteParty } from './headers.ts';
import type { SessionMedia } from './media/session-media.ts';
import { letsUsWait } from './remote-hold.ts';
import { Renegotiation } from './renegotiation.ts';
import { splitList } from './transport/message-head.ts';

export interface LegSetup {
  readonly link: AccountLink;
  readonly clock: Clock;
  /** The audio of a session. */
  readonly media: (session: Session) => SessionMedia;
}

/** What a call hears of a leg. */
export interface LegEvents {
  /** The other side has hung up. */
  bye(): void;
  /** SIP.js has ended the session; whoever knows why has spoken by then. */
  terminated(): void;
  /** The other side knows this dialog no more. */
  gone(): void;
  held(by: 'us' | 'them', held: boolean): void;
  flow(flowing: boolean): void;
  /** The other side has sent digits. */
  digits(digits: string): void;
  /**
   * It has agreed to something: it knows where we are.
   * @param restarted to a new way for the audio
   */
  taken(restarted: boolean): void;
  /**
   * The other side has renewed the dialog: it may be elsewhere.
   * @param restarted it wants a new way for the audio
   */
  refreshed(restarted: boolean): void;
  /** The server has put somebody else in the other side's place, or names it anew. */
  party(remote: RemoteParty): void;
  referred(referral: Referral): void;
  notified(notification: Notification): void;
}

/** One SIP session that carries a call, for a while or for all of it: the dialog, its audio, and what is agreed on in it. */
export class Leg {
  readonly session: Inviter | Invitation;
  readonly media: SessionMedia;
  readonly renegotiation: Renegotiation;
  readonly #events: LegEvents;
  #heldByThem = false;
  /** Who the other side is, as far as this dialog has told; and how it names itself. */
  #party: RemoteParty | undefined;
  #from: string | undefined;
  /** What the other side's end of the audio's way is called (ICE): another with each restart. */
  #way: string | undefined;

  constructor(session: Inviter | Invitation, setup: LegSetup, events: LegEvents, delegate: SessionDelegate = {}) {
    const { link, clock } = setup;
    this.session = session;
    this.#events = events;
    this.renegotiation = new Renegotiation(session, {
      clock,
      random: link.random,
      direction: 'cancel' in session ? 'outbound' : 'inbound',
      reachable: () => link.connected && session.state === SessionState.Established,
      onHeld: (held) => events.held('us', held),
      onTaken: ({ message }) => {
        const way = this.#way;
        this.look();
        this.#identify(message, message.to);
        events.taken(way !== this.#way);
      },
      onGone: () => events.gone(),
    });
    session.delegate = {
      ...delegate,
      onBye: (bye) => {
        void bye.accept();
        events.bye();
      },
      onInvite: (request, _response, status) => {
        if (status !== 200) return;
        const way = this.#way;
        this.look(true);
        this.#identify(request, request.from);
        const restarted = way !== this.#way;
        if (restarted) this.renegotiation.restarted();
        events.refreshed(restarted);
      },
      onInfo: (info) => {
        void info.accept();
        const digits = receivedDigits(info.request);
        if (digits !== '') events.digits(digits);
      },
      // Left to itself SIP.js would call whomever the other side names.
      onRefer: (referral) => events.referred(referral),
      onNotify: (notification) => events.notified(notification),
    };
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        const { assertedIdentity, remoteIdentity } = session;
        this.#party = remoteParty(assertedIdentity ?? remoteIdentity);
        this.#from = remoteParty(remoteIdentity).address;
      }
      // Whoever knows why speaks first: SIP.js changes the state before it tells us the response.
      if (state === SessionState.Terminated) queueMicrotask(() => events.terminated());
    });
    this.media = setup.media(session);
    this.media.onFlow((flowing) => events.flow(flowing));
  }

  get established(): boolean {
    return this.session.state === SessionState.Established;
  }

  get heldByThem(): boolean {
    return this.#heldByThem;
  }

  /**
   * Looks whether the other side lets us wait. Its answer to our own hold tells nothing: it may only be polite.
   * @param offered it has said so unasked
   */
  look(offered = false): void {
    const { sdp = '' } = this.media.connection?.currentRemoteDescription ?? {};
    this.#way = /^a=ice-ufrag:(.+)/m.exec(sdp)?.[1];
    if (this.renegotiation.held && !offered) return;
    const held = letsUsWait(sdp);
    if (held === this.#heldByThem) return;
    this.#heldByThem = held;
    this.#events.held('them', held);
  }

  /**
   * Within a dialog too a message may say who the other side is: as the server asserts it (RFC 3325), else as it names itself from
   * now on (RFC 4916).
   */
  #identify(message: Core.IncomingMessage, itself: NameAddrHeader): void {
    const [asserted = ''] = splitList(message.getHeader('P-Asserted-Identity') ?? '');
    const { address } = remoteParty(itself);
    const named = Grammar.nameAddrHeaderParse(asserted) ?? (address === this.#from ? undefined : itself);
    this.#from = address;
    const [before, party] = [this.#party, named && remoteParty(named)];
    if (!party || (party.address === before?.address && (!party.name || party.name === before.name))) return;
    this.#party = party;
    this.#events.party(party);
  }

  /** Nothing more is heard or said here; the session is for others to end. */
  close(): void {
    this.renegotiation.close();
    this.media.close();
  }
}
