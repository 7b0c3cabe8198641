import type { Clock } from '@multiline/core';

export interface PulseOptions {
  readonly clock: Clock;
  /** How often the server is asked for a sign of life, in ms; looked up anew each time. */
  readonly intervalMs: () => number;
  /** How long the sign may take, in ms; looked up anew each time. */
  readonly deadlineMs: () => number;
  /** How long it may take at least when there is a reason to think that the link is dead. */
  readonly hurriedMs: () => number;
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
  /**
   * Asks now: there is a reason to doubt.
   * @param hurried the link is as good as dead: only what answers as quickly as it has done lately is not.
   */
  doubt(hurried?: boolean): void;
}

/** A server that took so long lately may take this many times as long. */
const PATIENCE = 4;
/** What share of the slowest answer so far the next quick one leaves of it. */
const MEMORY = 0.8;

export function createPulse({ clock, intervalMs, deadlineMs, hurriedMs, ask, onDead }: PulseOptions): Pulse {
  let cancel: (() => void) | undefined;
  let asked: { readonly at: number; readonly dueAt: number } | undefined;
  let slowestMs = 0;

  function rest(): void {
    cancel?.();
    cancel = undefined;
    asked = undefined;
  }

  function start(): void {
    rest();
    cancel = clock.at(clock.now() + intervalMs(), () => doubt());
  }

  function doubt(hurried = false): void {
    const { at, dueAt } = asked ?? { at: clock.now(), dueAt: Infinity };
    const again = asked !== undefined;
    const ms = hurried ? Math.min(deadlineMs(), Math.max(hurriedMs(), PATIENCE * slowestMs)) : deadlineMs();
    rest();
    // Whoever doubts again does not give it more time.
    asked = { at, dueAt: Math.min(dueAt, clock.now() + ms) };
    cancel = clock.at(asked.dueAt, () => {
      rest();
      onDead();
    });
    if (!again) ask();
  }

  return {
    start,
    stop: rest,
    beat() {
      if (!asked) return;
      slowestMs = Math.max(clock.now() - asked.at, MEMORY * slowestMs);
      start();
    },
    doubt,
  };
}
