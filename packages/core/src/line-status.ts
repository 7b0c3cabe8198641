import { atom, computed, type ReadableAtom, type WritableAtom } from 'nanostores';
import type { DeskLog } from './doctor/desk-log.ts';
import type { PlainFact } from './facts.ts';
import type { Failure } from './ports/errors.ts';
import type { LineStatus } from './ports/line.ts';
import type { PhoneStatus } from './workspace-state.ts';

export interface LineStatusParts {
  log: Pick<DeskLog, 'line'>;
  tell(fact: PlainFact): void;
  /** The server knows the phone, for the first time or again. */
  registered(): void;
}

/** How the line does, as this tab knows it, and the facts that follow from a change. */
export function createLineStatus({ log, tell, registered }: LineStatusParts): {
  readonly $line: WritableAtom<LineStatus>;
  /** Whether another tab has the phone; unknown before the election. */
  readonly $follows: WritableAtom<boolean>;
  /** The user is not here any more; a failure: what is kept of them still is. */
  readonly $signedOut: WritableAtom<boolean | Failure>;
  changed(status: LineStatus): void;
  /** Both, and whether somebody waits for the phone to become another one. */
  phone($changing: ReadableAtom<boolean>): ReadableAtom<PhoneStatus>;
  /** Both, for who asks now. */
  now(): { readonly status: LineStatus; readonly here: boolean };
} {
  const $line = atom<LineStatus>({ state: 'off' });
  const $follows = atom(false);
  const $signedOut = atom<boolean | Failure>(false);
  return {
    $line,
    $follows,
    $signedOut,
    changed(status) {
      const before = $line.get().state;
      $line.set(status);
      log.line(status);
      if (status.state === 'registered' && before !== 'registered') {
        tell({ type: 'ml-registered' });
        registered();
      }
      if (status.state !== 'registered' && before === 'registered') tell({ type: 'ml-unregistered' });
      if (status.state === 'failed') tell({ type: 'ml-error', failure: status.failure });
    },
    phone: ($changing) =>
      computed([$line, $follows, $changing, $signedOut], (line, follows, changing, signedOut): PhoneStatus => ({
        line,
        here: !follows,
        ...(changing && { changing }),
        ...(signedOut && { signedOut: true }),
        ...(typeof signedOut === 'object' && { undeleted: signedOut }),
      })),
    now: () => ({ status: $line.get(), here: !$follows.get() }),
  };
}
