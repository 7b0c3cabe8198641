import type { LineCall } from '../ports/line.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { LineCalls } from './line-calls.ts';

export interface RingingAgainParts {
  calls: Calls;
  lineCalls: LineCalls;
  /** The calls of the lists, past ones too. */
  known(): readonly Call[];
  /** It rings here now, as it did there. */
  rangOn(call: Call): void;
}

/** A call that rang in a tab which is gone, and rings on here as what it was: the same row, notes and match, told once. */
export interface RingingAgain {
  /**
   * Takes in what comes up by itself because the server offers it to a phone that has just registered (a late fork). Answers
   * whether it is such a call: no rule refuses it then, and it stands in nobody's way.
   */
  offered(lineCall: LineCall): boolean;
  /** The line has it again. */
  goesOn(call: Call, lineCall: LineCall): void;
}

export function createRingingAgain({ calls, lineCalls, known, rangOn }: RingingAgainParts): RingingAgain {
  function goesOn(call: Call, lineCall: LineCall): void {
    if (!calls.$calls.get().some(({ id }) => id === call.id)) calls.add(call);
    // Who was about to answer it sits before a tab that is gone.
    const now = calls.signal(call.id, { type: 'taken-over', device: 'here' }) ?? call;
    lineCalls.goOn(call.id, lineCall);
    rangOn(now);
  }

  return {
    offered(lineCall) {
      const before = [...calls.$calls.get(), ...known()].find(
        ({ id, direction, phase, correlation }) =>
          direction === 'inbound' && phase === 'ringing' && correlation === lineCall.correlation && !lineCalls.find(id),
      );
      if (before) goesOn(before, lineCall);
      return before !== undefined;
    },
    goesOn,
  };
}
