import type { Failure } from '../ports/errors.ts';
import type { LineSignal } from '../ports/line.ts';
import { legOf, type Call, type CallLeg, type CallPending } from './call.ts';

/** Signals of the machine: the line's, our own gestures', and what calls do to one another. */
export type CallSignal =
  | Exclude<LineSignal, { readonly type: 'party-changed' }>
  /** As the line's, with the number as we read it. */
  | { readonly type: 'party-changed'; readonly number: string; readonly internal: boolean; readonly name?: string }
  /** A gesture that now waits for the wire. */
  | { readonly type: 'asked'; readonly what: Exclude<CallPending, 'transfer' | 'redirect'> }
  | { readonly type: 'asked'; readonly what: 'transfer' | 'redirect'; readonly target: string }
  /** The wire, or our own microphone, said no. */
  | { readonly type: 'refused'; readonly failure: Failure }
  /** Somebody was asked on behalf of this call and did not take it: it is offered back. */
  | {
      readonly type: 'not-consulted';
      readonly target: string;
      readonly failure: Failure;
      readonly purpose: NonNullable<Call['consultFor']>['purpose'];
    }
  /** Whom this call asked on behalf of has gone, or is with it: from now on it is a call like any other. */
  | { readonly type: 'independent' }
  | { readonly type: 'joined'; readonly conference: string }
  | { readonly type: 'left' }
  /** Held for longer than the policy allows. */
  | { readonly type: 'recalled' }
  | { readonly type: 'leg'; readonly leg: CallLeg }
  /** Another phone, page or tab goes on with it. */
  | { readonly type: 'taken-over'; readonly device: Call['device'] };

/**
 * The next state of a call. Pure; a signal that does not fit the phase changes nothing.
 *
 *                    dialed                                     came in
 *                      │                                           │
 *                      ▼                                           ▼
 *    ┌─ ended ── connecting ── ringing ──┐                      ringing ── ended ─┐
 *    │                │    (their phone) │                         │   (missed,   │
 *    │ (cancelled,    └─── answered ─────┤                      answered declined,│
 *    │  busy, …)                         ▼                         ▼  redirected, │
 *    │                                 active ◄────────────────────┘   elsewhere) │
 *    │                                   │ ended (completed, transferred,         │
 *    └──────────────────────────────► ended     interrupted, …) ◄─────────────────┘
 *
 * While active, each of these by itself:
 *
 *    hold        none ◄─ held ─► us ◄─ held ─► both ◄─ held ─► them ◄─ held ─► none      (us: recalled, after long or a failed transfer)
 *    audio       flowing ◄─ media ─► reconnecting
 *    transfer    none ─ asked ─► asked ─ transfer ─► trying ─► ringing ─► ended (transferred)
 *                        ▲                             └──────────┴─────► failed: the call goes on, and may be sent on again
 *                        └───────────────────────────────────────────────────┘
 *    conference  none ─ joined ─► joined ─ left ─► none
 *    recording   none ─ recording ─► on ◄─► paused ─ recording, ended ─► done
 */
export function next(call: Call, signal: CallSignal, at: number): Call {
  if (call.phase === 'ended') return call;
  switch (signal.type) {
    case 'ringing':
      return call.phase === 'connecting' ? { ...call, phase: 'ringing' } : call;
    case 'answered': {
      if (call.phase === 'active') return call;
      const { failure: _, stage: __, revocable: ___, ...rest } = call;
      return { ...rest, phase: 'active', answeredAt: Math.max(at, call.startedAt), pending: null };
    }
    case 'ended':
      return ended(call, signal, at);
    case 'asked':
      return asked(call, signal);
    case 'refused': {
      const { transfer, ...rest } = call;
      const kept = transfer && transfer.state !== 'asked' ? { transfer } : {};
      return { ...rest, ...kept, pending: null, failure: signal.failure };
    }
    case 'muted':
      return call.muted === signal.muted ? call : { ...call, muted: signal.muted };
    case 'digits-sent':
      return { ...call, digits: call.digits + signal.digits };
    case 'stage':
      return call.phase === 'active' ? call : { ...call, stage: signal.stage };
    case 'revocable':
      return { ...call, revocable: signal.revocable };
    case 'resumable': {
      const { resume: _, ...rest } = call;
      return signal.token ? { ...rest, resume: signal.token } : rest;
    }
    case 'leg':
      return { ...call, legs: [...(call.legs ?? []), signal.leg] };
    case 'independent': {
      const { consultFor: _, ...rest } = call;
      return rest;
    }
    case 'taken-over':
      return { ...call, device: signal.device, pending: null };
    default:
      return call.phase === 'active' ? talking(call, signal, at) : call;
  }
}

