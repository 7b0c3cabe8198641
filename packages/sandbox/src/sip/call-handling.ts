/** What becomes of the calls to a user before a device rings. */
export interface CallHandling {
  /** Do Not Disturb: no device rings. */
  readonly dnd: boolean;
  /** Where every call goes instead: an E.164 number or an extension. */
  readonly forward: string | null;
  /** Whether a call that is not taken may leave a message. */
  readonly voicemail: boolean;
}

/** Everybody's wishes. */
export interface CallHandlings {
  of(user: string): CallHandling;
  set(user: string, change: Partial<CallHandling>): void;
  /** Back to what everybody starts with. */
  reset(): void;
}

const START: CallHandling = { dnd: false, forward: null, voicemail: false };
/** Carol has voicemail from the start, so that there is somebody to leave a message for. */
const STARTS_WITH_VOICEMAIL = new Set(['carol']);

/** Makes the table. */
export function createCallHandlings(): CallHandlings {
  const users = new Map<string, CallHandling>();
  const of = (user: string) => users.get(user) ?? { ...START, voicemail: STARTS_WITH_VOICEMAIL.has(user) };
  return {
    of,
    set: (user, change) => void users.set(user, { ...of(user), ...change }),
    reset: () => users.clear(),
  };
}
