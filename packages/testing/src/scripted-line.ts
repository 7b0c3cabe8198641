import { atom } from 'nanostores';
import {
  MultiLineError,
  type Line,
  type LineCall,
  type LineIdentity,
  type LineSignal,
  type LineStatus,
} from '@multiline/core';

/** A line without a wire: a test or a story says what the network does. No audio; for audio there is `sipLine` on `wire()`. */
export interface ScriptedLine extends Line {
  /** What the network says of the registration. */
  status(status: LineStatus): void;
  /** Somebody calls. */
  ring(from: { address: string; name?: string; called?: string; queue?: string; correlation?: string }): ScriptedCall;
  /** The next dials and answers fail with this, e.g. a microphone that is blocked; null for none. */
  failWith(error: MultiLineError | null): void;
  /** Calls that were dialed, oldest first. */
  readonly dialed: readonly ScriptedCall[];
  /** Every call, dialed or received. */
  readonly calls: readonly ScriptedCall[];
}

export interface ScriptedCall extends LineCall {
  /** What the wire does next. */
  signal(signal: LineSignal): void;
  /** What our side asked for, in order: `answer`, `decline busy`, `hang-up`, `mute`, `digits 12#`. */
  readonly asked: readonly string[];
}

export interface ScriptedLineOptions {
  identity?: LineIdentity;
  /** Registers and answers by itself as a good network would; false leaves every signal to the script. */
  obliging?: boolean;
}

const ann: LineIdentity = {
  uri: 'sip:ann@sandbox.test',
  displayName: 'Ann Archer',
  extension: '1001',
  number: '+14155550001',
};

export function scriptedLine({ identity = ann, obliging = true }: ScriptedLineOptions = {}): ScriptedLine {
  const $status = atom<LineStatus>({ state: 'off' });
  const listeners = new Set<(call: LineCall) => void>();
  const calls: ScriptedCall[] = [];
  let failure: MultiLineError | null = null;
  let count = 0;

  function makeCall(
    direction: LineCall['direction'],
    remote: LineCall['remote'],
    more: { called?: string; queue?: string; correlation?: string } = {},
  ): ScriptedCall {
    const id = `scripted-${++count}`;
    const heard: LineSignal[] = [];
    const asked: string[] = [];
    const hearing = new Set<(signal: LineSignal) => void>();
    const signal = (next: LineSignal): void => {
      heard.push(next);
      for (const listener of hearing) listener(next);
    };
    const { correlation = `${id}@sandbox.test`, ...named } = more;
    const call: ScriptedCall = {
      id,
      correlation,
      direction,
      remote,
      ...named,
      asked,
      signal,
      listen(listener) {
        hearing.add(listener);
        for (const past of heard) listener(past);
        return () => void hearing.delete(listener);
      },
      answer() {
        asked.push('answer');
        if (failure) return Promise.reject(failure);
        if (obliging) signal({ type: 'answered' });
        return Promise.resolve();
      },
      decline(how = 'declined') {
        asked.push(`decline ${how}`);
        if (obliging) signal({ type: 'ended', reason: 'declined', by: 'us' });
        return Promise.resolve();
      },
      hangUp() {
        asked.push('hang-up');
        const answered = heard.some(({ type }) => type === 'answered');
        if (obliging) signal({ type: 'ended', reason: answered ? 'completed' : 'cancelled', by: 'us' });
        return Promise.resolve();
      },
      mute(muted) {
        asked.push(muted ? 'mute' : 'unmute');
        if (obliging) signal({ type: 'muted', muted });
      },
      sendDigits(digits) {
        asked.push(`digits ${digits}`);
        if (obliging) signal({ type: 'digits-sent', digits });
        return Promise.resolve();
      },
    };
    calls.push(call);
    return call;
  }

  return {
    $status,
    identity,
    device: 'here',
    calls,
    get dialed() {
      return calls.filter(({ direction }) => direction === 'outbound');
    },
    status: (status) => $status.set(status),
    failWith: (error) => void (failure = error),
    ring({ address, name, ...more }) {
      const call = makeCall('inbound', { address, ...(name && { name }) }, more);
      for (const listener of listeners) listener(call);
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
    dial(target) {
      if (failure) return Promise.reject(failure);
      if ($status.get().state !== 'registered') return Promise.reject(new MultiLineError('not-registered'));
      return Promise.resolve(makeCall('outbound', { address: target }));
    },
    prepare: () => undefined,
    reconnect() {
      if (obliging) $status.set({ state: 'registered' });
    },
  };
}
