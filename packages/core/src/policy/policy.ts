import type { DialRules } from '../numbers/index.ts';

/**
 * Rules as data: whom to match, what to log, what to pop, how to dial. Plain JSON, versioned, checked against `schema.json`.
 * Pure functions in `records/` evaluate it and answer a decision with its reason in words.
 */
export interface Policy {
  readonly version: 1;
  readonly name: string;
  /** ISO 3166-1 alpha-2: how national numbers are read and shown. */
  readonly country: string;
  readonly dialing: Omit<DialRules, 'country'> & {
    /** What a click on a number does: fill the field and let choose, fill it editable, or dial (ML-20, MV-30). */
    readonly mode: 'confirm' | 'edit' | 'immediate';
    /** Whether numbers in pages and records are dialable by a click (MV-13); absent: they are. */
    readonly clickToDial?: boolean;
  };
  readonly match: {
    /** Kinds by name, first wins: the first kind with a match decides, the others are offered as alternatives. */
    readonly order: readonly string[];
    /** Several of the deciding kind: a person chooses, or a rule does (always deterministic). */
    readonly several: 'choose' | 'newest' | 'last-modified' | 'first';
  };
  readonly log: {
    /** Exclusions, each a named rule with a visible reason. */
    readonly exclude: {
      /** Received and missed calls of an unknown number (XB-09). */
      readonly unknownNumber: boolean;
      /** Made and cancelled within so many ms (XB-10: 5000); 0 excludes none. */
      readonly cancelledWithinMs: number;
      /** Calls between colleagues of the same phone system (XB-11). */
      readonly internal: boolean;
      /** Answered on another device of the user's: that device logs it. */
      readonly answeredElsewhere: boolean;
      /** Sent on to somebody else before it was answered (MV-34). */
      readonly redirected: boolean;
    };
    /** A number nobody knows: hold it for a person, or log it without a record. */
    readonly unknown: 'hold' | 'without-record';
    /** Subject of the activity; `{direction} {name} {number} {outcome}` are filled in (MV-54). */
    readonly subject: string;
  };
  readonly pop: {
    /** MV-56. */
    readonly at: 'ringing' | 'answered' | 'never';
    /** Several matches: none until chosen, the first, or each. */
    readonly several: 'none' | 'first' | 'all';
    /** Nobody matches: nothing, or the CRM's own form for a new record of this kind (MV-60). */
    readonly unknown: 'nothing' | 'new-record';
    readonly newKind: string;
  };
  /** How many rows each list shows at most (MV-05 to MV-08); 0 is unlimited. The store keeps far more. */
  readonly lists: {
    readonly all: number;
    readonly missed: number;
    readonly received: number;
    readonly dialed: number;
    /** How many favorites there may be (MV-10). */
    readonly favorites: number;
  };
  readonly notes: {
    /** What was typed is logged at the end of the call without a gesture (MV-66). */
    readonly autoSave: boolean;
    /** Phrases to put into notes (MV-15). */
    readonly quick: readonly string[];
  };
  readonly calls: {
    /** A further call while one lives: refuse it as busy, or let it wait. */
    readonly busy: 'refuse' | 'wait';
    /** What the caller is told on Decline: 486 (may go to voicemail) or 603 (no). */
    readonly decline: 'busy' | 'declined';
    /** How many calls may live at once, conference included. */
    readonly max: number;
    /** A call we hold asks to be taken back after so long (MV-28); 0 never. */
    readonly holdRecallMs: number;
    /** Where "Send to voicemail" sends a ringing call (302); empty: it is refused as busy, and the server does the rest. */
    readonly voicemail: string;
    /** How the server learns which number a call goes out with. */
    readonly callerId: 'p-preferred-identity' | 'from';
    /** `on-demand`: by a button where the line can record; `always`: from the answer on. */
    readonly recording: 'off' | 'on-demand' | 'always';
  };
  readonly conference: {
    /** Parties including the user (MV-16). */
    readonly max: number;
    /** The server's bridge to send everybody to; empty: mixed in this browser. */
    readonly bridge: string;
  };
  readonly availability: {
    /** What Do Not Disturb does: decline here, or switch the server by its code. */
    readonly dnd: 'decline' | 'server';
    /** The administrator's reasons for Make Busy; none leaves the choice out (MV-26). */
    readonly reasons: readonly { readonly code: string; readonly label: string }[];
    /** Whether presence is published where the server takes it (RFC 3903). */
    readonly publish: boolean;
    /** The server's feature codes, `{number}` filled in; an empty one is a feature the server has not. */
    readonly codes: {
      readonly dndOn: string;
      readonly dndOff: string;
      readonly forwardOn: string;
      readonly forwardOff: string;
    };
  };
  /** Who sits here: hot desk and agent sign the phone in and out themselves; codes are for agents only (MV-48). */
  readonly profile: 'regular' | 'hot-desk' | 'agent';
  /** Delivered rows are pruned after so many days. */
  readonly retentionDays: number;
}
