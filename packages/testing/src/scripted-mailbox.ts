import { MultiLineError, type VoicemailBox, type VoicemailMessage } from '@multiline/core';

/** A mailbox in memory. @param changed hears what is in it after each change */
export function scriptedMailbox(
  messages: readonly VoicemailMessage[],
  changed: (messages: readonly VoicemailMessage[]) => void,
): VoicemailBox {
  let kept = messages;

  function keep(now: readonly VoicemailMessage[]): Promise<void> {
    kept = now;
    changed(kept);
    return Promise.resolve();
  }

  return {
    list: () => Promise.resolve(kept),
    audio: (id) =>
      kept.some((message) => message.id === id)
        ? Promise.resolve({ type: 'audio/wav', bytes: new ArrayBuffer(44) })
        : Promise.reject(new MultiLineError('not-found')),
    mark: (id, heard) => keep(kept.map((message) => (message.id === id ? { ...message, heard } : message))),
    remove: (id) => keep(kept.filter((message) => message.id !== id)),
  };
}
