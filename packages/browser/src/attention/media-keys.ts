import type { ControlAction, PhoneControls } from '@multiline/core';

/** Buttons outside the page follow the phone; null lets go of them. */
export type Buttons = (phone: PhoneControls | null, act: (action: ControlAction) => void) => void;

/** What the Media Session standard and its conferencing actions know; a browser refuses those it does not. */
const ACTIONS = ['play', 'pause', 'stop', 'hangup', 'togglemicrophone'] as const;
type Key = (typeof ACTIONS)[number];

/** Which button does what, as the phone is: nothing where it has nothing to do. */
export function actionOf(key: Key, { ringing, active, muted }: PhoneControls): ControlAction | null {
  const toggled = muted ? 'unmute' : 'mute';
  if (key === 'togglemicrophone') return active ? toggled : null;
  if (key === 'hangup' || key === 'stop') return active ? 'hang-up' : ringing ? 'decline' : null;
  if (active) return toggled;
  return ringing && key === 'play' ? 'answer' : null;
}

/** Media keys and the buttons of a browser's media panel (W3C Media Session). */
export function mediaKeys(session: MediaSession | undefined): Buttons {
  if (!session) return () => undefined;

  function handle(key: Key, handler: (() => void) | null): void {
    try {
      session?.setActionHandler(key as MediaSessionAction, handler);
    } catch {
      // This browser has no such button.
    }
  }

  return (phone, act) => {
    session.metadata = phone && new MediaMetadata({ title: phone.title });
    session.playbackState = phone ? (phone.active && phone.muted ? 'paused' : 'playing') : 'none';
    for (const key of ACTIONS) {
      const action = phone && actionOf(key, phone);
      handle(key, action ? () => act(action) : null);
    }
    const microphone: unknown = Reflect.get(session, 'setMicrophoneActive');
    if (typeof microphone === 'function') {
      const told: unknown = Reflect.apply(microphone, session, [phone?.active === true && !phone.muted]);
      if (told instanceof Promise) told.catch(() => undefined);
    }
  };
}
