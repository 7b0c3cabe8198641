import { reason, unmatched } from './match.ts';
import { changedSince, decideLog } from './activity.ts';
import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { Outbox } from '../journal/outbox.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Crm, CrmRecord } from '../ports/crm.ts';
import type { Clock } from '../ports/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { Matching } from './matching.ts';

/** From an ended call to its one activity: the rules, the notes, and what a person decides later. */
export interface Logging {
  /** The call is over: into the outbox, before any network. Never rejects: who leads next finds what failed here. */
  ended(call: Call): Promise<void>;
  /** Resolves when every call that ended is in the outbox. */
  settled(): Promise<void>;
  /** It has become clear, or clear anew, whom a call belongs to. */
  matched(call: Call): Promise<void>;
  /** For delivery: asks whom these calls belong to, all numbers in one request. */
  identifyAll(calls: readonly Call[]): Promise<void>;
  /** For delivery: the call once the CRM was asked whom it belongs to, or null if it is not to be logged now. */
  identified(call: Call): Promise<Call | null>;
  /** For delivery: the call's record is gone, whom the number belongs to is asked once more. */
  recordGone(call: Call): Promise<void>;
  draftNotes(callId: string, text: string): Promise<void>;
  saveNotes(callId: string, text: string): Promise<void>;
  associate(callId: string, record: CrmRecord): Promise<void>;
  rematch(callId: string): Promise<void>;
  resolveConflict(callId: string, text: string): Promise<void>;
  retry(callId: string): Promise<void>;
}

export function createLogging(
  policy: Policy,
  calls: Calls,
  outbox: Outbox,
  matching: Matching,
  clock: Clock,
  crm: Crm | null,
  failed: (error: unknown) => void,
): Logging {
  const logs = new Set<Promise<void>>();

  /** Sends on what a person has just changed, if the call's activity is written or waits for exactly that. */
  async function changed(call: Call): Promise<void> {
    const { state, why, failure } = call.log;
    if (
      state === 'delivered'
        ? changedSince(call, crm?.kinds ?? [])
        : state === 'attention' && failure?.code !== 'conflict'
    ) {
      await outbox.enqueue(call, why);
    }
  }

  /** Acts on the rules as things stand; answers why the call is to be logged now, or null if it is not. */
  async function apply(callId: string): Promise<Call['log']['why']> {
    for (let call = await calls.read(callId); call; call = await calls.read(callId)) {
      const { log, why } = decideLog(call, policy.log);
      if (log === 'now') return why;
      await (log === 'held' ? outbox.hold(call, why) : outbox.exclude(call, why));
      // Meanwhile the CRM may have answered or a person may have chosen.
      if (calls.get(callId)?.match === call.match) return null;
    }
    return null;
  }

  /** Puts it on its way if the rules say so. */
  async function send(callId: string): Promise<void> {
    const why = await apply(callId);
    const call = calls.get(callId);
    if (why && call) await outbox.enqueue(call, why);
  }

  async function edit(callId: string, change: (call: Call) => Call): Promise<Call> {
    const call = await calls.change(callId, change);
    if (!call) throw new MultiLineError('no-such-call');
    return call;
  }

  async function logEnded(call: Call): Promise<void> {
    if (policy.notes.autoSave) await calls.change(call.id, autoSave);
    await (crm ? send(call.id) : outbox.exclude(call, reason('no-crm')));
  }

  const save = (call: Call, text: string): Call => ({ ...call, notes: { text, saved: text, savedAt: clock.now() } });

  return {
    ended(call) {
      const log = logEnded(call)
        .catch(failed)
        .finally(() => logs.delete(log));
      logs.add(log);
      return log;
    },
    settled: async () => void (await Promise.all(logs)),
    async matched(call) {
      if (!crm || call.phase !== 'ended' || !call.match.record) return;
      if (call.log.state === 'held' || (call.log.state === 'excluded' && call.log.why?.code === 'excluded-unknown')) {
        await send(call.id);
      } else if (call.log.state === 'delivered') await changed(call);
    },
    identifyAll: (several) => matching.ask(several.filter(({ match }) => unmatched(match))),
    async identified(before) {
      const call = unmatched(before.match) ? await matching.find(before) : before;
      if (call.match.state === 'failed') throw failureOf(call);
      // What a person wants logged is logged, whatever the rules say.
      if (call.match.record && call.log.why?.code === 'chosen') return call;
      const why = await apply(call.id);
      if (why) await outbox.explain(call.id, why);
      return why ? (calls.get(call.id) ?? null) : null;
    },
    async recordGone(call) {
      await matching.again(call);
    },
    async draftNotes(callId, text) {
      await edit(callId, (call) => ({ ...call, notes: { ...call.notes, text } }));
    },
    saveNotes: async (callId, text) => changed(await edit(callId, (call) => save(call, text))),
    async associate(callId, record) {
      const call = await matching.choose(callId, record);
      if (!call) throw new MultiLineError('no-such-call');
      const { state } = call.log;
      if (crm && (state === 'held' || (state === 'excluded' && call.phase === 'ended'))) {
        await outbox.enqueue(call, call.match.why);
      } else await changed(call);
    },
    async rematch(callId) {
      const call = await calls.read(callId);
      if (!call) throw new MultiLineError('no-such-call');
      await matching.askAgain(call);
    },
    async resolveConflict(callId, text) {
      const call = await edit(callId, (now) => save(now, text));
      await outbox.enqueue(call, call.log.why, { overwrite: true });
    },
    async retry(callId) {
      const call = await calls.read(callId);
      if (!call) throw new MultiLineError('no-such-call');
      const { state, failure, why } = call.log;
      // Trying a conflict again would only find it again: its text is to be chosen.
      if (state === 'waiting' || (state === 'attention' && failure?.code !== 'conflict'))
        await outbox.enqueue(call, why);
    },
  };
}

/** What was typed and not saved by gesture is what the person wanted logged (MV-66). */
function autoSave(call: Call): Call {
  return call.notes.text === call.notes.saved ? call : { ...call, notes: { ...call.notes, saved: call.notes.text } };
}

function failureOf({ match }: Call): MultiLineError {
  const { code, message, retryable, retryAt } = match.failure ?? { code: 'unexpected', message: '', retryable: true };
  return new MultiLineError(code, { message, retryable, ...(retryAt !== undefined && { retryAt }) });
}
