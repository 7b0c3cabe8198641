import { quietly, within } from '../deadline.ts';
import type { Clock } from '../ports/clock.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Line, LineCall } from '../ports/line.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import { waits } from './holding.ts';
import type { LineCalls } from './line-calls.ts';
import type { Recording } from './recording.ts';
import type { RingingAgain } from './ringing-again.ts';

/** How long the other side may take to agree (ms). */
const PATIENCE_MS = 8_000;

/**
 * Takes a call back that another page or tab had: the same call, with its answer, notes, match and hold, goes on or rings on
 * here; while that is open an answered one says that its audio is away. Resolves with whether it needs no other end.
 */
export function createTakingBack(
  line: Line,
  clock: Clock,
  calls: Calls,
  lineCalls: LineCalls,
  ringingAgain: RingingAgain,
  recording: Recording,
): (orphan: Call) => Promise<boolean> {
  const resume = (token: string): Promise<LineCall> =>
    within(clock, PATIENCE_MS, async (signal) => {
      const lineCall = await (line.resume?.(token) ?? unsupported());
      // It was given up meanwhile: nobody would be in it here.
      if (signal.aborted) quietly(() => lineCall.hangUp());
      return lineCall;
    });

  function goOn(call: Call, lineCall: LineCall): void {
    if (call.muted) lineCall.mute(true);
    calls.signal(call.id, { type: 'taken-over', device: line.device });
    calls.signal(call.id, { type: 'media', flowing: true });
    lineCalls.goOn(call.id, lineCall);
    recording.takenBack(call);
  }

  return async (orphan) => {
    const { id, resume: token } = orphan;
    if (!token) return false;
    const call = calls.get(id) ?? orphan;
    const back = (): boolean => lineCalls.find(id) !== undefined;
    if (call.phase === 'ended' || back()) {
      // The server has offered it by itself: the way it came first is closed, or the caller waits for that one's answer.
      if (orphan.phase === 'ringing') quietly(() => resume(token));
      return true;
    }
    calls.add(call);
    calls.signal(id, { type: 'media', flowing: false });
    try {
      const lineCall = await resume(token);
      // The server may have offered it once more by itself meanwhile.
      if (back()) return true;
      if (call.phase === 'ringing') ringingAgain.goesOn(call, lineCall);
      else {
        if (waits(call)) await lineCall.hold?.(true);
        goOn(call, lineCall);
      }
      return true;
    } catch {
      return back() || calls.get(id)?.phase === 'ended';
    }
  };
}

const unsupported = (): Promise<never> => Promise.reject(new MultiLineError('unsupported'));