/** What happens only while both may speak. */
function talking(call: Call, signal: CallSignal, at: number): Call {
  switch (signal.type) {
    case 'held':
      return held(call, signal.by, signal.held, at);
    case 'recalled':
      return call.heldAt === undefined ? call : { ...call, recalled: 'hold' };
    case 'media': {
      const { reconnecting: _, ...rest } = call;
      return signal.flowing ? rest : { ...rest, reconnecting: true };
    }
    case 'transfer': {
      const { type: _, ...transfer } = signal;
      // Nobody looks at a call that was sent on: when it comes back, it rings like one that comes in (MV-36).
      const back = signal.state === 'failed' && call.heldAt !== undefined;
      return {
        ...settled(call, 'transfer'),
        transfer: { target: call.transfer?.target ?? '', ...transfer },
        ...(back && { recalled: 'transfer' }),
      };
    }
    case 'not-consulted': {
      const { target, failure, purpose } = signal;
      const transfer = { target, state: 'failed', failure, ...(purpose === 'conference' && { purpose }) } as const;
      return { ...settled(call, 'transfer'), transfer };
    }
    case 'party-changed':
      return partyChanged(call, signal, at);
    case 'joined': {
      const { consultFor: _, transfer: __, ...rest } = settled(call, 'merge');
      return { ...rest, conference: signal.conference };
    }
    case 'left': {
      const { conference: _, silenced: __, speaking: ___, ...rest } = call;
      return rest;
    }
    case 'silenced':
      return { ...call, silenced: signal.silenced };
    case 'speaking':
      return { ...call, speaking: signal.speaking };
    case 'quality':
      return { ...call, quality: signal.quality };
    case 'recording':
      return recorded(settled(call, 'record'), signal);
    default:
      return call;
  }
}

function asked(call: Call, signal: CallSignal & { readonly type: 'asked' }): Call {
  const rings = call.direction === 'inbound' && call.phase === 'ringing';
  switch (signal.what) {
    case 'answer':
      return rings && !call.pending ? { ...call, pending: 'answer' } : call;
    case 'decline':
      return rings ? { ...call, pending: 'decline' } : call;
    case 'redirect':
      return rings ? { ...call, pending: 'redirect', transfer: { target: signal.target, state: 'asked' } } : call;
    case 'hang-up':
      return { ...call, pending: 'hang-up' };
    case 'transfer':
      if (call.phase !== 'active') return call;
      return { ...call, pending: 'transfer', transfer: { target: signal.target, state: 'asked' } };
    default:
      return call.phase === 'active' ? { ...call, pending: signal.what } : call;
  }
}

/** The wire has answered this gesture: it waits no more, and what failed before is forgotten. */
function settled(call: Call, ...gestures: CallPending[]): Call {
  if (!call.pending || !gestures.includes(call.pending)) return call;
  const { failure: _, ...rest } = call;
  return { ...rest, pending: null };
}

function held(call: Call, by: 'us' | 'them', on: boolean, at: number): Call {
  const other = by === 'us' ? 'them' : 'us';
  const otherHolds = call.hold === other || call.hold === 'both';
  const hold = on ? (otherHolds ? 'both' : by) : otherHolds ? other : undefined;
  const { hold: _, ...rest } = by === 'us' ? settled(call, on ? 'hold' : 'resume') : call;
  const now: Call = hold ? { ...rest, hold } : rest;
  if (by === 'them') return now;
  const { heldAt, recalled: __, ...taken } = now;
  return on ? { ...taken, heldAt: heldAt ?? at } : taken;
}

function partyChanged(call: Call, signal: CallSignal & { readonly type: 'party-changed' }, at: number): Call {
  const { number, internal, name } = signal;
  if (number === call.number && name === call.displayName) return call;
  const { displayName: _, extension: __, ...rest } = call;
  return {
    ...rest,
    number,
    internal,
    ...(name && { displayName: name }),
    // The same person by another name was not replaced.
    ...(number !== call.number && {
      legs: [...(call.legs ?? []), legOf('transferred-by', call, at)],
    }),
  };
}

function recorded(call: Call, { state, url }: CallSignal & { readonly type: 'recording' }): Call {
  if (state === 'off' && !call.recording && !url) return call;
  const before = call.recording;
  const known = url ?? before?.url;
  const left = before?.url !== undefined && known !== before.url ? [before.url] : [];
  const earlier = [...(before?.earlier ?? []), ...left];
  return {
    ...call,
    recording: {
      state: state === 'off' ? 'done' : state,
      ...(known && { url: known }),
      ...(earlier.length > 0 && { earlier }),
    },
  };
}

/** What was true only while it lived is gone; its story stays. */
function ended(call: Call, signal: CallSignal & { readonly type: 'ended' }, at: number): Call {
  const {
    hold,
    heldAt,
    recalled,
    reconnecting,
    consultFor,
    conference,
    silenced,
    speaking,
    stage,
    revocable,
    resume,
    transfer,
    recording,
    legs = [],
    ...rest
  } = call;
  const { reason } = signal;
  const kind = reason === 'transferred' ? 'transferred-to' : reason === 'redirected' ? 'redirected-to' : null;
  const chapters = kind && transfer ? [...legs, { kind, number: transfer.target, at } as const] : legs;
  return {
    ...rest,
    phase: 'ended',
    endedAt: Math.max(at, call.answeredAt ?? call.startedAt),
    reason,
    endedBy: signal.by,
    pending: null,
    muted: false,
    ...(chapters.length > 0 && { legs: chapters }),
    ...(transfer?.state === 'failed' && { transfer }),
    ...(recording && { recording: { ...recording, state: 'done' } }),
    ...(signal.failure && { failure: signal.failure }),
  };
}

/** How a call ended whose line went away. */
export function orphanedReason({ direction, phase }: Call): 'missed' | 'interrupted' {
  return direction === 'inbound' && phase === 'ringing' ? 'missed' : 'interrupted';
}
