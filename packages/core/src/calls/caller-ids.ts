import { attempt, quietly } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
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
  /** The one chosen now, which is remembered, else the one remembered; undefined: neither, or no choice. */
  of(target: Pick<Target, 'number' | 'user'>, record: CrmRecord | null, chosen?: string): Promise<string | undefined>;
  /** It is known now whom a call is to: what it went out with is theirs, whichever of their numbers is called next. */
  learn(call: Call): void;
}

export interface CallerIdsParts {
  line: Line;
  policy: Policy;
  crm: Crm | null;
  identify: Identify | null;
  storage: Storage;
  journal: Journal;
  clock: Clock;
}

export function createCallerIds({ line, policy, crm, identify, storage, journal, clock }: CallerIdsParts): CallerIds {
  const numbers = line.identity.numbers ?? [];

  const read = (contact: string): Promise<Row | undefined> =>
    attempt(() => storage.read('settings', keyOf(contact))).catch(() => undefined);

  function keep(contact: string, value: string, at: number): void {
    quietly(() => journal.put({ table: 'settings', key: keyOf(contact), at, value }));
  }

  return {
    async of({ number: { e164 }, user }, record, chosen) {
      if (numbers.length < 2) return undefined;
      const called = e164 ?? user;
      if (chosen !== undefined) {
        for (const contact of [called, ...(record ? [nameOf(record)] : [])]) keep(contact, chosen, clock.now());
        return chosen;
      }
      // Nobody waits for the CRM to dial: whose number it is may be known here.
      const matches = record || !e164 ? [] : ((await identify?.known(e164)) ?? []);
      const whose = record ?? decideMatch(matches, policy.match, crm?.kinds ?? []).record;
      const row = (whose && (await read(nameOf(whose)))) ?? (await read(called));
      return numbers.find((own) => own === row?.value);
    },
    learn({ callerId, startedAt, match: { record } }) {
      if (callerId === undefined || !record) return;
      quietly(async () => {
        const row = await read(nameOf(record));
        if (!row || row.at < startedAt) keep(nameOf(record), callerId, startedAt);
      });
    },
  };
}

const keyOf = (contact: string): string => `caller-id ${contact}`;
const nameOf = ({ kind, id }: CrmRecord): string => `${kind} ${id}`;
