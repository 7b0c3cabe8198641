import type { Call, CallQuality } from '@multiline/core';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-calls.ts';

/** What has been told of a call, or would be told now. */
export interface Said {
  readonly phase: Call['phase'];
  readonly identified: boolean;
  readonly muted: boolean;
  readonly hold: 'us' | 'them' | null;
  readonly recalled: boolean;
  readonly reconnecting: boolean;
  readonly recording: 'on' | 'paused' | 'off';
  readonly transfer: 'none' | 'trying' | 'failed' | 'not-added';
  readonly conference: boolean;
  readonly quality: CallQuality['problem'];
  readonly stage: Call['stage'];
}

export function saidOf(call: Call): Said {
  const { hold, recording, transfer } = call;
  const live = call.phase === 'active';
  return {
    phase: call.phase,
    identified: call.match.record !== null,
    muted: call.muted,
    hold: hold === 'them' ? 'them' : hold ? 'us' : null,
    recalled: call.recalled === 'hold',
    reconnecting: call.reconnecting === true,
    recording: !live || !recording || recording.state === 'done' ? 'off' : recording.state,
    transfer: transferOf(transfer),
    conference: live && call.conference !== undefined,
    quality: (live && call.quality?.problem) || 'none',
    stage: live ? undefined : call.stage,
  };
}

/**
 * What has changed within one phase, as keys of the string table, in the order it is said. `{who}` is the other party, in
 * transfers the target.
 */
export function changesOf(before: Said, now: Said): readonly StringKey[] {
  const changes: (StringKey | false)[] = [
    now.reconnecting !== before.reconnecting && (now.reconnecting ? 'said.reconnecting' : 'said.back'),
    now.conference !== before.conference && (now.conference ? 'said.joined' : 'said.left'),
    now.hold !== before.hold && HOLD[now.hold ?? 'none'],
    now.recalled && !before.recalled && 'said.recalled',
    now.muted !== before.muted && (now.muted ? 'said.muted' : 'said.unmuted'),
    now.recording !== before.recording && RECORDING[now.recording],
    now.transfer !== before.transfer && TRANSFER[now.transfer],
    now.quality !== before.quality && now.quality !== 'none' && `quality.${now.quality}`,
  ];
  return changes.filter((change): change is StringKey => change !== false);
}

const HOLD = { us: 'said.held', them: 'said.held-by-them', none: 'said.resumed' } as const;
const RECORDING = { on: 'said.recording', paused: 'said.recording-paused', off: 'said.recording-stopped' } as const;
const TRANSFER = {
  trying: 'said.transferring',
  failed: 'said.transfer-failed',
  'not-added': 'said.transfer-not-added',
  none: false,
} as const;

function transferOf(transfer: Call['transfer']): Said['transfer'] {
  if (!transfer) return 'none';
  if (transfer.state !== 'failed') return 'trying';
  return transfer.purpose ? 'not-added' : 'failed';
}
