import { MultiLineError, type AudioLevels, type LineCall, type LineSignal, type RemoteParty } from '@multiline/core';

/** A call of a scripted line. What our side asked for is in `asked`, what the wire does is said by `signal`. */
export interface ScriptedCall extends LineCall {
  /** What the wire does next. */
  signal(signal: LineSignal): void;
  /** What whoever watches the levels hears. */
  levels(levels: AudioLevels): void;
  /**
   * What our side asked for, in order: `answer`, `decline busy`, `hang-up`, `mute`, `digits 12#`, `hold`, `resume`,
   * `transfer 1002`, `transfer-to ID`, `redirect 1002`, `silence`, `unsilence`, `record start`.
   */
  readonly asked: readonly string[];
}

export interface ScriptedCallParts {
  readonly id: string;
  readonly correlation: string;
  readonly direction: LineCall['direction'];
  readonly remote: RemoteParty;
  readonly called?: string;
  readonly queue?: string;
  readonly collectedDigits?: string;
  readonly redirectedBy?: RemoteParty;
  readonly transferredBy?: RemoteParty;
  /** Only watched: nothing can be asked of it. */
  readonly device?: 'here' | 'elsewhere';
}

/** What the calls of one line share. */
export interface ScriptedCallContext {
  readonly obliging: boolean;
  /** What an answer fails of. */
  failure(): MultiLineError | null;
  /** Its methods that are left out. */
  readonly without: readonly string[];
  /** The scripted call behind one that was handed out. */
  find(call: LineCall): ScriptedCall | undefined;
}

export function scriptedCall(
  parts: ScriptedCallParts,
  { obliging, failure, without, find }: ScriptedCallContext,
): ScriptedCall {
  const heard: LineSignal[] = [];
  const asked: string[] = [];
  const hearing = new Set<(signal: LineSignal) => void>();
  const watching = new Set<(levels: AudioLevels) => void>();

  function signal(next: LineSignal): void {
    heard.push(next);
    for (const listener of hearing) listener(next);
  }

  /** Notes what was asked; a good network then does it. */
  function ask(what: string, ...done: LineSignal[]): Promise<void> {
    asked.push(what);
    if (obliging) for (const next of done) signal(next);
    return Promise.resolve();
  }

  const call: ScriptedCall = {
    ...parts,
    asked,
    signal,
    levels: (levels) => watching.forEach((listener) => listener(levels)),
    listen(listener) {
      hearing.add(listener);
      for (const past of heard) listener(past);
      return () => void hearing.delete(listener);
    },
    async answer() {
      const refused = failure();
      await ask('answer', ...(refused ? [] : [{ type: 'answered' } as const]));
      if (refused) throw refused;
    },
    decline: (how = 'declined') => ask(`decline ${how}`, { type: 'ended', reason: 'declined', by: 'us' }),
    hangUp() {
      const answered = heard.some(({ type }) => type === 'answered');
      return ask('hang-up', { type: 'ended', reason: answered ? 'completed' : 'cancelled', by: 'us' });
    },
    mute: (muted) => void ask(muted ? 'mute' : 'unmute', { type: 'muted', muted }),
    sendDigits: (digits) => ask(`digits ${digits}`, { type: 'digits-sent', digits }),
    hold: (held) => ask(held ? 'hold' : 'resume', { type: 'held', by: 'us', held }),
    transfer: (target) =>
      ask(
        `transfer ${target}`,
        { type: 'transfer', state: 'trying' },
        { type: 'ended', reason: 'transferred', by: 'them' },
      ),
    async transferTo(other) {
      await ask(
        `transfer-to ${other.id}`,
        { type: 'transfer', state: 'trying' },
        { type: 'ended', reason: 'transferred', by: 'them' },
      );
      // The target's phone takes the other call for the one that came with Replaces.
      if (obliging) find(other)?.signal({ type: 'ended', reason: 'completed', by: 'them' });
    },
    redirect: (target) => ask(`redirect ${target}`, { type: 'ended', reason: 'redirected', by: 'us' }),
    silence: (silenced) => void ask(silenced ? 'silence' : 'unsilence', { type: 'silenced', silenced }),
    record: (action) =>
      ask(
        `record ${action}`,
        action === 'stop'
          ? { type: 'recording', state: 'off', url: `https://recordings.test/${parts.id}.wav` }
          : { type: 'recording', state: action === 'start' ? 'on' : 'paused' },
      ),
    watchLevels(listener) {
      watching.add(listener);
      return () => void watching.delete(listener);
    },
  };
  if (parts.device === 'elsewhere') watchedOnly(call);
  for (const name of without) Reflect.deleteProperty(call, name);
  return call;
}

/** The audio and the controls are on another device. */
function watchedOnly(call: ScriptedCall): void {
  const refuse = (): Promise<never> => Promise.reject(new MultiLineError('unsupported'));
  Object.assign(call, { answer: refuse, decline: refuse, hangUp: refuse, mute: () => undefined });
  const optional = ['sendDigits', 'hold', 'transfer', 'transferTo', 'redirect', 'silence', 'record', 'watchLevels'];
  for (const name of optional) Reflect.deleteProperty(call, name);
}
