import { atom, type ReadableAtom } from 'nanostores';
import { within } from '../deadline.ts';
import type { Clock } from '../ports/clock.ts';
import { asFailure, MultiLineError, type Failure } from '../ports/errors.ts';
import type { Line, MessageWaiting, VoicemailBox, VoicemailMessage } from '../ports/line.ts';
import type { Voicemail } from '../workspace-state.ts';

/** How long the mailbox may take to answer (ms). */
const ANSWER_MS = 20_000;
/** A recording may be long, and the way to it slow (ms). */
const AUDIO_MS = 60_000;

/** The mailbox of the line: how many messages wait, as the leading tab hears it, and the messages once a tab asked for them. */
export interface VoicemailStore {
  readonly $voicemail: ReadableAtom<Voicemail>;
  readonly $waiting: ReadableAtom<MessageWaiting | null>;
  /** Hears the line's count while this tab leads. Answers how to stop. */
  attach(): () => void;
  /** Takes the count over from the leading tab. */
  mirror(waiting: MessageWaiting | null): void;
  load(): Promise<void>;
  audio: VoicemailBox['audio'];
  mark(id: string, heard: boolean): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): void;
}

export function createVoicemail(line: Line, clock: Clock): VoicemailStore {
  const { voicemail } = line;
  const $waiting = atom<MessageWaiting | null>(null);
  const $voicemail = atom<Voicemail>({ state: voicemail ? 'count' : 'none', fresh: 0, messages: [] });
  /** The list was asked for once: from then on it follows the count. */
  let wanted = false;
  let loading: AbortController | null = null;

  /** What was shown stays while the list is asked for anew, and when that fails. */
  function show(state: Voicemail['state'], messages: readonly VoicemailMessage[], failure?: Failure): void {
    const unheard = messages.filter(({ heard }) => !heard).length;
    $voicemail.set({ state, fresh: $waiting.get()?.fresh ?? unheard, messages, ...(failure && { failure }) });
  }

  function box(): VoicemailBox {
    if (!voicemail) throw new MultiLineError('unsupported');
    return voicemail;
  }

  async function load(): Promise<void> {
    const from = box();
    wanted = true;
    loading?.abort();
    const own = new AbortController();
    loading = own;
    show('loading', $voicemail.get().messages);
    try {
      const messages = await within(clock, ANSWER_MS, (signal) => from.list(signal), own.signal);
      if (loading === own) show('ready', messages);
    } catch (error) {
      // Asked again meanwhile: that answer counts.
      if (loading !== own) return;
      show('failed', $voicemail.get().messages, asFailure(error));
      throw error;
    }
  }

  function count(waiting: MessageWaiting | null): void {
    const before = $waiting.get();
    if (before?.fresh === waiting?.fresh && before?.heard === waiting?.heard) return;
    $waiting.set(waiting);
    const { state, messages, failure } = $voicemail.get();
    const idle = voicemail || waiting ? 'count' : 'none';
    show(wanted ? state : idle, messages, failure);
    // The store says what it failed of.
    if (wanted && waiting) load().catch(() => undefined);
  }

  function edit(change: (messages: readonly VoicemailMessage[]) => readonly VoicemailMessage[]): void {
    const { state, messages, failure } = $voicemail.get();
    show(state, change(messages), failure);
  }

  return {
    $voicemail,
    $waiting,
    attach: () => line.$messageWaiting?.subscribe(count) ?? (() => undefined),
    mirror: count,
    load,
    audio: async (id, stop) => within(clock, AUDIO_MS, (signal) => box().audio(id, signal), stop),
    async mark(id, heard) {
      const mailbox = box();
      const mark = mailbox.mark?.bind(mailbox);
      if (!mark) throw new MultiLineError('unsupported');
      await within(clock, ANSWER_MS, (signal) => mark(id, heard, signal));
      edit((messages) => messages.map((message) => (message.id === id ? { ...message, heard } : message)));
    },
    async remove(id) {
      const mailbox = box();
      const remove = mailbox.remove?.bind(mailbox);
      if (!remove) throw new MultiLineError('unsupported');
      await within(clock, ANSWER_MS, (signal) => remove(id, signal));
      edit((messages) => messages.filter((message) => message.id !== id));
    },
    clear() {
      wanted = false;
      loading?.abort();
      loading = null;
      $waiting.set(null);
      show(voicemail ? 'count' : 'none', []);
    },
  };
}
