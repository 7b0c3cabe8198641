import { Attendance, rejection, type RegistrationOutcome } from './attendance.ts';

/** Answers that say nothing of who we are: this server tells of no calls, or of none to us, or not so briefly (Asterisk: 400). */
const KNOWN = [400, 404, 405, 480, 481, 489, 501];

/**
 * Signs in without registering, so that nobody rings here: asks once for the calls of our own address (a subscription that ends
 * at once, RFC 6665 §4.4.3), which no server answers to a stranger.
 */
export class Visit extends Attendance {
  unregister(): Promise<RegistrationOutcome> {
    return Promise.resolve({ state: 'silent' });
  }

  protected ask(): Promise<RegistrationOutcome> {
    const { userAgent, expiresS } = this.options;
    const { userAgentCore: core, contact } = userAgent;
    const { aor } = core.configuration;
    const message = core.makeOutgoingRequestMessage('SUBSCRIBE', aor, aor, aor, {}, [
      'Event: dialog',
      'Expires: 0',
      'Accept: application/dialog-info+xml',
      `Contact: ${contact.toString()}`,
    ]);
    const known: RegistrationOutcome = { state: 'registered', expiresS };
    return this.answer(
      (delegate) => core.request(message, delegate),
      () => known,
      (response) => (KNOWN.includes(response.statusCode ?? 0) ? known : rejection(response)),
    );
  }
}
