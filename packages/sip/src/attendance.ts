import type { Clock } from '@multiline/core';
import type { Core, UserAgent } from 'sip.js';
import { challengesOf, type Challenge } from './authentication/challenge.ts';

/** What a server answered, or that it did not. */
export type RegistrationOutcome =
  | { readonly state: 'registered'; readonly expiresS: number }
  | {
      readonly state: 'rejected';
      readonly status: number;
      readonly reason: string;
      /** What it wants to be proven (401, 407). */
      readonly challenges: readonly Challenge[];
      readonly retryAfterS?: number;
    }
  | { readonly state: 'silent' };

export interface AttendanceOptions {
  readonly userAgent: UserAgent;
  readonly expiresS: number;
  /** How long an answer may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** What makes us known to the server, and unknown again. */
export abstract class Attendance {
  protected readonly options: AttendanceOptions;
  #asking: Promise<RegistrationOutcome> | undefined;

  constructor(options: AttendanceOptions) {
    this.options = options;
  }

  /** Never rejects. Whoever asks before the answer is there shares it: no two requests at a time (RFC 3261 §10.2). */
  register(): Promise<RegistrationOutcome> {
    return (this.#asking ??= this.ask().finally(() => (this.#asking = undefined)));
  }

  /** Never rejects. */
  abstract unregister(): Promise<RegistrationOutcome>;

  protected abstract ask(): Promise<RegistrationOutcome>;

  /** What a request brings. Silence is also what is left of one whose link is no more. */
  protected answer(
    send: (delegate: Core.OutgoingRequestDelegate) => void,
    accepted: (message: Core.IncomingResponseMessage) => RegistrationOutcome,
    rejected = rejection,
  ): Promise<RegistrationOutcome> {
    const { clock, timeoutMs, userAgent } = this.options;
    const { stateChange } = userAgent.transport;
    return new Promise((resolve) => {
      const settle = (outcome: RegistrationOutcome): void => {
        cancel();
        stateChange.removeListener(silent);
        resolve(outcome);
      };
      const silent = (): void => settle({ state: 'silent' });
      const cancel = clock.at(clock.now() + timeoutMs, silent);
      stateChange.addListener(silent);
      send({
        onAccept: ({ message }) => settle(accepted(message)),
        onRedirect: ({ message }) => settle(rejected(message)),
        onReject: ({ message }) => settle(rejected(message)),
      });
    });
  }
}

/** A response other than 2xx as an outcome. */
export function rejection(message: Core.IncomingResponseMessage): RegistrationOutcome {
  const status = message.statusCode ?? 500;
  const seconds = Number.parseInt(message.getHeader(status === 423 ? 'min-expires' : 'retry-after') ?? '', 10);
  const retryAfterS = seconds > 0 ? seconds : undefined;
  return {
    state: 'rejected',
    status,
    reason: message.reasonPhrase ?? '',
    challenges: challengesOf(message),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  };
}
