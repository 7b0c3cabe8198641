import type { Call, TrayItem } from '@multiline/core';
import { MultiLineError, asFailure } from '@multiline/core';
import { NOW, ambiguousCall, callsOfADesk, lucysCall, strangersCall } from './story-calls.ts';

/** Something that waits, about this call. */
export const item = (call: Call, reason: TrayItem['reason'], more: Partial<TrayItem> = {}): TrayItem => ({
  callId: call.id,
  key: `key-${call.id}`,
  reason,
  call,
  ...more,
});
const [, , , joan, petra] = callsOfADesk as [Call, Call, Call, Call, Call];

export const waiting: TrayItem = item(joan, 'not-logged', {
  failure: asFailure(new MultiLineError('timeout')),
  retryAt: NOW + 24_000,
});
export const refused: TrayItem = item(petra, 'not-logged', {
  failure: asFailure(new MultiLineError('refused', { message: 'Priority is required.' })),
});
export const conflict: TrayItem = item(lucysCall, 'conflict', {
  failure: asFailure(new MultiLineError('conflict')),
  conflict: {
    ours: 'Wants the Q1 renewal at 40 seats.',
    theirs: 'Renewal is 45 seats, see the case.',
    changedBy: 'Bob',
    changedAt: NOW - 540_000,
  },
});
export const ambiguous: TrayItem = item(ambiguousCall, 'choose-match');
export const stranger: TrayItem = item(strangersCall, 'unknown-number');
