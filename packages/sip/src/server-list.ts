/** The servers of an account, and which of them the next attempt goes to. */
export class ServerList {
  readonly #servers: readonly string[];
  #index = 0;

  constructor(servers: readonly string[]) {
    this.#servers = servers;
  }

  get current(): string {
    return this.#servers[this.#index % this.#servers.length] ?? '';
  }

  get count(): number {
    return this.#servers.length;
  }

  next(): void {
    this.#index++;
  }

  startOver(): void {
    this.#index = 0;
  }
}
