import type { CrmRecord, Favorite } from '@multiline/core';
import { lucy } from './still-calls.ts';
import { joan, longName, petra } from './story-calls.ts';

const of = (number: string, record: CrmRecord): Favorite => ({ number, name: record.name, record });
const bob: CrmRecord = { kind: 'Colleague', id: '005000000000002', name: 'Bob Marsh' };

/** Those of the pictures, as they were added. */
export const favoritesOfADesk: readonly Favorite[] = [
  of('+442079460105', petra),
  of('+14155550101', lucy),
  of('1002', bob),
  of('+14155550103', joan),
];

export const longFavorites: readonly Favorite[] = [
  of('+4915112345678', longName),
  { number: '+14155550108', name: longName.name, record: null },
];

/** Without a record: a name of the wire, a number, one with an extension, a colleague. */
export const unknownFavorites: readonly Favorite[] = [
  { number: '+14155550199', name: 'WIRELESS CALLER', record: null },
  { number: '+14155550198', name: '', record: null },
  { number: '+14155550106 x12', name: '', record: null },
  { number: '1003', name: 'Carol Diaz', record: null },
];

/** As many as there may be. */
export const manyFavorites: readonly Favorite[] = Array.from({ length: 50 }, (_, index) =>
  of(`+1415555${String(2000 + index)}`, { ...joan, id: String(index), name: `Person ${String(index + 1)}` }),
);
