import type { Call, CallMatch } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { asError, asFailure } from '../ports/errors.ts';
import type { Crm, CrmRecord, Match } from '../ports/crm.ts';
import type { Policy } from '../policy/policy.ts';
import type { Identify } from './identify.ts';
import { chosenMatch, decideMatch, failedMatch, searching, unknownMatch } from './match.ts';

/** Keeps each call's match: asks once when it begins, again when someone asks, and takes a person's word over everything. */
export interface Matching {
  /** The call with whom it belongs to, where that is in memory: it is drawn and announced once. `find` tells of it. */
  recognize(call: Call): Call;
  /** Finds out whom a call belongs to. Resolves with the call as it then is; rejects never (the match says `failed`). */
  find(call: Call): Promise<Call>;
  /** A person's word: in force at once, whatever the CRM says later. */
  choose(callId: string, record: CrmRecord): Promise<Call | null>;
  /** Asks the CRM for the numbers of many calls at once, so that `find` has its answers. Rejects when the CRM fails. */
  ask(calls: readonly Call[]): Promise<void>;
  /**
   * A person wants the CRM asked anew: what it says counts, over an earlier choice too; whom a person has chosen stays while
   * nobody has the number. Rejects when the CRM fails: nothing has changed then.
   */
  askAgain(call: Call): Promise<void>;
  /** Forgets what was found, chosen by a person or not, and asks the CRM anew. Resolves like `find`. */
  again(call: Call): Promise<Call>;
}

/** More numbers make the query of a CRM longer than some take. */
export const AT_ONCE = 20;

export function createMatching(
  crm: Crm | null,
  identify: Identify | null,
  calls: Calls,
  policy: Policy,
  matched: (call: Call) => void,
): Matching {
  const under = new Map<string, Promise<Call>>();
  /** Recognized before they were anywhere. */
  const untold = new Set<string>();

  async function set(id: string, match: CallMatch): Promise<void> {
    let changed: Call | null = null;
    await calls.change(id, (call) => {
      // Whom a person has chosen stays chosen, whatever a late answer says.
      if (call.match.why?.code === 'chosen' || same(call.match, match)) return call;
      changed = { ...call, match };
      return changed;
    });
    if (changed) matched(changed);
  }

  async function findOut(call: Call): Promise<void> {
    if (!crm || !identify) return set(call.id, unknownMatch('no-crm'));
    if (!call.number) return set(call.id, unknownMatch('no-number'));
    const found = (matches: readonly Match[]): Promise<void> =>
      set(call.id, decideMatch(matches, policy.match, crm.kinds));
    const answers: Promise<void>[] = [];
    try {
      await identify.lookUp([call.number], (matches) => void answers.push(found(matches)));
    } catch (error) {
      answers.push(set(call.id, failedMatch(asFailure(asError(error)))));
    }
    await Promise.all(answers);
  }

  return {
    recognize(call) {
      const matches = call.match.state === 'searching' ? identify?.remembered(call.number) : null;
      if (!crm || !matches) return call;
      untold.add(call.id);
      return { ...call, match: decideMatch(matches, policy.match, crm.kinds) };
    },
    find(call) {
      if (untold.delete(call.id)) matched(call);
      if (call.match.state === 'matched' && call.match.why?.code === 'chosen') return Promise.resolve(call);
      const running = under.get(call.id);
      if (running) return running;
      const finding = findOut(call)
        .then(() => calls.get(call.id) ?? call)
        .finally(() => {
          if (under.get(call.id) === finding) under.delete(call.id);
        });
      under.set(call.id, finding);
      return finding;
    },
    async choose(callId, record) {
      const call = await calls.change(callId, (now) => ({ ...now, match: chosenMatch(now.match, record) }));
      if (call) matched(call);
      return call;
    },
    async ask(several) {
      const numbers = [...new Set(several.map(({ number }) => number).filter(Boolean))];
      for (let i = 0; identify && i < numbers.length; i += AT_ONCE) {
        await identify.lookUp(numbers.slice(i, i + AT_ONCE), () => undefined);
      }
    },
    async askAgain(call) {
      if (!crm || !identify || !call.number) return void (await this.again(call));
      const match = decideMatch(await identify.askAnew(call.number), policy.match, crm.kinds);
      let changed: Call | null = null;
      await calls.change(call.id, (now) => {
        const chosen = now.match.why?.code === 'chosen';
        // Meanwhile a person may have chosen.
        if (now.match !== call.match || (chosen && match.state === 'unknown') || same(now.match, match)) return now;
        changed = { ...now, match };
        return changed;
      });
      if (changed) matched(changed);
    },
    async again(call) {
      await calls.change(call.id, (now) => ({ ...now, match: searching }));
      await identify?.forget([call.number]);
      // An answer under way is of before.
      under.delete(call.id);
      return this.find(calls.get(call.id) ?? call);
    },
  };
}

/** Asking again often answers the same: nobody is told then. */
function same(a: CallMatch, b: CallMatch): boolean {
  return a.state !== searching.state && JSON.stringify(a) === JSON.stringify(b);
}
