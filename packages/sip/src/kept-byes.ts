import { byesKey, type PhoneStorage } from './phone-identity.ts';

/** BYEs that nobody has answered: they outlive their page, so that no call goes on with nobody in it. */
export class KeptByes {
  readonly #key: string;
  readonly #storage: PhoneStorage | undefined;

  constructor(uri: string, storage: PhoneStorage | undefined) {
    this.#key = byesKey(uri);
    this.#storage = storage;
  }

  /** By what takes the call back: when each was said first (epoch ms). What was kept may be anything. */
  all(): Map<string, number> {
    try {
      return new Map(JSON.parse(this.#storage?.getItem(this.#key) ?? '[]') as Iterable<[string, number]>);
    } catch {
      return new Map();
    }
  }

  /** @param token '' for a call that no other page can take back */
  keep(token: string, since: number): void {
    if (token) this.#write(this.all().set(token, since));
  }

  forget(token: string): void {
    const all = this.all();
    if (all.delete(token)) this.#write(all);
  }

  #write(all: Map<string, number>): void {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify([...all]));
    } catch {
      // Denied or full: the other side is left to its own timers.
    }
  }
}
