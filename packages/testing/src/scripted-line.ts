import { atom } from 'nanostores';
import {
  MultiLineError,
  type DialOptions,
  type Line,
  type LineCall,
  type LineCheck,
  type LineIdentity,
  type LineStatus,
  type MessageWaiting,
  type RemoteParty,
  type VoicemailMessage,
} from '@multiline/core';
import { scriptedAudio } from './scripted-audio.ts';
import { scriptedCall, type ScriptedCall, type ScriptedCallParts } from './scripted-call.ts';
import { scriptedMailbox } from './scripted-mailbox.ts';

/** Somebody who calls. */
export interface ScriptedCaller {
  address: string;
  name?: string;
  called?: string;
  queue?: string;
  correlation?: string;
  collectedDigits?: string;
  redirectedBy?: RemoteParty;
  transferredBy?: RemoteParty;
}

/** A line without a wire: a test or a story says what the network does. No audio; for audio there is `sipLine` on `wire()`. */
export interface ScriptedLine extends Line {
  /** What the network says of the registration. */
  status(status: LineStatus): void;
  /** Somebody calls. */
  ring(from: ScriptedCaller): ScriptedCall;
  /** A call of the user's other device is seen; it says `answered` and `ended` as the script does. */
  watch(party: ScriptedCaller & { direction?: LineCall['direction'] }): ScriptedCall;
  /** How many messages wait in the mailbox. */
  messages(waiting: MessageWaiting | null): void;
  /** The next dials and answers fail with this, e.g. a microphone that is blocked; null for none. */
  failWith(error: MultiLineError | null): void;
  /** Calls that were dialed, oldest first. */
  readonly dialed: readonly ScriptedCall[];
  /** What each of them was dialed with. */
  readonly dialedWith: readonly DialOptions[];
  /** Every call, dialed, received, watched or taken back. */
  readonly calls: readonly ScriptedCall[];
  /**
   * What our side asked of the line, in order: `mix ID ID`, `resume`, `code *78`, `publish busy Lunch`, `log-in USER`,
   * `log-out`, `reconnect`.
   */
  readonly asked: readonly string[];
}

export interface ScriptedLineOptions {
  identity?: LineIdentity;
  /** Registers and answers by itself as a good network would; false leaves every signal to the script. */
  obliging?: boolean;
  /** Optional methods the line or its calls have not, by name. */
  without?: readonly string[];
  /** Calls can be taken back: each says what it takes. Default: they cannot. */
  resumable?: boolean;
  /** `elsewhere`: another device of the user's carries the audio. */
  device?: Line['device'];
  /** What is in the mailbox. */
  mailbox?: readonly VoicemailMessage[];
  checks?: readonly LineCheck[];
}

const ann: LineIdentity = {
  uri: 'sip:ann@sandbox.test',
  displayName: 'Ann Archer',
  extension: '1001',
  number: '+14155550001',
};

export function scriptedLine({
  identity = ann,
  obliging = true,
  without = [],
  resumable = false,
  device = 'here',
  mailbox = [],
  checks = [],
}: ScriptedLineOptions = {}): ScriptedLine {
  const $status = atom<LineStatus>({ state: 'off' });
  const $messageWaiting = atom<MessageWaiting | null>(null);
  const listeners = new Set<(call: LineCall) => void>();
  const watchers = new Set<(call: LineCall) => void>();
  const calls: ScriptedCall[] = [];
  const dialedWith: DialOptions[] = [];
  const asked: string[] = [];
  let failure: MultiLineError | null = null;
  let count = 0;

  const ask = (what: string): Promise<void> => {
    asked.push(what);
    return Promise.resolve();
  };

  function makeCall(parts: Omit<ScriptedCallParts, 'id' | 'correlation'> & { correlation?: string }): ScriptedCall {
    const id = `scripted-${++count}`;
    const { correlation = `${id}@sandbox.test`, ...more } = parts;
    const call = scriptedCall(
      { ...more, id, correlation },
      {
        obliging,
        failure: () => failure,
        without,
        // By its ear: whoever wraps a call may give it another id.
        find: ({ listen }) => calls.find((one) => one.listen === listen),
      },
    );
    calls.push(call);
    const token = (answered: boolean): string => JSON.stringify({ ...more, correlation, answered } satisfies Token);
    if (resumable && parts.device !== 'elsewhere') {
      if (parts.direction === 'inbound') call.signal({ type: 'resumable', token: token(false) });
      call.listen(({ type }) => {
        if (type === 'answered') call.signal({ type: 'resumable', token: token(true) });
      });
    }
    return call;
  }

  const line: ScriptedLine = {
    $status,
    identity,
    device,
    calls,
    dialedWith,
    asked,
    get dialed() {
      return calls.filter(({ direction, device: where }) => direction === 'outbound' && where !== 'elsewhere');
    },
    status: (status) => $status.set(status),
    messages: (waiting) => $messageWaiting.set(waiting),
    failWith: (error) => void (failure = error),
    ring({ address, name, ...more }) {
      const call = makeCall({ ...more, direction: 'inbound', remote: { address, ...(name && { name }) } });
      for (const listener of listeners) listener(call);
      return call;
    },
    watch({ address, name, direction = 'inbound', ...more }) {
      const remote = { address, ...(name && { name }) };
      const call = makeCall({ ...more, direction, remote, device: 'elsewhere' });
      for (const watcher of watchers) watcher(call);
      return call;
    },
    start() {
      if (obliging) $status.set({ state: 'registered' });
      return Promise.resolve();
    },
    stop() {
      $status.set({ state: 'off' });
      return Promise.resolve();
    },
    onIncoming(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onWatched(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    dial(target, options = {}) {
      if (failure) return Promise.reject(failure);
      if ($status.get().state !== 'registered') return Promise.reject(new MultiLineError('not-registered'));
      dialedWith.push(options);
      return Promise.resolve(makeCall({ direction: 'outbound', remote: { address: target } }));
    },
    resume(token) {
      void ask('resume');
      if (failure) return Promise.reject(failure);
      const { answered, ...parts } = JSON.parse(token) as Token;
      const call = makeCall(parts);
      if (answered && obliging) call.signal({ type: 'answered' });
      return Promise.resolve(call);
    },
    mix: (members) => ask(['mix', ...members.map(({ id }) => id)].join(' ')),
    dialFeatureCode: (code) => (failure ? Promise.reject(failure) : ask(`code ${code}`)),
    publish: ({ open, activity, note }) =>
      ask(['publish', open ? 'open' : 'closed', activity, note].filter(Boolean).join(' ')),
    logIn: (credentials) =>
      failure ? Promise.reject(failure) : ask(credentials ? `log-in ${credentials.username}` : 'log-out'),
    $messageWaiting,
    voicemail: scriptedMailbox(mailbox, (kept) => {
      const fresh = kept.filter(({ heard }) => !heard).length;
      $messageWaiting.set({ fresh, heard: kept.length - fresh });
    }),
    audio: scriptedAudio(ask),
    checks,
    log: () => asked,
    prepare: () => undefined,
    reconnect() {
      void ask('reconnect');
      if (obliging) $status.set({ state: 'registered' });
    },
  };
  for (const name of without) Reflect.deleteProperty(line, name);
  return line;
}

/** What a call is taken back by. */
type Token = Omit<ScriptedCallParts, 'id'> & { readonly answered: boolean };
