import type { Line, LineCall, LineSignal } from '@multiline/core';

export type SignalOf<Type extends LineSignal['type']> = Extract<LineSignal, { readonly type: Type }>;

/** What a call has signalled, and what it will. */
export interface LineSignals {
  /** All so far, in order. */
  readonly all: readonly LineSignal[];
  /** Of these whatever a person may notice: not what takes the call to another page. */
  readonly shown: readonly LineSignal[];
  /** The first signal of this type that has not been taken yet, as soon as it is there. */
  next<Type extends LineSignal['type']>(type: Type): Promise<SignalOf<Type>>;
}

/** Listens to a call, so that a test can wait for what happens instead of for time. */
export function lineSignals(call: LineCall): LineSignals {
  const all: LineSignal[] = [];
  const fresh: LineSignal[] = [];
  const waiting = new Set<() => void>();
  call.listen((signal) => {
    all.push(signal);
    fresh.push(signal);
    for (const look of [...waiting]) look();
  });
  return {
    all,
    get shown() {
      return all.filter(({ type }) => type !== 'resumable');
    },
    next: <Type extends LineSignal['type']>(type: Type) =>
      new Promise<SignalOf<Type>>((resolve) => {
        const look = (): void => {
          const index = fresh.findIndex((signal) => signal.type === type);
          if (index < 0) return;
          waiting.delete(look);
          resolve(fresh.splice(index, 1)[0] as SignalOf<Type>);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The next call that comes in on a line. */
export function nextIncoming(line: Line): Promise<LineCall> {
  return new Promise((resolve) => {
    const stop = line.onIncoming((call) => {
      stop();
      resolve(call);
    });
  });
}
