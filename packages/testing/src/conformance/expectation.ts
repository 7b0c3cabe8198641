import { type ErrorCode, MultiLineError } from '@multiline/core';

/** How a suite declares a case; any framework's `it` or `test` fits. */
export type It = (title: string, run: () => Promise<void>) => unknown;

/** Any value, short and on one line, for the message of a failed expectation. */
function told(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** Fails with these words unless the condition holds. */
export function expectThat(condition: unknown, words: string): asserts condition {
  if (!condition) throw new Error(words);
}

/** Fails unless both are the same plain data. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (ordered(actual) !== ordered(expected))
    throw new Error(`${what}: expected ${told(expected)}, found ${told(actual)}`);
}

/** Plain data with its keys in order, so that two may be compared. */
function ordered(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  );
}

/** Fails unless the promise rejects. Answers what it rejected with. */
export async function expectRejection(promise: Promise<unknown>, what: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: expected a rejection, found ${told(value)}`);
}

/** Fails unless the promise rejects with a typed error of this code. */
export async function expectCode(promise: Promise<unknown>, code: ErrorCode, what: string): Promise<MultiLineError> {
  const error = await expectRejection(promise, what);
  expectThat(error instanceof MultiLineError, `${what}: expected a MultiLineError, found ${String(error)}`);
  expectEqual(error.code, code, `${what}: the code`);
  return error;
}

/** How long a suite waits for what must happen soon. */
const SOON_MS = 5000;

/** Fails unless the promise settles soon, saying what was waited for. */
export function expectSoon<Result>(promise: Promise<Result>, what: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what}: did not happen within ${SOON_MS} ms`)), SOON_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
