import { farewellsKey, type PhoneStorage } from './phone-identity.ts';

/**
 * What nobody has heard at the other side: BYEs, and refusals. It outlives its page, so that no call goes on with nobody in it, nor
 * rings again.
 */
export class KeptFarewells {
  readonly #key: string;
  readonly #storage: PhoneStorage | undefined;

  constructor(uri: string, storage: PhoneStorage | undefined) {
    this.#key = farewellsKey(uri);
    this.#storage = storage;
  }

  /** By what takes the call back, or was refused: when each was said first (epoch ms). What was kept may be anything. */
  all(): Map<string, number> {
    try {
      const all = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]') as [unknown, unknown][];
      return new Map(all.map(([token, since]) => [String(token), Number(since)]));
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
