import type { Call, ErrorCode, Workspace } from '@multiline/core';
import type { Text } from '../strings/localize.ts';

/** What the drawings of a call need of their element. */
export interface CallView {
  /** The element: whence intents go out. */
  readonly from: HTMLElement;
  readonly workspace: Workspace;
  readonly text: Text;
  errorText(code: ErrorCode): { cause: string; remedy: string };
  /** How long ago that was (ms); drawn again when the next second is full. */
  elapsed(since: number): number;
}

/** Somebody calls this phone, and it may be answered here. */
export const ringsHere = ({ phase, direction, device }: Call): boolean =>
  phase === 'ringing' && direction === 'inbound' && device === 'here';

/** Another device of the user's carries it: its controls are there (ML-24). */
export const carriedElsewhere = ({ device, phase }: Call): boolean => device === 'elsewhere' && phase !== 'ended';

/** We let it wait. */
export const waits = ({ hold }: Call): boolean => hold === 'us' || hold === 'both';

/** The recorder runs, or rests for a moment. */
export const recorded = ({ recording }: Call): boolean => recording?.state === 'on' || recording?.state === 'paused';
