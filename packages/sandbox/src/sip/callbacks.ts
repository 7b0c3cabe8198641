import type { Core } from './core.ts';
import { toneFrames } from './media/g711.ts';
import type { Legs } from './media/legs.ts';
import { play, type Stage } from './media/parts.ts';
import type { WatchedDialogs } from './watched-dialogs.ts';

const ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"';
/** Two short tones and a pause, again and again: "press any key". */
const PROMPT = [...toneFrames(620, 200), ...toneFrames(0, 100), ...toneFrames(880, 200), ...toneFrames(0, 1_500)];
const RINGING = [...toneFrames(440, 1_000), ...toneFrames(0, 2_000)];
/** How long a finished call can still be asked for. */
const KEPT_MS = 60_000;

/** Where a callback stands, or how it ended. */
export type CallbackState =
  { readonly stage: 'calling-device' | 'confirming' | 'calling' | 'answered' } | { readonly ended: CallbackEnd };

export type CallbackEnd = 'completed' | 'no-answer' | 'busy' | 'declined' | 'failed' | 'not-confirmed';

/** A callback as it is asked for. */
export interface CallbackOrder {
  readonly user: string;
  /** Request-URI of whom to call once the user has pressed a key. */
  readonly to: string;
  /** What the user's device shows. */
  readonly display: string;
  /** Contacts of the devices to ring. */
  readonly devices: readonly string[];
  /** The Call-ID of the call to `to`. */
  readonly callId: string;
}

/** A call that first rings the user's own device (ML-23). */
export interface Callback {
  readonly id: string;
  readonly user: string;
  /** Calls back at once with the present state and then with each change. Answers how to stop. */
  watch(listener: (state: CallbackState) => void): () => void;
  end(): void;
}

/** The callbacks on their way, and for a while those that are over. */
export interface Callbacks {
  start(order: CallbackOrder): Callback;
  find(user: string, id: string): Callback | undefined;
  end(): void;
}

/** Makes an empty set. */
export function createCallbacks(core: Core, legs: Legs, dialogs: WatchedDialogs): Callbacks {
  const callbacks = new Map<string, Callback>();

  const start = (order: CallbackOrder): Callback => {
    const id = core.random();
    const listeners = new Set<(state: CallbackState) => void>();
    const ringing = new Map<string, (reason?: string) => void>();
    let state: CallbackState = { stage: 'calling-device' };
    /** The contact that answered first. */
    let winner: string | undefined;
    let device: Stage | undefined;
    let other: Stage | undefined;
    let endOther: () => void = () => undefined;
    let stopTone: () => void = () => undefined;
    let stopConfirming: () => void = () => undefined;

    const tell = (next: CallbackState) => {
      if ('ended' in state) return;
      state = next;
      for (const listener of [...listeners]) listener(state);
      if ('ended' in state) core.timers.after(KEPT_MS, () => callbacks.delete(id));
    };

    const finish = (ended: CallbackEnd) => {
      if ('ended' in state) return;
      tell({ ended });
      stopTone();
      stopConfirming();
      for (const stop of ringing.values()) stop();
      endOther();
    };

    const repeat = (stage: Stage, frames: readonly Buffer[]) => {
      stopTone();
      stopTone = play(stage, frames, () => repeat(stage, frames));
    };

    const callOther = () => {
      stopConfirming();
      tell({ stage: 'calling' });
      if (device) repeat(device, RINGING);
      endOther = legs.call({
        user: order.user,
        uri: order.to,
        callId: order.callId,
        part: { codecs: 'g711', heard: (heard) => device?.send(heard) },
        onAnswered(stage) {
          stopTone();
          other = stage;
          tell({ stage: 'answered' });
        },
        onEnded: (status) => finish(status === 200 ? 'completed' : refusedAs(status)),
      });
    };

    const confirm = (contact: string, stage: Stage) => {
      winner = contact;
      device = stage;
      tell({ stage: 'confirming' });
      stopConfirming = core.timers.after(core.confirmMs, () => finish('not-confirmed'));
    };

    const ring = (contact: string) => {
      const callId = `device-${core.random()}`;
      const show = dialogs.hide(callId);
      const stop = legs.call({
        user: order.user,
        uri: contact,
        callId,
        display: order.display,
        part: {
          codecs: 'g711',
          begin: (stage) => repeat(stage, PROMPT),
          heard: (heard) => other?.send(heard),
          pressed(_digit, stage) {
            if (stage === device && 'stage' in state && state.stage === 'confirming') callOther();
          },
        },
        onAnswered(stage) {
          for (const [each, stopEach] of ringing) if (each !== contact) stopEach(ELSEWHERE);
          if (winner === undefined && !('ended' in state)) confirm(contact, stage);
        },
        onEnded(status) {
          show();
          ringing.delete(contact);
          // Who declines does so for all phones of the own.
          if (status === 603 && winner === undefined) finish('declined');
          if (winner === undefined ? ringing.size === 0 : winner === contact) finish(deviceEnded(state, status));
        },
      });
      ringing.set(contact, stop);
    };

    const callback: Callback = {
      id,
      user: order.user,
      watch(listener) {
        listeners.add(listener);
        listener(state);
        return () => void listeners.delete(listener);
      },
      end: () => finish(deviceEnded(state, 487)),
    };
    callbacks.set(id, callback);
    order.devices.forEach(ring);
    return callback;
  };

  return {
    start,
    find(user, id) {
      const callback = callbacks.get(id);
      return callback?.user === user ? callback : undefined;
    },
    end() {
      for (const callback of callbacks.values()) callback.end();
      callbacks.clear();
    },
  };
}

function refusedAs(status: number): 'no-answer' | 'busy' | 'declined' | 'failed' {
  if (status === 486 || status === 600) return 'busy';
  if (status === 603) return 'declined';
  return status === 408 || status === 480 || status === 487 ? 'no-answer' : 'failed';
}

/** What it means that the user's own device is gone, by how far the call had come. */
function deviceEnded(state: CallbackState, status: number): CallbackEnd {
  if ('ended' in state) return state.ended;
  if (state.stage === 'answered') return 'completed';
  if (state.stage === 'calling') return 'no-answer';
  return status === 200 ? 'not-confirmed' : refusedAs(status);
}
