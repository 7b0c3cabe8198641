import type { Clock } from '@multiline/core';

export interface PulseOptions {
  readonly clock: Clock;
  /** How often the server is asked for a sign of life, in ms; looked up anew each time. */
  readonly intervalMs: () => number;
  /** How long the sign may take, in ms; looked up anew each time. */
  readonly deadlineMs: () => number;
  readonly ask: () => void;
  /** No sign of life: the link is dead, whatever the socket says. */
  readonly onDead: () => void;
}

/** Watches a link: a socket whose other side has vanished stays open for minutes, and a call would never come in. */
export interface Pulse {
  /** From now on, at the interval of the moment. */
  start(): void;
  stop(): void;
  /** Something was heard. */
  beat(): void;
  /** Asks now: there is a reason to doubt. */
  doubt(): void;
}

export function createPulse({ clock, intervalMs, deadlineMs, ask, onDead }: PulseOptions): Pulse {
  let cancel: (() => void) | undefined;
  let asked = false;

  function start(): void {
    cancel?.();
    asked = false;
    cancel = clock.at(clock.now() + intervalMs(), doubt);
  }

  function doubt(): void {
    cancel?.();
    asked = true;
    cancel = clock.at(clock.now() + deadlineMs(), () => {
      cancel = undefined;
      asked = false;
      onDead();
    });
    ask();
  }

  return {
    start,
    stop() {
      cancel?.();
      cancel = undefined;
      asked = false;
    },
    beat() {
      if (asked) start();
    },
    doubt,
  };
}
