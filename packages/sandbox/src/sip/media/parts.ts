import { FRAME, FRAME_MS, toneFrames } from './g711.ts';
import type { Heard } from './voice.ts';

/** What a part may do on its call. */
export interface Stage {
  send(heard: Heard): void;
  hangUp(): void;
}

/** What this server's end of a call does. All but the codecs may be absent. */
export interface Part {
  readonly codecs: 'any' | 'g711';
  /** How long it may last; for ever where absent. */
  readonly maxMs?: number;
  /** The audio path is open. */
  begin?(stage: Stage): void;
  heard?(heard: Heard, stage: Stage): void;
  /** A key was pressed, as RFC 4733 or INFO. */
  pressed?(digit: string, stage: Stage): void;
  /** The call is over, whoever ended it. */
  ended?(): void;
}

/** Sends back what it hears. */
export const echo: Part = { codecs: 'any', heard: (heard, stage) => stage.send(heard) };

/** A phone that has heard enough with the 200 may never open a path. */
const ACKNOWLEDGED_MS = 10_000;

/** Says by one short tone that it is done, and hangs up. */
export function acknowledgement(): Part {
  let stop: () => void = () => undefined;
  return {
    codecs: 'g711',
    maxMs: ACKNOWLEDGED_MS,
    begin(stage) {
      stop = play(stage, toneFrames(620, 300), () => stage.hangUp());
    },
    ended: () => stop(),
  };
}

/** Sends frames at their pace; `done` is called after the last one, the result stops it. */
export function play(stage: Stage, frames: readonly Buffer[], done: () => void): () => void {
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    // A timer that comes late makes up for it: the pace is the clock's.
    const due = Math.floor((performance.now() - startedAt) / FRAME_MS) + 1;
    for (; sent < Math.min(due, frames.length); sent++) {
      stage.send({ payload: frames[sent] ?? Buffer.alloc(0), elapsed: FRAME });
    }
    if (sent < frames.length) return;
    clearInterval(timer);
    done();
  }, FRAME_MS);
  timer.unref();
  return () => clearInterval(timer);
}
