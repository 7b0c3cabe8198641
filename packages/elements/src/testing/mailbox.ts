import type { Voicemail } from '@multiline/core';
import { StillWorkspace } from './still-workspace.ts';
import type { Stillness } from './still-workspace.ts';

const at = Date.UTC(2026, 10, 12, 14, 59);

export const messages = [
  { id: '1', from: '+14155550102', name: 'Larry Thomas', at, durationMs: 31_000, heard: false },
  { id: '2', from: '+14155550199', at: at - 26 * 60 * 60_000, durationMs: 8_000, heard: true },
];

/** A mailbox with a new message and one that was heard. */
export const ready: Voicemail = { state: 'ready', fresh: 1, messages };

/** A workspace with a mailbox whose messages can be heard and deleted. */
export function mailbox(voicemail: Voicemail, more: Stillness = {}, seconds = 0.5): StillWorkspace {
  const workspace = new StillWorkspace({ voicemail, capabilities: { voicemail: true }, ...more });
  workspace.voicemailAudio = async (id) => {
    workspace.commands.push(['voicemailAudio', id]);
    await Promise.resolve();
    return { type: 'audio/wav', bytes: tone(seconds) };
  };
  workspace.markVoicemail = async (id, heard) => {
    workspace.commands.push(['markVoicemail', id, heard]);
    await Promise.resolve();
    const now = workspace.$voicemail.get();
    workspace.$voicemail.set({
      ...now,
      messages: now.messages.map((one) => (one.id === id ? { ...one, heard } : one)),
    });
  };
  workspace.deleteVoicemail = async (id) => {
    workspace.commands.push(['deleteVoicemail', id]);
    await Promise.resolve();
    const now = workspace.$voicemail.get();
    workspace.$voicemail.set({ ...now, messages: now.messages.filter((message) => message.id !== id) });
  };
  return workspace;
}

/** A tone as a WAV file: 8 kHz, 16 bit, mono. */
function tone(seconds: number): ArrayBuffer {
  const samples = seconds * 8000;
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  const text = (offset: number, word: string): void => {
    for (const [index, letter] of [...word].entries()) view.setUint8(offset + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples * 2, true);
  for (let index = 0; index < samples; index++) {
    view.setInt16(44 + index * 2, 8000 * Math.sin((index / 8000) * 2 * Math.PI * 440), true);
  }
  return view.buffer;
}
