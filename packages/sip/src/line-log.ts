import type { Clock } from '@multiline/core';

/** How many lines are kept. */
const KEPT = 400;

/** What happened last on an account, for a log to download (MV-53): no header, no body, so no secret, and no whole number. */
export class LineLog {
  readonly #clock: Clock;
  readonly #lines: string[] = [];
  /** What was told last of each kind of sign of life. */
  readonly #signs = new Map<string, string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get lines(): readonly string[] {
    return [...this.#lines];
  }

  /** Forgets everything. */
  clear(): void {
    this.#lines.length = 0;
    this.#signs.clear();
  }

  add(text: string): void {
    this.#lines.push(`${new Date(this.#clock.now()).toISOString()} ${text}`);
    if (this.#lines.length > KEPT) this.#lines.shift();
  }

  /**
   * Its start line, and for a response which request it answers. Signs of life, ours or the server's, are told when they begin
   * and when their answer changes: every few seconds one, they would leave no place for what happened.
   */
  message(way: 'sent' | 'got', message: string): void {
    const [start = ''] = message.split('\r\n', 1);
    const response = /^SIP\/2\.0 (.*)/s.exec(start)?.[1];
    const [, method, uri] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start) ?? [];
    if (response !== undefined) {
      const answered = /\r\nCSeq: *\d+ +([A-Z]+)/i.exec(message)?.[1] ?? '?';
      this.#tell(`${way} ${response.slice(0, 60)} to ${answered}`, answered === 'OPTIONS' ? `${way} answer` : '');
    } else if (method && uri) {
      this.#tell(`${way} ${method} ${masked(uri)}`, method === 'OPTIONS' ? way : '');
    }
  }

  /** @param sign which kind of sign of life this is; empty: none */
  #tell(text: string, sign: string): void {
    if (sign && this.#signs.get(sign) === text) return;
    if (sign) this.#signs.set(sign, text);
    this.add(text);
  }
}

/** Enough to tell calls apart: `sip:+1415…01@example.com`, without the parameters. */
function masked(uri: string): string {
  const bare = uri.replace(/[;?].*$/s, '').slice(0, 120);
  return bare.replace(/[0-9]{6,}/g, (digits) => `${digits.slice(0, 4)}…${digits.slice(-2)}`);
}
