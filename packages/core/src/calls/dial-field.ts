import { atom, type ReadableAtom } from 'nanostores';
import { formatNumber, parseNumber } from '../numbers/index.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { Identify } from '../records/identify.ts';
import type { DialField } from '../workspace-state.ts';

/** The one search and dial field: typed into, or filled by a click on a number. */
export function createDialField(
  country: string,
  identify: Identify | null,
): {
  $dialField: ReadableAtom<DialField>;
  set(text: string, record?: CrmRecord | null): void;
  /** A click on a number: shown as people write it, with whom it belongs to if exactly one record has it. */
  pick(text: string, record: CrmRecord | null): Promise<void>;
} {
  const $dialField = atom<DialField>({ text: '', record: null, clicks: 0 });
  return {
    $dialField,
    set: (text, record = null) => $dialField.set({ ...$dialField.get(), text, record }),
    async pick(text, record) {
      const number = parseNumber(text, { country });
      const shown = shownNumber(text, country);
      $dialField.set({ text: shown, record, clicks: $dialField.get().clicks + 1 });
      if (record || number.error || !number.e164 || !identify) return;
      await identify
        .lookUp([number.e164], (matches) => {
          const [only, ...others] = matches;
          const { text: now } = $dialField.get();
          // Meanwhile the person may have typed something else.
          if (only && others.length === 0 && now === shown)
            $dialField.set({ ...$dialField.get(), record: only.record });
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
