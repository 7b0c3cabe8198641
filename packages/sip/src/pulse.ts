import type { Clock } from '@multiline/core';

export interface PulseOptions {
  readonly clock: Clock;
  /** How often the server is asked for a sign of life, in ms; looked up anew each time. */
  readonly intervalMs: () => number;
  /** How long the sign may take, in ms. */
  readonly deadlineMs: number;
  readonly ask: () => void;
  /** No sign of life: the link is dead, whatever the socket says. */
  readonly onDead: () => void;
}

/** Watches a link: a socket whose other side has vanished stays open for minutes, and a call would never come in. */
export interface Pulse {
  start(): void;
  stop(): void;
  /** Something was heard. */
  beat(): void;
}

export function createPulse({ clock, intervalMs, deadlineMs, ask, onDead }: PulseOptions): Pulse {
  let cancel: (() => void) | undefined;
  let heard = false;

  function wait(): void {
    cancel?.();
    cancel = clock.at(clock.now() + intervalMs(), () => {
      heard = false;
      cancel = clock.at(clock.now() + deadlineMs, () => {
        cancel = undefined;
        if (heard) wait();
        else onDead();
      });
      ask();
    });
  }

  return {
    start: wait,
    stop() {
      cancel?.();
      cancel = undefined;
    },
    beat() {
      heard = true;
    },
  };
}
