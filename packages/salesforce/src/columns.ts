import { type PhoneObject, PERSON_COLUMNS } from './kinds.ts';
import { OrgRefusal } from './refusals.ts';

/**
 * What the org in use does not have, learned from its refusals: columns hidden from this user or switched off (person
 * accounts), whole objects without access. Each costs one more request once; nothing is asked for in advance.
 */
export interface Columns {
  /** `Id, Name` and the object's columns the org has. */
  of(object: PhoneObject): readonly string[];
  numbersOf(object: PhoneObject): readonly string[];
  /** The object in a search: `Lead(Id, Name … WHERE … LIMIT 20)`, newest first. */
  returning(object: PhoneObject, limit: number): string;
  has(object: string, column?: string): boolean;
  /** Runs a query, and again without what the org said it lacks. */
  settle<Result>(objects: readonly PhoneObject[], ask: () => Promise<Result>): Promise<Result>;
}

export function columnsOfOrg(): Columns {
  const absent = new Set<string>();
  const has = (object: string, column?: string): boolean =>
    !absent.has(object) && (column === undefined || !absent.has(`${object}.${column}`));

  const columns: Columns = {
    has,
    numbersOf: ({ name, numbers }) => numbers.filter((column) => has(name, column)),
    of: (object) => [
      'Id',
      'Name',
      ...columns.numbersOf(object),
      ...object.columns.filter((column) => has(object.name, column)),
    ],
    returning(object, limit) {
      const where = object.where === undefined ? '' : ` WHERE ${object.where}`;
      return `${object.name}(${columns.of(object).join(', ')}${where} ORDER BY CreatedDate DESC LIMIT ${limit})`;
    },
    async settle(objects, ask) {
      for (;;) {
        try {
          return await ask();
        } catch (error) {
          if (!(error instanceof OrgRefusal) || !learn(error, objects)) throw error;
        }
      }
    },
  };

  /** Notes what a refusal names; false if it names nothing new. */
  function learn(refusal: OrgRefusal, objects: readonly PhoneObject[]): boolean {
    const before = absent.size;
    const unknownColumn = refusal.says('INVALID_FIELD');
    if (!unknownColumn && !refusal.says('INVALID_TYPE')) return false;
    // Messages come in the user's language; names stay, in quotes of some kind.
    const named = refusal.entries.flatMap(({ message }) =>
      Array.from(message.matchAll(/['"“„«‘]\s?([\w.]+)(?=\s?['"”“»’])/g), ([, name = '']) => name),
    );
    for (const object of objects) {
      if (!unknownColumn && named.includes(object.name)) absent.add(object.name);
      if (!unknownColumn || (!named.includes(object.name) && objects.some(({ name }) => named.includes(name))))
        continue;
      const missing = [...object.numbers, ...object.columns].filter(
        (column) => named.includes(column) || (column.includes('.') && named.includes(column.split('.')[0] ?? '')),
      );
      for (const column of missing) absent.add(`${object.name}.${column}`);
      if (missing.some((column) => column === 'IsPersonAccount')) {
        for (const column of PERSON_COLUMNS) for (const name of ['Account', 'Contact']) absent.add(`${name}.${column}`);
      }
    }
    return absent.size > before;
  }

  return columns;
}
