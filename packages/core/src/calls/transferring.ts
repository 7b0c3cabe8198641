import { quietly } from '../deadline.ts';
import type { Clock } from '../ports/clock.ts';
import { asFailure, MultiLineError, type Failure } from '../ports/errors.ts';
import { legOf, type Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { Dialing } from './dialing.ts';
import { active, type Holding } from './holding.ts';
import type { LineCalls } from './line-calls.ts';

/** Sending somebody on, with or without asking first. */
export interface Transferring {
  transfer(id: string, target: string): Promise<void>;
  /** Resolves with the id of the call that asks. */
  consult(id: string, target: string, purpose: 'transfer' | 'conference'): Promise<string>;
  completeTransfer(id: string): Promise<void>;
  cancelConsult(id: string): Promise<void>;
  /** Who was asked on behalf of another call is there. */
  answered(call: Call): void;
  /** What the end of a call means for those that belong to it. */
  ended(call: Call, before: Call): void;
}

export function createTransferring(
  calls: Calls,
  lineCalls: LineCalls,
  holding: Holding,
  dialing: Dialing,
  clock: Clock,
): Transferring {
  /** Consultations that we end ourselves, on purpose. */
  const over = new Set<string>();
  const live = (): readonly Call[] => calls.$calls.get().filter(({ phase }) => phase !== 'ended');

  /** The wire has said how it goes once `act` has resolved; the call stays as it was when it fails. */
  async function sendOn(id: string, target: string, act: () => Promise<void>): Promise<void> {
    calls.signal(id, { type: 'asked', what: 'transfer', target });
    try {
      await act();
    } catch (error) {
      calls.signal(id, { type: 'transfer', state: 'failed', failure: asFailure(error) });
      throw error;
    }
  }

  async function blind(id: string, text: string): Promise<void> {
    active(lineCalls.call(id));
    const { user } = dialing.target(text);
    await sendOn(id, text, async () => {
      const lineCall = lineCalls.get(id);
      if (!lineCall.transfer) throw new MultiLineError('unsupported');
      await lineCall.transfer(user);
    });
  }

  /** Both sides of a consultation, by the id of either; or the two others of a conference of three. */
  function pair(id: string): { first: Call; second: Call } {
    const call = lineCalls.call(id);
    const second = call.consultFor ? call : live().find(({ consultFor }) => consultFor?.callId === id);
    const first = second?.consultFor && calls.get(second.consultFor.callId);
    if (first && second) return { first, second };
    const [one, other, ...more] = holding.group(id);
    if (one && other && more.length === 0) return { first: one, second: other };
    throw new MultiLineError('unsupported', { message: 'There is nobody to connect this call with.' });
  }

  async function join(first: Call, second: Call): Promise<void> {
    // The target's phone ends this one once the other has come in its place.
    lineCalls.endsAs(second.id, (reason) => {
      const now = calls.get(first.id);
      const connected = now && now.transfer?.state !== 'failed' && !calls.get(second.id)?.transfer;
      if (!connected || (reason !== 'completed' && reason !== 'transferred')) return reason;
      calls.signal(second.id, { type: 'leg', leg: legOf('transferred-to', now, clock.now()) });
      return 'transferred';
    });
    await sendOn(first.id, second.number, async () => {
      const lineCall = lineCalls.get(first.id);
      if (!lineCall.transferTo) throw new MultiLineError('unsupported');
      await lineCall.transferTo(lineCalls.get(second.id));
    });
  }

  /** Its end is no answer to what was asked. */
  async function endQuietly(id: string): Promise<void> {
    over.add(id);
    await lineCalls.attempt(id, 'hang-up', () => lineCalls.get(id).hangUp());
  }

  return {
    transfer: blind,
    async consult(id, text, purpose) {
      active(lineCalls.call(id));
      const target = dialing.target(text);
      await holding.makeWay();
      const { callerId } = lineCalls.call(id);
      try {
        return await dialing.place(target, { consultFor: { callId: id, purpose }, callerId });
      } catch (error) {
        calls.signal(id, { type: 'not-consulted', target: text, purpose, failure: asFailure(error) });
        throw error;
      }
    },
    async completeTransfer(id) {
      const { first, second } = pair(id);
      active(first);
      if (second.phase === 'active') return join(first, second);
      // Not answered yet: whoever waits is sent there to wait for the answer (MV-36).
      await endQuietly(second.id);
      await blind(first.id, second.number);
    },
    async cancelConsult(id) {
      const { first, second } = pair(id);
      await endQuietly(second.id);
      await holding.resume(first.id);
    },
    answered(call) {
      if (!call.consultFor) return;
      calls.signal(call.consultFor.callId, { type: 'leg', leg: legOf('consulted', call, clock.now()) });
    },
    ended(call, before) {
      const intended = over.delete(call.id);
      const asking = live().find(({ consultFor }) => consultFor?.callId === call.id);
      if (asking) {
        calls.signal(asking.id, { type: 'independent' });
        // Connected with the other: this leg has nothing more to say.
        if (call.reason === 'transferred' && before.transfer?.target === asking.number)
          quietly(() => lineCalls.find(asking.id)?.hangUp());
      }
      const { consultFor } = before;
      if (!consultFor || intended || before.phase === 'active' || call.reason === 'cancelled') return;
      const { callId, purpose } = consultFor;
      calls.signal(callId, { type: 'not-consulted', target: call.number, purpose, failure: whyNot(call) });
    },
  };
}

function whyNot({ failure, reason = 'failed' }: Call): Failure {
  return failure ?? asFailure(new MultiLineError('not-reached', { message: reason }));
}
