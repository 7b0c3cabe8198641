import { ERRORS } from '@multiline/core';
import type { ErrorCode, Failure } from '@multiline/core';

/** What went wrong: the words of whoever refused, else ours in the person's language. */
export function failureWords(
  { code, message }: Failure,
  errorText: (code: ErrorCode) => { readonly cause: string },
): string {
  const own = (ERRORS[code] as readonly [string, string, boolean] | undefined)?.[0];
  return message && message !== own ? message : errorText(code).cause;
}
