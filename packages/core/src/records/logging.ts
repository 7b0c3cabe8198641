import { reason } from './match.ts';
import { decideLog } from './activity.ts';
import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { changedSince } from '../journal/delivery.ts';
import type { Outbox } from '../journal/outbox.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { Clock } from '../ports/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { Matching } from './matching.ts';

/** From an ended call to its one activity: the rules, the notes, and what a person decides later. */
export interface Logging {
  /** The call is over: into the outbox, before any network. */
  ended(call: Call): Promise<void>;
  /** For delivery: the call once the CRM was asked whom it belongs to, or null if it is not to be logged now. */
  identified(call: Call): Promise<Call | null>;
  draftNotes(callId: string, text: string): Promise<void>;
  saveNotes(callId: string, text: string): Promise<void>;
  associate(callId: string, record: CrmRecord): Promise<void>;
  resolveConflict(callId: string, text: string): Promise<void>;
  retry(callId: string): Promise<void>;
}

export function createLogging(
  policy: Policy,
  calls: Calls,
  outbox: Outbox,
  matching: Matching,
  clock: Clock,
  loggable: boolean,
): Logging {
  /** Sends on what a person has just changed, if the call's activity is written or waits for exactly that. */
  async function changed(call: Call): Promise<void> {
    const { state, why } = call.log;
    if (state === 'delivered' ? changedSince(call) : state === 'attention' && call.log.failure?.code !== 'conflict') {
      await outbox.enqueue(call, why);
    }
  }

  async function apply(call: Call): Promise<boolean> {
    const { log, why } = decideLog(call, policy.log);
    if (log === 'held') await outbox.hold(call, why);
    if (log === 'excluded') await outbox.exclude(call, why);
    return log === 'now';
  }

  async function edit(callId: string, change: (call: Call) => Call): Promise<Call> {
    const call = await calls.change(callId, change);
    if (!call) throw new MultiLineError('no-such-call');
    return call;
  }

  const save = (call: Call, text: string): Call => ({ ...call, notes: { text, saved: text, savedAt: clock.now() } });

  return {
    async ended(before) {
      const call = policy.notes.autoSave ? ((await calls.change(before.id, autoSave)) ?? before) : before;
      if (!loggable) return outbox.exclude(call, reason('no-crm'));
      const { log, why } = decideLog(call, policy.log);
      if (log === 'now') return outbox.enqueue(call, why);
      await apply(call);
    },
    async identified(before) {
      let call = before;
      if (call.match.state === 'searching' || call.match.state === 'failed') {
        call = await matching.find(call);
        if (call.match.state === 'failed') throw failureOf(call);
      }
      return (await apply(call)) ? call : null;
    },
    async draftNotes(callId, text) {
      await edit(callId, (call) => ({ ...call, notes: { ...call.notes, text } }));
    },
    saveNotes: async (callId, text) => changed(await edit(callId, (call) => save(call, text))),
    async associate(callId, record) {
      const call = await matching.choose(callId, record);
      if (!call) throw new MultiLineError('no-such-call');
      if (call.log.state === 'held' || (call.log.state === 'excluded' && call.phase === 'ended' && loggable)) {
        await outbox.enqueue(call, call.match.why);
      } else await changed(call);
    },
    async resolveConflict(callId, text) {
      const call = await edit(callId, (call) => save(call, text));
      await outbox.enqueue(call, call.log.why, { overwrite: true });
    },
    async retry(callId) {
      const call = await calls.read(callId);
      if (!call) throw new MultiLineError('no-such-call');
      if (call.log.state === 'attention' || call.log.state === 'waiting') await outbox.enqueue(call, call.log.why);
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
