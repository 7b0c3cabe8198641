import { atom } from 'nanostores';
import { MultiLineError } from '../ports/errors.ts';
import type { Line, VoicemailBox } from '../ports/line.ts';
import type { Voicemail } from '../workspace.ts';

/** The mailbox of the line, if it has one. */
export function createVoicemail(line: Line) {
  const $voicemail = atom<Voicemail>({ state: 'none', fresh: 0, messages: [] });

  function box(): VoicemailBox {
    if (!line.voicemail) throw new MultiLineError('unsupported');
    return line.voicemail;
  }

  return {
    $voicemail,
    async load() {
      const messages = await box().list();
      $voicemail.set({ state: 'ready', fresh: messages.filter(({ heard }) => !heard).length, messages });
    },
    audio: async (id: string, signal?: AbortSignal) => box().audio(id, signal),
    mark: async (id: string, heard: boolean) => box().mark?.(id, heard),
    remove: async (id: string) => box().remove?.(id),
  };
}
