import { atom, type ReadableAtom } from 'nanostores';
import { attempt } from '../deadline.ts';
import type { Journal } from '../journal/journal.ts';
import { numberKey, parseNumber } from '../numbers/index.ts';
import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm, CrmRecord, Match } from '../ports/crm.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Storage } from '../ports/storage.ts';
import type { Identify } from '../records/identify.ts';
import { decideMatch, sameRecord } from '../records/match.ts';
import { AT_ONCE } from '../records/matching.ts';
import type { Favorite } from '../workspace-state.ts';
import type { CallMatch } from './call.ts';

/** Whom the user wants at hand, one entry per number, kept per user (MV-04). The CRM's records stay as they are. */
export interface FavoritesStore {
  /** Null until storage has been read. */
  readonly $favorites: ReadableAtom<readonly Favorite[] | null>;
  load(): Promise<void>;
  /** The favorite of this number, however it is written. */
  of(number: string): Favorite | null;
  /** Rejects `invalid-number`, and `too-many-favorites` where the policy's limit is reached (MV-10). */
  add(number: string, who: { name?: string; record?: CrmRecord | null }): Promise<void>;
  remove(number: string): Promise<void>;
  /** The CRM, or a person, has said whom a number belongs to: a name that has changed there changes here. */
  learn(number: string, match: CallMatch): void;
  /** Asks the CRM whom all of them belong to. What it cannot say now stays as it is. */
  lookUp(): Promise<void>;
  /** Takes over what the leading tab has. */
  mirror(favorites: readonly Favorite[]): void;
  /** Forgets everything in memory. */
  clear(): void;
}

export interface FavoritesParts {
  storage: Storage;
  journal: Journal;
  clock: Clock;
  policy: Policy;
  crm: Crm | null;
  identify: Identify | null;
}

export function createFavorites({ storage, journal, clock, policy, crm, identify }: FavoritesParts): FavoritesStore {
  const context = { ...policy.dialing, country: policy.country };
  const $favorites = atom<readonly Favorite[] | null>(null);
  let byNumber = new Map<string, Favorite>();

  /** Equal for all spellings of a number; two extensions of one number are two people's. Undefined for what is none. */
  function keyOf(text: string): string | undefined {
    const key = numberKey(text, context);
    const { extension = '' } = parseNumber(text, context) as { extension?: string };
    return key && `${key} ${extension}`;
  }

  /** Of a number that is there twice the last entry counts, in the place of the first. */
  function show(favorites: readonly Favorite[]): void {
    byNumber = new Map(favorites.flatMap((one) => [[keyOf(one.number) ?? '', one] as const]));
    byNumber.delete('');
    $favorites.set([...byNumber.values()]);
  }

  function keep(favorites: readonly Favorite[]): Promise<void> {
    show(favorites);
    return journal.put({ table: 'settings', key: 'favorites', at: clock.now(), value: $favorites.get() });
  }

  const all = (): readonly Favorite[] => [...byNumber.values()];
  const of = (number: string): Favorite | null => byNumber.get(keyOf(number) ?? '') ?? null;

  function learn(number: string, match: CallMatch): void {
    const known = of(number);
    const record = known && better(known, match);
    if (!record || JSON.stringify(record) === JSON.stringify(known.record)) return;
    void keep(all().map((one) => (one === known ? { ...one, name: record.name, record } : one)));
  }

  return {
    $favorites,
    of,
    async load() {
      const row = await attempt(() => storage.read('settings', 'favorites')).catch(() => undefined);
      show(Array.isArray(row?.value) ? row.value.filter(readable) : []);
    },
    async add(text, { name = '', record = null }) {
      const number = parseNumber(text, context);
      if (number.error || !keyOf(text)) throw new MultiLineError('invalid-number');
      const limit = policy.lists.favorites;
      if (limit > 0 && byNumber.size >= limit && !of(text)) throw new MultiLineError('too-many-favorites');
      const { e164, extension } = number;
      const dialed = e164 ? `${e164}${extension ? ` x${extension}` : ''}` : text.trim();
      // It comes from a page: only plain data is kept, told to other tabs and stored.
      const plain = JSON.parse(JSON.stringify(record)) as CrmRecord | null;
      await keep([...all(), { number: dialed, name: plain?.name ?? name, record: plain }]);
    },
    async remove(number) {
      const known = of(number);
      if (known) await keep(all().filter((one) => one !== known));
    },
    learn,
    async lookUp() {
      const numbers = all().flatMap(({ number }) => (/^\+\d+$/.test(number) ? number : []));
      for (let i = 0; identify && i < numbers.length; i += AT_ONCE) {
        const asked = numbers.slice(i, i + AT_ONCE);
        const found = (matches: readonly Match[]): void => {
          for (const number of asked) {
            const own = matches.filter((match) => match.number === number);
            learn(number, decideMatch(own, policy.match, crm?.kinds ?? []));
          }
        };
        await identify.lookUp(asked, found).catch(() => undefined);
      }
    },
    mirror: show,
    clear() {
      byNumber.clear();
      $favorites.set([]);
    },
  };
}

/** Favorites as a list shows them: by name, a number standing for a name it has not, as the language sorts (MV-10). */
export function sortFavorites(favorites: readonly Favorite[], locale?: string): readonly Favorite[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const shown = ({ name, number }: Favorite): string => name || number;
  return [...favorites].sort((a, b) => compare(shown(a), shown(b)) || compare(a.number, b.number));
}

/**
 * The record to show for a favorite by what is known of its number now. The user's own choice of a record stays while another
 * has the number too; a lead that has become a contact of the same name is followed.
 */
function better({ name, record: own }: Favorite, { record, candidates, why }: CallMatch): CrmRecord | null {
  if (!own || !record || why?.code === 'chosen') return record;
  return [record, ...candidates].find((one) => sameRecord(one, own)) ?? (record.name === name ? record : null);
}

/** Stored by another version, or damaged: what is understood stays. */
function readable(value: unknown): value is Favorite {
  const { number, name, record } = (value ?? {}) as Partial<Record<keyof Favorite, unknown>>;
  if (typeof number !== 'string' || typeof name !== 'string') return false;
  const fields = record as Partial<CrmRecord> | null | undefined;
  return fields === null || [fields?.kind, fields?.id, fields?.name].every((field) => typeof field === 'string');
}
