import { atom, type ReadableAtom } from 'nanostores';
import type { Call } from './call.ts';

/** The moment without a call: until then what the phone is made of stays as it is (ML-22). */
export interface Quiet {
  /** Somebody waits for it. */
  readonly $awaited: ReadableAtom<boolean>;
  /** Resolves when no call is live. */
  whenQuiet(): Promise<void>;
}

export function createQuiet($calls: ReadableAtom<readonly Call[]>): Quiet {
  const $awaited = atom(false);
  const quiet = (): boolean => $calls.get().every(({ phase }) => phase === 'ended');
  return {
    $awaited,
    async whenQuiet() {
      if (quiet()) return;
      $awaited.set(true);
      await new Promise<void>((resolve) => {
        const stop = $calls.listen(() => {
          if (!quiet()) return;
          stop();
          resolve();
        });
      });
      $awaited.set(false);
    },
  };
}
