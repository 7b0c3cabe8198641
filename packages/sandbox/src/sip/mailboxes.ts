import { FRAME, FRAME_MS, toneFrames } from './media/g711.ts';

const MAX_MESSAGES = 50;

/** A message somebody left. */
export interface VoiceMessage {
  readonly id: string;
  /** Whose number, as the caller was identified. */
  readonly from: string;
  readonly name?: string;
  /** Epoch ms. */
  readonly at: number;
  readonly durationMs: number;
  readonly heard: boolean;
}

/** The messages of one user. */
export interface Mailbox {
  /** Newest first. */
  list(): readonly VoiceMessage[];
  /** Keeps a recording in µ-law; the oldest message goes when the box is full. */
  add(from: { readonly number: string; readonly name?: string }, recording: Buffer): void;
  /** The recording in µ-law. */
  recording(id: string): Buffer | undefined;
  /** False when there is no such message. */
  mark(id: string, heard: boolean): boolean;
  /** False when there is no such message. */
  remove(id: string): boolean;
}

/** Everybody's messages, in memory. */
export interface Mailboxes {
  of(user: string): Mailbox;
  count(user: string): { fresh: number; heard: number };
  /** Back to the messages everybody starts with; whoever resets tells of it. */
  reset(): void;
}

interface Kept {
  message: VoiceMessage;
  readonly recording: Buffer;
}

/** Makes the mailboxes; ann has a new message and one that was heard, so that a list has something to show. */
export function createMailboxes(now: () => number, onChange: (user: string) => void): Mailboxes {
  const boxes = new Map<string, Kept[]>();
  let count = 0;

  const keep = (
    user: string,
    from: { number: string; name?: string },
    recording: Buffer,
    at: number,
    heard = false,
  ) => {
    const durationMs = Math.round((recording.length / FRAME) * FRAME_MS);
    const { number, name } = from;
    const named = name === undefined ? {} : { name };
    const message = { id: `m${String(++count)}`, from: number, ...named, at, durationMs, heard };
    boxes.set(user, [{ message, recording }, ...(boxes.get(user) ?? [])].slice(0, MAX_MESSAGES));
  };

  const seed = () => {
    const spoken = (hertz: number) => Buffer.concat([...toneFrames(hertz, 700), ...toneFrames(hertz * 1.25, 700)]);
    keep('ann', { number: '+14155550101', name: 'Lucy Hall' }, spoken(330), now() - 86_400_000, true);
    keep('ann', { number: '+14155550199' }, spoken(260), now() - 3_600_000);
  };
  seed();

  const of = (user: string): Mailbox => {
    const box = () => boxes.get(user) ?? [];
    const find = (id: string) => box().find(({ message }) => message.id === id);
    return {
      list: () => box().map(({ message }) => message),
      add(from, recording) {
        keep(user, from, recording, now());
        onChange(user);
      },
      recording: (id) => find(id)?.recording,
      mark(id, heard) {
        const kept = find(id);
        if (!kept) return false;
        if (kept.message.heard !== heard) {
          kept.message = { ...kept.message, heard };
          onChange(user);
        }
        return true;
      },
      remove(id) {
        const kept = find(id);
        if (!kept) return false;
        boxes.set(
          user,
          box().filter((other) => other !== kept),
        );
        onChange(user);
        return true;
      },
    };
  };

  return {
    of,
    count(user) {
      const fresh = (boxes.get(user) ?? []).filter(({ message }) => !message.heard).length;
      return { fresh, heard: (boxes.get(user) ?? []).length - fresh };
    },
    reset() {
      boxes.clear();
      seed();
    },
  };
}
