import { within } from '../deadline.ts';
import type { Clock } from '../ports/clock.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Line } from '../ports/line.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import { waits } from './holding.ts';
import type { LineCalls } from './line-calls.ts';

/** How long the other side may take to agree (ms). */
const PATIENCE_MS = 8_000;

/**
 * Takes a call back that another page or tab had: the same call, with its answer, notes, match and hold, goes on here; while
 * that is open it says that its audio is away. Resolves with whether it goes on.
 */
export function createTakingBack(
  line: Line,
  clock: Clock,
  calls: Calls,
  lineCalls: LineCalls,
): (call: Call) => Promise<boolean> {
  return async (call) => {
    const token = call.resume;
    if (!line.resume || !token) return false;
    calls.add(call);
    calls.signal(call.id, { type: 'media', flowing: false });
    try {
      const lineCall = await within(clock, PATIENCE_MS, () => line.resume?.(token) ?? unsupported());
      // The server may have offered it once more by itself meanwhile.
      if (lineCalls.find(call.id)) return true;
      if (waits(call)) await lineCall.hold?.(true);
      if (call.muted) lineCall.mute(true);
      calls.signal(call.id, { type: 'taken-over', device: line.device });
      calls.signal(call.id, { type: 'media', flowing: true });
      lineCalls.goOn(call.id, lineCall);
      return true;
    } catch {
      return lineCalls.find(call.id) !== undefined;
    }
  };
}

const unsupported = (): Promise<never> => Promise.reject(new MultiLineError('unsupported'));
