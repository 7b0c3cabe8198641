import { atom } from 'nanostores';
import type { Attention, ControlAction, Notice, PhoneControls } from '@multiline/core';

/** What {@link silentAttention} was asked for. */
export interface AskedNotice extends Notice {
  /** It was taken back, or replaced by another of its tag. */
  readonly closed: boolean;
}

/** Attention for tests and for pages that want none: makes no sound, shows nothing, remembers what it was asked. */
export interface SilentAttention extends Required<Attention> {
  /** Whether somebody rings at the moment. */
  readonly ringing: boolean;
  /** How often it began to ring. */
  readonly rings: number;
  /** Every notice in the order it was asked for. */
  readonly notices: readonly AskedNotice[];
  /** What the badge shows. */
  readonly badged: { readonly count: number; readonly text?: string };
  /** How often somebody asked for the permission to notify. */
  readonly asked: number;
  /** What the buttons of a headset would show; null while nothing is controlled. */
  readonly controls: PhoneControls | null;
  /** Presses a button of the headset. */
  press(action: ControlAction): void;
  /** Whether closing the page is warned of. */
  readonly guarded: boolean;
  /** Where the last ring was heard. */
  readonly rangOn: readonly string[] | 'all' | undefined;
  /** How often somebody who talks was told of another call. */
  readonly knocks: number;
  /** Presses a button of the open notice of this tag. Throws when there is none. */
  choose(tag: string, action: 'answer' | 'decline'): void;
  /** Clicks the open notice of this tag. Throws when there is none. */
  click(tag: string): void;
}

export interface SilentAttentionOptions {
  /** What the permission is at first. Default `granted`. */
  permission?: 'granted' | 'denied' | 'default';
  /** What a person answers when asked. Default `granted`. */
  answer?: 'granted' | 'denied' | 'default';
}

/** Makes an attention that records. */
export function silentAttention({
  permission = 'granted',
  answer = 'granted',
}: SilentAttentionOptions = {}): SilentAttention {
  const ringing = new Set<object>();
  const notices: { -readonly [Key in keyof AskedNotice]: AskedNotice[Key] }[] = [];
  let rings = 0;
  let asked = 0;
  let rangOn: SilentAttention['rangOn'];
  let controls: PhoneControls | null = null;
  let pressed: (action: ControlAction) => void = () => undefined;
  let guarded = false;
  let knocks = 0;
  let badged: SilentAttention['badged'] = { count: 0 };

  /** A notice that was clicked is gone. */
  function take(tag: string): Notice {
    const notice = notices.find((entry) => entry.tag === tag && !entry.closed);
    if (!notice) throw new Error(`No open notice has the tag ${tag}.`);
    notice.closed = true;
    return notice;
  }

  return {
    get ringing() {
      return ringing.size > 0;
    },
    get rings() {
      return rings;
    },
    get notices() {
      return notices;
    },
    get badged() {
      return badged;
    },
    get asked() {
      return asked;
    },
    get controls() {
      return controls;
    },
    get knocks() {
      return knocks;
    },
    get guarded() {
      return guarded;
    },
    get rangOn() {
      return rangOn;
    },
    knock: () => void knocks++,
    control(phone, act) {
      controls = phone;
      pressed = act;
    },
    press: (action) => pressed(action),
    connectHeadset: () => Promise.resolve(true),
    guard: (on) => void (guarded = on),
    notifications: () => 'plain',
    $silenced: atom(false),
    ring(on) {
      const ring = {};
      rangOn = on;
      ringing.add(ring);
      rings++;
      return () => void ringing.delete(ring);
    },
    notify(notice) {
      for (const other of notices) if (other.tag === notice.tag) other.closed = true;
      const entry = { ...notice, closed: false };
      notices.push(entry);
      return () => {
        entry.closed = true;
      };
    },
    badge(number, text) {
      badged = text === undefined ? { count: number } : { count: number, text };
    },
    permission: () => permission,
    async askPermission() {
      asked++;
      if (permission === 'default') permission = answer;
      return permission;
    },
    click: (tag) => take(tag).onClick?.(),
    choose: (tag, action) => take(tag).onAction?.(action),
    stop() {
      ringing.clear();
      for (const notice of notices) notice.closed = true;
      badged = { count: 0 };
    },
  };
}
