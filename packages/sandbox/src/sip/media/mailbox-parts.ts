import type { Mailbox } from '../mailboxes.ts';
import { FRAME, FRAME_MS, toneFrames } from './g711.ts';
import { play, type Part, type Stage } from './parts.ts';

/** A caller who says nothing does not hold the line for ever. */
const MAX_MS = 120_000;
const GREETING = [...toneFrames(440, 400), ...toneFrames(0, 100), ...toneFrames(880, 200)];
const BETWEEN = [...toneFrames(0, 200), ...toneFrames(620, 200), ...toneFrames(0, 200)];

/** Greets by two tones and keeps what it hears after them, `limitMs` at most; `#` ends it. */
export function depositPart(
  mailbox: Mailbox,
  from: { readonly number: string; readonly name?: string },
  limitMs: number,
): Part {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let recording = false;
  let stop: () => void = () => undefined;
  return {
    codecs: 'g711',
    maxMs: MAX_MS,
    begin(stage) {
      stop = play(stage, GREETING, () => (recording = true));
    },
    heard({ payload }, stage) {
      if (!recording) return;
      chunks.push(payload);
      bytes += payload.length;
      if (bytes >= limitMs * (FRAME / FRAME_MS)) stage.hangUp();
    },
    pressed(digit, stage) {
      if (digit === '#') stage.hangUp();
    },
    ended() {
      stop();
      if (bytes > 0) mailbox.add(from, Buffer.concat(chunks));
    },
  };
}

/** Plays the messages of a mailbox, new ones first, each once: what was played to its end is heard; then hangs up. */
export function playbackPart(mailbox: Mailbox): Part {
  let stop: () => void = () => undefined;
  const next = (stage: Stage, left: readonly string[]) => {
    const [id, ...rest] = left;
    const recording = id === undefined ? undefined : mailbox.recording(id);
    if (id === undefined) {
      stop = play(stage, BETWEEN, () => stage.hangUp());
      return;
    }
    stop = play(stage, [...BETWEEN, ...framesOf(recording ?? Buffer.alloc(0))], () => {
      mailbox.mark(id, true);
      next(stage, rest);
    });
  };
  return {
    codecs: 'g711',
    begin(stage) {
      const messages = mailbox.list();
      const fresh = messages.filter(({ heard }) => !heard);
      next(
        stage,
        (fresh.length > 0 ? fresh : messages).map(({ id }) => id),
      );
    },
    ended: () => stop(),
  };
}

function framesOf(recording: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(recording.length / FRAME) }, (_, index) =>
    recording.subarray(index * FRAME, (index + 1) * FRAME),
  );
}
