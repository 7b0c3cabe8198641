import type { Line, LineCall } from '../ports/line.ts';
import type { DialRules } from '../numbers/index.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { LineCalls } from './line-calls.ts';
import { readParty } from './new-call.ts';

/**
 * Calls of the user's other phones, seen through the server (ML-24, ML-37): rows and logs like ours. What is our own call,
 * seen from there, is dropped; what rings here and is answered there goes on as the same call.
 *
 * @param known the calls of the lists, past ones too
 */
export function createWatchedCalls(
  line: Line,
  calls: Calls,
  lineCalls: LineCalls,
  rules: DialRules,
  known: () => readonly Call[],
): {
  /** Begins to watch. The line knows by now which calls this phone wants to take back. Answers how to stop. */
  attach(): () => void;
  /** Whether a call that has just ended here goes on over there. */
  takesOver(call: Call): boolean;
} {
  /** Seen there while they ring here too, by the id of the call here. */
  const beside = new Map<string, LineCall>();
  const live = (): readonly Call[] => calls.$calls.get().filter(({ phase }) => phase !== 'ended');

  /** This phone has it, or had it in a page that is gone; what only rang here may be answered there. */
  const isOwn = (call: Call): boolean =>
    call.device === 'here' &&
    (lineCalls.find(call.id) !== undefined || call.direction === 'outbound' || call.answeredAt !== undefined);

  function see(lineCall: LineCall): void {
    const { number } = readParty(lineCall.remote, rules);
    const { correlation, direction } = lineCall;
    const own = [...live(), ...known()].find(
      (call) => call.correlation === correlation && call.direction === direction && isOwn(call),
    );
    // A server between the phones gives each its own leg: then the number tells, as long as both ring.
    const ringing = live().find(
      (call) => call.phase === 'ringing' && call.direction === direction && number !== '' && call.number === number,
    );
    const here = own ?? ringing;
    if (!here) lineCalls.begin(lineCall);
    else if (direction === 'inbound' && here.phase === 'ringing' && here.device === 'here') {
      beside.set(here.id, lineCall);
      const stop = lineCall.listen(({ type }) => {
        if (type !== 'ended') return;
        if (beside.get(here.id) === lineCall) beside.delete(here.id);
        queueMicrotask(() => stop());
      });
    }
  }

  return {
    attach: () => line.onWatched?.(see) ?? (() => undefined),
    takesOver({ id }) {
      const lineCall = beside.get(id);
      beside.delete(id);
      if (!lineCall) return false;
      calls.signal(id, { type: 'taken-over', device: 'elsewhere' });
      lineCalls.goOn(id, lineCall);
      return true;
    },
  };
}
