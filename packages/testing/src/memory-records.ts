import {
  type CrmRecord,
  type FieldValue,
  type IdentifyQuery,
  type Match,
  MultiLineError,
  type RecordDetails,
  type RecordKind,
  type RecordRef,
  numberKey,
} from '@multiline/core';
import type { MemoryRecord } from './seed-people.ts';

/** The people and companies of one memory CRM. */
export interface MemoryRecords {
  has(ref: RecordRef): boolean;
  /** Adds a record, or changes the one of the same kind and id. */
  put(record: MemoryRecord): void;
  remove(ref: RecordRef): boolean;
  identify(query: IdentifyQuery): Match[];
  search(text: string, limit: number): CrmRecord[];
  read(ref: RecordRef): RecordDetails;
  create(kind: string, fields: Readonly<Record<string, FieldValue>>): CrmRecord;
}

interface Held {
  readonly record: MemoryRecord;
  readonly version: number;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const digitsOf = (text: string): string => text.replace(/\D/g, '');
const shown = ({ fields: _fields, ...record }: MemoryRecord): CrmRecord => record;
const PHONE_FIELD = /phone/i;

/** Makes the records of a memory CRM. */
export function memoryRecords(
  kinds: readonly RecordKind[],
  records: readonly MemoryRecord[],
  country: string,
  now: () => number,
): MemoryRecords {
  const held = new Map<string, Held>();
  let count = 0;
  const keyOf = ({ kind, id }: RecordRef): string => `${kind}/${id}`;
  const all = (): MemoryRecord[] => [...held.values()].map(({ record }) => record);

  function put(record: MemoryRecord): void {
    const version = (held.get(keyOf(record))?.version ?? 0) + 1;
    held.set(keyOf(record), { record: structuredClone(record), version });
  }

  /** How well a record fits what was typed: 0 not at all, more is better. */
  function fit(record: MemoryRecord, words: readonly string[], digits: string): number {
    const names = folded(`${record.name} ${record.account?.name ?? ''}`).split(/\s+/);
    if (words.length > 0 && words.every((word) => names.some((name) => name.startsWith(word)))) {
      return folded(record.name).startsWith(words[0] ?? '') ? 3 : 2;
    }
    if (digits.length < 3) return 0;
    const asked = numberKey(digits, { country });
    return record.numbers?.some((number) => {
      const key = numberKey(number, { country });
      return key !== undefined && (key.includes(digits) || key === asked);
    })
      ? 1
      : 0;
  }

  records.forEach(put);

  return {
    has: (ref) => held.has(keyOf(ref)),
    put,
    remove: (ref) => held.delete(keyOf(ref)),
    identify({ numbers, country: read }) {
      const matches: Match[] = [];
      for (const number of new Set(numbers)) {
        const asked = numberKey(number, { country: read });
        if (asked === undefined) continue;
        for (const record of all()) {
          if (record.numbers?.some((own) => numberKey(own, { country: read }) === asked)) {
            matches.push({ number, record: shown(record) });
          }
        }
      }
      return matches;
    },
    search(text, limit) {
      const words = folded(text).split(/\s+/).filter(Boolean);
      const digits = /\p{L}/u.test(text) ? '' : digitsOf(text);
      return all()
        .map((record) => ({ record, fits: fit(record, words, digits) }))
        .filter(({ fits }) => fits > 0)
        .sort((a, b) => b.fits - a.fits || a.record.name.localeCompare(b.record.name))
        .slice(0, limit)
        .map(({ record }) => shown(record));
    },
    read(ref) {
      const found = held.get(keyOf(ref));
      if (!found) throw new MultiLineError('not-found');
      const { record, version } = found;
      const phones = (record.numbers ?? []).map((value, index) => ({
        name: index === 0 ? 'Phone' : `Phone${index + 1}`,
        label: 'Phone',
        value,
      }));
      const others = Object.entries(record.fields ?? {}).map(([name, value]) => ({ name, label: name, value }));
      const name = { name: 'Name', label: 'Name', value: record.name };
      return { record: shown(record), fields: [name, ...phones, ...others], version: String(version) };
    },
    create(kind, fields) {
      if (!kinds.some(({ name, creatable }) => name === kind && creatable)) {
        throw new MultiLineError('refused', { message: `Records of the kind ${kind} cannot be created here.` });
      }
      const name = [fields['FirstName'], fields['LastName'] ?? fields['Name'] ?? fields['Subject']]
        .filter((part) => typeof part === 'string' && part.trim() !== '')
        .join(' ');
      if (name === '') throw new MultiLineError('refused', { message: 'Required fields are missing: [Name]' });
      const numbers = Object.entries(fields).flatMap(([field, value]) =>
        PHONE_FIELD.test(field) && typeof value === 'string' && value !== '' ? [value] : [],
      );
      const record = { kind, id: `${kind.toLowerCase()}-${++count}`, name, numbers, createdAt: now(), fields };
      put(record);
      return shown(record);
    },
  };
}
