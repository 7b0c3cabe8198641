/**
 * What can go wrong, told so that a person and a program both know what to do.
 *
 * Every port fails with a {@link MultiLineError}; nothing of a vendor's error shapes passes it.
 */

/** Each code with its causes, its remedies and whether the same attempt may succeed later. One table: docs and elements read it. */
export const ERRORS = {
  'not-ready': [
    'The workspace has not been started, or has no line.',
    'Start the workspace and give it a line.',
    false,
  ],
  'not-registered': [
    'The phone server does not know this phone at the moment.',
    'Wait for the connection to come back, then call again.',
    true,
  ],
  'in-call': ['A call is in progress and the line carries one at a time.', 'End the call first.', false],
  'too-many-calls': ['As many calls are open as may be.', 'End one of them first.', false],
  'conference-full': ['The conference has as many parties as it may have.', 'Take somebody out first.', false],
  'too-many-favorites': ['There are as many favorites as there may be.', 'Remove one of them first.', false],
  'not-reached': [
    'Whom you asked for did not take the call.',
    'Take the waiting call back, or ask somebody else.',
    false,
  ],
  'own-phone': ['Your own phone did not take the call.', 'Call again, answer it there and press any key.', false],
  'not-recorded': [
    'This call is to be recorded, but no recorder could be started.',
    'The call goes on; tell an administrator.',
    false,
  ],
  'no-such-call': ['The call has ended or never existed here.', 'Look at the recent calls.', false],
  'invalid-number': ['This is not a number that can be dialed.', 'Correct the number.', false],
  'mic-denied': ['The browser blocks the microphone.', 'Allow it for this site, then call again.', false],
  'mic-missing': ['No microphone was found.', 'Connect one, then call again.', false],
  'mic-in-use': ['Another program holds the microphone.', 'Close it there, then call again.', true],
  network: ['The server cannot be reached.', 'Check the connection; it is tried again by itself.', true],
  timeout: ['The server did not answer in time.', 'It is tried again by itself.', true],
  'auth-failed': ['The server refused the sign-in.', 'Check user and password, or sign in again.', false],
  'auth-unsupported': [
    'The server wants a kind of sign-in that this phone does not know.',
    'Ask an administrator to offer Digest with MD5 or SHA-256.',
    false,
  ],
  'auth-expired': ['The session has ended.', 'Sign in again.', true],
  forbidden: ['This user may not do that.', 'Ask an administrator for the permission.', false],
  limit: ['The server takes no more requests for now.', 'It is tried again when the server allows it.', true],
  busy: ['The record is locked by someone else for a moment.', 'It is tried again by itself.', true],
  server: ['The server failed.', 'It is tried again by itself.', true],
  refused: ['The server refused the data.', 'Change what it names, then try again.', false],
  conflict: ['Someone else changed it meanwhile.', 'Choose which text stays.', false],
  duplicate: ['More than one record has this key.', 'Remove the surplus record in the CRM, then try again.', false],
  'not-found': ['The record does not exist any more.', 'Choose another record.', false],
  unsupported: ['This server or browser cannot do that.', 'Use what it offers instead.', false],
  'bad-policy': ['The policy is not valid.', 'Correct what the message names.', false],
  'unknown-implementation': [
    'No implementation is registered under this name.',
    'Register it before the workspace starts.',
    false,
  ],
  'storage-denied': [
    'The browser keeps nothing for this page.',
    'Allow site data; until then lists and waiting logs last as long as this tab.',
    false,
  ],
  'storage-full': [
    'The browser has no room left for this page.',
    'Free some space; until then lists and waiting logs last as long as this tab.',
    true,
  ],
  'storage-lost': [
    'The stored data of this page was removed.',
    'Nothing to do: it goes on with what is in memory.',
    false,
  ],
  unexpected: ['Something failed that should not.', 'Try again; tell the developers what was done.', true],
} as const satisfies Record<string, readonly [cause: string, remedy: string, retryable: boolean]>;

export type ErrorCode = keyof typeof ERRORS;

/** An error as plain data: what stores, storage and other tabs carry. */
export interface Failure {
  readonly code: ErrorCode;
  /** The words of whoever refused (a CRM's validation rule, a SIP reason phrase), else ours. Text, never HTML. */
  readonly message: string;
  readonly retryable: boolean;
  /** Not before this time (epoch ms), where the server said so. */
  readonly retryAt?: number;
}

export interface MultiLineErrorOptions {
  message?: string;
  retryable?: boolean;
  retryAt?: number;
  /** Plain data that belongs to the code, e.g. both texts of a `conflict`: {@link ConflictDetails}. */
  details?: unknown;
  cause?: unknown;
}

/** What a `conflict` carries: the text we wanted to write, and the one that stands in the CRM. */
export interface ConflictDetails {
  readonly ours: string;
  readonly theirs: string;
  /** Who changed it and when (epoch ms), where the CRM tells. */
  readonly changedBy?: string;
  readonly changedAt?: number;
}

export class MultiLineError extends Error {
  override readonly name = 'MultiLineError';
  readonly code: ErrorCode;
  readonly causes: readonly string[];
  readonly remedies: readonly string[];
  /** The same attempt may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly retryAt?: number;
  readonly details?: unknown;

  constructor(code: ErrorCode, options: MultiLineErrorOptions = {}) {
    const [cause, remedy, retryable] = ERRORS[code];
    super(options.message ?? cause, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.causes = [cause];
    this.remedies = [remedy];
    this.retryable = options.retryable ?? retryable;
    if (options.retryAt !== undefined) this.retryAt = options.retryAt;
    if (options.details !== undefined) this.details = options.details;
  }
}

/** Anything thrown, as a {@link MultiLineError}: what is none becomes `unexpected`. */
export function asError(thrown: unknown): MultiLineError {
  if (thrown instanceof MultiLineError) return thrown;
  return new MultiLineError('unexpected', {
    cause: thrown,
    message: thrown instanceof Error ? thrown.message : String(thrown),
  });
}

/** The plain-data form of an error. */
export function asFailure(thrown: unknown): Failure {
  const { code, message, retryable, retryAt } = asError(thrown);
  return { code, message, retryable, ...(retryAt === undefined ? {} : { retryAt }) };
}
