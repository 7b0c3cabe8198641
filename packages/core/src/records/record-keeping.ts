import type { Call } from '../calls/call.ts';
import type { CallControlParts } from '../calls/call-control.ts';
import type { Calls } from '../calls/calls.ts';
import type { PlainFact } from '../facts.ts';
import type { Outbox } from '../journal/outbox.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm } from '../ports/crm.ts';
import type { Host } from '../ports/host.ts';
import type { Identify } from './identify.ts';
import { createLogging, type Logging } from './logging.ts';
import { createMatching } from './matching.ts';
import { createPopping } from './screen-pop.ts';

export interface RecordKeepingParts {
  crm: Crm | null;
  host: Host | null;
  identify: Identify | null;
  policy: Policy;
  clock: Clock;
  calls: Calls;
  outbox: Outbox;
  /** When records open by themselves, as the user has it. */
  popAt(): Policy['pop']['at'];
  tell(fact: PlainFact): void;
  failed(error: unknown): void;
}

/** From a call's first signal to its log: whom it belongs to, what opens for it, what everybody is told of it. */
export function createRecordKeeping(parts: RecordKeepingParts): {
  readonly logging: Logging;
  readonly events: CallControlParts['events'];
} {
  const { crm, host, identify, policy, clock, calls, outbox, popAt, tell, failed } = parts;
  const popping = createPopping(host, crm, policy.pop, popAt);
  const matching = createMatching(crm, identify, calls, policy, (call) => {
    tell({ type: 'ml-record-matched', call });
    popping.consider(call);
    logging.matched(call).catch(failed);
  });
  const logging: Logging = createLogging(policy, calls, outbox, matching, clock, crm, failed);
  const find = (call: Call): void => void matching.find(call).catch(failed);

  return {
    logging,
    events: {
      recognized: matching.recognize,
      began(call) {
        if (call.log.key) outbox.recall(call.id);
        tell({ type: call.direction === 'inbound' ? 'ml-call-incoming' : 'ml-call-started', call });
        find(call);
      },
      answered(call) {
        tell({ type: 'ml-call-answered', call });
        popping.consider(call);
      },
      ended(call) {
        tell({ type: 'ml-call-ended', call });
        void logging.ended(call);
      },
      partyChanged: (call) => void matching.again(call).catch(failed),
      rangOn(call) {
        popping.wasConsidered(call);
        if (call.match.state === 'searching') find(call);
      },
    },
  };
}
