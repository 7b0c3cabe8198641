import { attempt, within } from '../deadline.ts';
import { keepNewest } from '../keep-newest.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm, Match } from '../ports/crm.ts';
import type { Storage } from '../ports/storage.ts';

/** What is known of a number, with its age. */
interface Known {
  readonly at: number;
  readonly matches: readonly Match[];
}

const FRESH_MS = 10 * 60_000;
const MISS_MS = 60_000;
/** Numbers known without a look into storage. */
const REMEMBERED = 200;
/** A request that takes longer has failed. */
const PATIENCE_MS = 30_000;

export interface Identify {
  /**
   * Tells whom numbers belong to: what is cached at once, what the CRM says when it has answered. `found` is called once for
   * fresh numbers, twice when something old had to be asked for again. Rejects only if nothing was cached and the CRM failed.
   */
  lookUp(numbers: readonly string[], found: (matches: readonly Match[]) => void): Promise<void>;
  /** Whom a number belongs to by the CRM's word of now, whatever is cached. Rejects when it fails; what is cached then stays. */
  askAnew(number: string): Promise<readonly Match[]>;
  /** Whom a number belongs to as far as that is known here: nobody is asked. */
  known(number: string): Promise<readonly Match[]>;
  /** Whom a number belongs to, where that is in memory and `lookUp` would tell it; null: nobody here knows. */
  remembered(number: string): readonly Match[] | null;
  /** Forgets numbers: a record was created, changed or was the wrong one. */
  forget(numbers: readonly string[]): Promise<void>;
  /** Forgets everything in memory. */
  clear(): void;
}

/**
 * Whom numbers belong to, by the CRM's word, kept per CRM user. A hit is shown at once and asked for again when older than
 * ten minutes; a miss lives a minute. All numbers of a call go in one request, equal requests under way are shared.
 */
export function createIdentify(crm: Crm, storage: Storage, journal: Journal, clock: Clock, country: string): Identify {
  const under = new Map<string, Promise<readonly Match[]>>();
  const cache = new Map<string, Known>();

  function remember(number: string, value: Known): void {
    cache.delete(number);
    cache.set(number, value);
    keepNewest(cache, REMEMBERED);
  }

  async function recall(number: string): Promise<void> {
    const stored = await attempt(() => storage.read('matches', number)).catch(() => undefined);
    // An answer of the CRM that came while we read is newer.
    if (stored && !cache.has(number)) remember(number, stored.value as Known);
  }

  function ask(numbers: readonly string[]): Promise<readonly Match[]> {
    const key = [...numbers].sort().join(' ');
    const running = under.get(key);
    if (running) return running;
    const asked: Promise<readonly Match[]> = request(numbers, () => under.get(key) === asked).finally(() => {
      if (under.get(key) === asked) under.delete(key);
    });
    under.set(key, asked);
    return asked;
  }

  /** @param current false once a number was forgotten meanwhile: the answer is then of yesterday */
  async function request(numbers: readonly string[], current: () => boolean): Promise<readonly Match[]> {
    const answer = await within(clock, PATIENCE_MS, (signal) => crm.identify({ numbers, country }, signal));
    // Only plain data is kept, told to other tabs and stored.
    const matches = JSON.parse(JSON.stringify(answer)) as readonly Match[];
    if (!current()) return matches;
    const at = clock.now();
    const rows = numbers.map((number) => ({ number, at, matches: matches.filter((match) => match.number === number) }));
    for (const { number, matches } of rows) remember(number, { at, matches });
    // Nobody waits for the disk to see a name.
    void journal.put(...rows.map(({ number, ...value }) => ({ table: 'matches', key: number, at, value }) as const));
    return matches;
  }

  /** An answer under way is of before. */
  function disown(numbers: readonly string[]): void {
    for (const key of [...under.keys()])
      if (numbers.some((number) => key.split(' ').includes(number))) under.delete(key);
  }

  return {
    async lookUp(numbers, found) {
      const unread = numbers.filter((number) => !cache.has(number));
      if (unread.length > 0) await Promise.all(unread.map(recall));
      const now = clock.now();
      const old = numbers.filter((number) => !fresh(cache.get(number), now));
      const cached = numbers.flatMap((number) => cache.get(number)?.matches ?? []);
      if (cached.length > 0 || old.length === 0) found(cached);
      if (old.length === 0) return;
      try {
        const asked = await ask(old);
        found([...cached.filter(({ number }) => !old.includes(number)), ...asked]);
      } catch (error) {
        if (cached.length === 0) throw error;
      }
    },
    askAnew(number) {
      disown([number]);
      return ask([number]);
    },
    async known(number) {
      if (!cache.has(number)) await recall(number);
      return cache.get(number)?.matches ?? [];
    },
    remembered(number) {
      const known = cache.get(number);
      return known && (known.matches.length > 0 || fresh(known, clock.now())) ? known.matches : null;
    },
    async forget(numbers) {
      for (const number of numbers) cache.delete(number);
      disown(numbers);
      await journal.put(...numbers.map((key) => ({ table: 'matches', key, remove: true }) as const));
    },
    clear() {
      cache.clear();
      under.clear();
    },
  };
}

/** A clock set back makes an entry look as if it came from the future: it is then old. */
function fresh(known: Known | undefined, now: number): boolean {
  if (!known) return false;
  const { at, matches } = known;
  const age = now - at;
  return age >= 0 && age < (matches.length > 0 ? FRESH_MS : MISS_MS);
}
