import type { RegistrationOptions, RegistrationOutcome } from './registration.ts';
import { rejection } from './registration.ts';
import type { Attendance } from './sign-in.ts';

/** Answers that say nothing of who we are: this server tells of no calls, or of none to us, or not so briefly (Asterisk: 400). */
const KNOWN = [400, 404, 405, 480, 481, 489, 501];

/**
 * Signs in without registering, so that nobody rings here: asks once for the calls of our own address (a subscription that ends
 * at once, RFC 6665 §4.4.3), which no server answers to a stranger.
 */
export class Visit implements Attendance {
  readonly #options: RegistrationOptions;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  register(): Promise<RegistrationOutcome> {
    const { userAgent, clock, timeoutMs, expiresS } = this.#options;
    const { userAgentCore: core, contact } = userAgent;
    const { aor } = core.configuration;
    const message = core.makeOutgoingRequestMessage('SUBSCRIBE', aor, aor, aor, {}, [
      'Event: dialog',
      'Expires: 0',
      'Accept: application/dialog-info+xml',
      `Contact: ${contact.toString()}`,
    ]);
    return new Promise((resolve) => {
      const cancel = clock.at(clock.now() + timeoutMs, () => {
        resolve({ state: 'silent' });
      });
      const settle = (outcome: RegistrationOutcome): void => {
        cancel();
        resolve(outcome);
      };
      const known: RegistrationOutcome = { state: 'registered', expiresS };
      core.request(message, {
        onAccept: () => {
          settle(known);
        },
        onRedirect: (response) => {
          settle(rejection(response.message));
        },
        onReject: (response) => {
          settle(KNOWN.includes(response.message.statusCode ?? 0) ? known : rejection(response.message));
        },
      });
    });
  }

  unregister(): Promise<RegistrationOutcome> {
    return Promise.resolve({ state: 'silent' });
  }
}
