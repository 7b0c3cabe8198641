import { MultiLineError, type Clock } from '@multiline/core';
import { UserAgentState, type UserAgent } from 'sip.js';
import { unanswerable } from './authentication/challenge.ts';
import type { Attendance, RegistrationOutcome } from './attendance.ts';
import type { Credentials, SipCredentials } from './credentials.ts';
import { within } from './deadlines.ts';
import type { ServerConnection } from './server-connection.ts';
import type { ServerList } from './server-list.ts';

export interface SignInOptions {
  readonly userAgent: UserAgent;
  readonly connection: () => ServerConnection | undefined;
  readonly attendance: Attendance;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly servers: ServerList;
  /** Whether a call lives: then a socket that is not there at once gets company. */
  readonly inCall: () => boolean;
}

const CONNECT_MS = 6_000;
const COMPANY_MS = 1_000;

/**
 * Connects and registers, asking once more for credentials where they were refused. Answers for how long it holds, in seconds.
 * @param present whether the attempt still counts: it is given up otherwise
 * @throws MultiLineError
 */
export async function signIn(options: SignInOptions, present: () => boolean): Promise<number> {
  const { attendance, credentials, clock } = options;
  signWith(options, await credentials.fresh());
  await connect(options, present);
  let outcome = await attendance.register();
  assertPresent(present);
  let refusal = refusalOf(outcome, options);
  if (refusal !== null) {
    signWith(options, await credentials.afterRejection(refusal));
    assertPresent(present);
    outcome = await attendance.register();
    refusal = refusalOf(outcome, options);
    if (refusal !== null) {
      credentials.forget();
      throw new MultiLineError('auth-failed', { message: refusal });
    }
  }
  if (outcome.state === 'registered') return outcome.expiresS;
  if (outcome.state === 'silent') throw new MultiLineError('timeout');
  const { retryAfterS } = outcome;
  throw new MultiLineError(outcome.status === 503 ? 'limit' : 'server', {
    message: `${String(outcome.status)} ${outcome.reason}`,
    ...(retryAfterS === undefined ? {} : { retryAt: clock.now() + retryAfterS * 1000 }),
  });
}

/** To the server of the moment, else to each of the others once: who waited before coming here need not wait between them. */
async function connect(options: SignInOptions, present: () => boolean): Promise<void> {
  const { userAgent, connection, clock, servers } = options;
  for (let left = servers.count; ;) {
    assertPresent(present);
    if (connection()?.isConnected()) return;
    const connecting = userAgent.state === UserAgentState.Started ? userAgent.reconnect() : userAgent.start();
    const network = connecting.catch((thrown: unknown) => {
      throw new MultiLineError('network', { cause: thrown });
    });
    const stop = keepCompany(options);
    try {
      await within(clock, CONNECT_MS, network, () => {
        throw new MultiLineError('timeout');
      });
    } catch (thrown) {
      if (--left <= 0 || !present()) throw thrown;
      connection()?.drop(new Error('Another server is tried.'));
      servers.next();
    } finally {
      stop();
    }
  }
}

/** Another attempt has taken the place of this one: what is left to be done is its to do. */
function assertPresent(present: () => boolean): void {
  if (!present()) throw new MultiLineError('network');
}

/** In a call, one more socket every second until one is there. Answers how to stop. */
function keepCompany({ connection, clock, inCall }: SignInOptions): () => void {
  let cancel = (): void => undefined;
  const later = (): void => {
    cancel = clock.at(clock.now() + COMPANY_MS, () => {
      if (inCall())
        connection()
          ?.connect()
          .catch(() => undefined);
      later();
    });
  };
  later();
  return () => cancel();
}

function signWith({ userAgent: { configuration } }: SignInOptions, { username, password, ha1 }: SipCredentials): void {
  configuration.authorizationUsername = username ?? configuration.uri.user ?? '';
  configuration.authorizationPassword = password ?? '';
  configuration.authorizationHa1 = ha1 ?? '';
}

/**
 * The server's words for not taking what we signed with; null where that is not what it said.
 * @throws MultiLineError `auth-unsupported` where it was never told: no password would do
 */
function refusalOf(outcome: RegistrationOutcome, { userAgent }: SignInOptions): string | null {
  if (outcome.state !== 'rejected' || ![401, 403, 407].includes(outcome.status)) return null;
  const { challenges, reason } = outcome;
  const message = unanswerable(challenges, userAgent.configuration);
  if (message === undefined) return reason;
  throw new MultiLineError('auth-unsupported', { message });
}
