import { atom, type ReadableAtom } from 'nanostores';
import { asError, type Failure } from '../ports/errors.ts';

/** What the last dial or answer failed of: shown until one succeeds or a person has read it. */
export function createLastFailure(): {
  readonly $failure: ReadableAtom<Failure | null>;
  /** Follows an attempt; settles as it does. */
  of<T>(attempt: Promise<T>): Promise<T>;
  dismiss(): void;
} {
  const $failure = atom<Failure | null>(null);
  return {
    $failure,
    async of(attempt) {
      try {
        const value = await attempt;
        $failure.set(null);
        return value;
      } catch (error) {
        const { code, message, retryable } = asError(error);
        $failure.set({ code, message, retryable });
        throw error;
      }
    },
    dismiss: () => $failure.set(null),
  };
}
