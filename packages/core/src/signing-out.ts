import type { ReadableAtom } from 'nanostores';
import { MultiLineError, type Failure } from './ports/errors.ts';
import type { Session } from './session.ts';
import type { Workspace } from './workspace.ts';

export interface SigningOutParts {
  session: Session;
  $signedOut: ReadableAtom<boolean | Failure>;
  /** Has the tab with the phone deliver what waits, and leave. */
  lead(force: boolean): Promise<unknown>;
}

/** Leaves this computer in every tab; nothing of the user's stays. Rejects when something waits that nobody has given up. */
export function createSigningOut({ session, $signedOut, lead }: SigningOutParts): Workspace['signOut'] {
  return async ({ force = false } = {}) => {
    if (session.running) {
      let stop = (): void => undefined;
      const gone = new Promise<void>((resolve) => (stop = $signedOut.listen((now) => now && resolve())));
      // The tab with the phone may have left, and sent us away, before its answer is here.
      await Promise.race([lead(force), gone]).finally(stop);
    } else if (typeof $signedOut.get() !== 'object') throw new MultiLineError('not-ready');
    await session.signOut();
  };
}
