import { atom, type ReadableAtom } from 'nanostores';
import { quietly } from '../deadline.ts';
import { formatNumber, parseNumber, type DialRules } from '../numbers/index.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { Identify } from '../records/identify.ts';
import type { DialField } from '../workspace-state.ts';
import type { CallerIds } from './caller-ids.ts';
import { readTarget } from './dialing.ts';

/** The one search and dial field: typed into, or filled by a click on a number. */
export function createDialField(
  rules: DialRules,
  identify: Identify | null,
  callerIds: Pick<CallerIds, 'of'>,
): {
  $dialField: ReadableAtom<DialField>;
  set(text: string, record?: CrmRecord | null): void;
  /** A click on a number: shown as people write it, with whom it belongs to if exactly one record has it. */
  pick(text: string, record: CrmRecord | null): Promise<void>;
} {
  const { country } = rules;
  const $dialField = atom<DialField>({ text: '', record: null, callerId: null, clicks: 0 });

  function put(text: string, record: CrmRecord | null, clicks = $dialField.get().clicks): void {
    const shown: DialField = { text, record, callerId: null, clicks };
    $dialField.set(shown);
    const target = readTarget(text, rules);
    if (target)
      quietly(async () => {
        const callerId = await callerIds.of(target, record);
        if (callerId && $dialField.get() === shown) $dialField.set({ ...shown, callerId });
      });
  }

  return {
    $dialField,
    set: (text, record = null) => put(text, record),
    async pick(text, record) {
      const number = parseNumber(text, { country });
      const shown = shownNumber(text, country);
      put(shown, record, $dialField.get().clicks + 1);
      if (record || number.error || !number.e164 || !identify) return;
      await identify
        .lookUp([number.e164], (matches) => {
          const [only, ...others] = matches;
          // Meanwhile the person may have typed something else.
          if (only && others.length === 0 && $dialField.get().text === shown) put(shown, only.record);
        })
        .catch(() => undefined);
    },
  };
}

/** A number as people write it; what is none stays as it is. */
export function shownNumber(text: string, country: string): string {
  const number = parseNumber(text, { country });
  return number.error ? text : formatNumber(number, { country }).text;
}
