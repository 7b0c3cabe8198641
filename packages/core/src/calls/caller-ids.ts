import { attempt } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import type { Policy } from '../policy/policy.ts';
import type { Crm, CrmRecord } from '../ports/crm.ts';
import type { Line } from '../ports/line.ts';
import type { Row, Storage } from '../ports/storage.ts';
import type { Identify } from '../records/identify.ts';
import { decideMatch } from '../records/match.ts';
import type { Call } from './call.ts';
import type { Target } from './dialing.ts';

/**
 * Which of the user's numbers each contact was called with last. A contact is a record of the CRM, with all its numbers;
 * where none is known, it is a number.
 */
export interface CallerIds {
  /** The one remembered; undefined: none, or no choice. */
  of(target: Pick<Target, 'number' | 'user'>, record: CrmRecord | null): Promise<string | undefined>;
  /** A call has gone out with what was chosen for it; null: with none, whatever was remembered. */
  chose(call: Call, target: Pick<Target, 'number' | 'user'>, chosen: string | null): void;
  /**
   * It is known now whom a call is to: what it went out with is theirs, whichever of their numbers is called next. Whom it was
   * taken to be for before has again what they had.
   */
  learn(call: Call): void;
}

export interface CallerIdsParts {
  line: Line;
  policy: Policy;
  crm: Crm | null;
  identify: Identify | null;
  storage: Storage;
  journal: Journal;
}

/** What is kept of a contact. */
interface Remembered {
  readonly callerId: string | null;
  /** Of a record: which call has said so, of which number it was taken to be, and what held before. */
  readonly by?: { readonly callId: string; readonly number: string; readonly before: Omit<Row, 'key'> | null };
}

export function createCallerIds({ line, policy, crm, identify, storage, journal }: CallerIdsParts): CallerIds {
  const numbers = line.identity.numbers ?? [];
  /** What is written depends on what stands there: one after the other. */
  let turn: Promise<unknown> = Promise.resolve();

  const read = (contact: string): Promise<Row | undefined> =>
    attempt(() => storage.read('settings', keyOf(contact))).catch(() => undefined);

  function inTurn(work: () => Promise<unknown>): void {
    turn = turn.then(work).catch(() => undefined);
  }

  /** Whose number it is, as far as it is known here: nobody waits for the CRM to dial. */
  async function whose(number: string | undefined, record: CrmRecord | null): Promise<CrmRecord | null> {
    if (record || !number) return record;
    return decideMatch((await identify?.known(number)) ?? [], policy.match, crm?.kinds ?? []).record;
  }

  /** @param chosen for this call: counts over what a later call has said, and anew where it is the same */
  async function keep(
    record: CrmRecord,
    { id, number, startedAt: at }: Call,
    callerId: string | null,
    chosen: boolean,
  ): Promise<void> {
    const row = await read(nameOf(record));
    const said = row?.value as Remembered | undefined;
    if (row && (said?.by?.callId === id || (!chosen && (row.at >= at || said?.callerId === callerId)))) return;
    const before = row && said ? { at: row.at, value: { callerId: said.callerId } } : null;
    const value: Remembered = { callerId, by: { callId: id, number, before } };
    await journal.put({ table: 'settings', key: keyOf(nameOf(record)), at, value });
  }

  /** A call sent on is to somebody else now, and was to the one before: that stays. */
  async function takeBack({ id, number, match: { record } }: Call): Promise<void> {
    for (const { key, value } of await storage.list('settings')) {
      const by = key.startsWith(KEY) ? (value as Remembered).by : undefined;
      if (by?.callId !== id || by.number !== number || (record && key === keyOf(nameOf(record)))) continue;
      const { before } = by;
      await journal.put({ table: 'settings', key, ...(before ?? { remove: true }) });
    }
  }

  return {
    async of({ number: { e164 }, user }, record) {
      if (numbers.length < 2) return undefined;
      const known = await whose(e164, record);
      const row = (known && (await read(nameOf(known)))) ?? (await read(e164 ?? user));
      return numbers.find((own) => own === (row?.value as Remembered | undefined)?.callerId);
    },
    chose(call, { number: { e164 }, user }, callerId) {
      inTurn(async () => {
        const value: Remembered = { callerId };
        await journal.put({ table: 'settings', key: keyOf(e164 ?? user), at: call.startedAt, value });
        const known = await whose(e164, call.match.record);
        if (known) await keep(known, call, callerId, true);
      });
    },
    learn(call) {
      const {
        callerId,
        match: { record },
      } = call;
      if (callerId === undefined) return;
      inTurn(async () => {
        await takeBack(call);
        if (record) await keep(record, call, callerId, false);
      });
    },
  };
}

const KEY = 'caller-id ';
const keyOf = (contact: string): string => KEY + contact;
const nameOf = ({ kind, id }: CrmRecord): string => `${kind} ${id}`;
