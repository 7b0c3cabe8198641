import type { Call } from '@multiline/core';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-calls.ts';

/** How a call ended, as a key of the string table; null where the phase says it all. */
export function endingOf(call: Call): StringKey | null {
  switch (call.reason) {
    case undefined:
      return null;
    case 'completed':
      return call.endedBy === 'us' ? 'ended.us' : 'ended.them';
    case 'declined':
      return call.direction === 'inbound' ? 'ended.declined-us' : 'ended.declined-them';
    default:
      return `ended.${call.reason}`;
  }
}
