import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Asterisk keeps what was heard in a folder of its own. */
const FOLDERS = { INBOX: false, Old: true };

/** The mailboxes in Asterisk's spool. It moves and removes the messages itself, and so tells the phones. */
export function messages(asterisk, spool) {
  async function all(user) {
    const found = await Promise.all(
      Object.entries(FOLDERS).map(async ([folder, heard]) => {
        const path = join(spool, 'voicemail/default', user, folder);
        const names = await readdir(path).catch(() => []);
        const texts = names.filter((name) => name.endsWith('.txt'));
        return Promise.all(texts.map((name) => read(join(path, name), folder, heard)));
      }),
    );
    return found.flat().sort((a, b) => b.at - a.at);
  }
  async function one(user, id) {
    return (await all(user)).find((message) => message.id === id);
  }
  return {
    async list(user) {
      return (await all(user)).map(({ folder: _folder, file: _file, ...message }) => message);
    },
    async audio(user, id) {
      const message = await one(user, id);
      return message && readFile(message.file.replace(/\.txt$/, '.wav'));
    },
    async mark(user, id, heard) {
      const message = await one(user, id);
      if (!message) return false;
      const [ToFolder] = Object.entries(FOLDERS).find(([, of]) => of === heard);
      if (ToFolder !== message.folder)
        await asterisk.ask('VoicemailMove', {
          Mailbox: user,
          Context: 'default',
          Folder: message.folder,
          ID: id,
          ToFolder,
        });
      return true;
    },
    async remove(user, id) {
      const message = await one(user, id);
      if (!message) return false;
      await asterisk.ask('VoicemailRemove', { Mailbox: user, Context: 'default', Folder: message.folder, ID: id });
      return true;
    },
  };
}

/** The text file beside a recording: `name=value`, line by line. */
async function read(file, folder, heard) {
  const text = await readFile(file, 'utf8');
  const value = (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
  const [, name = '', number = value('callerid')] = /^"?(.*?)"? <(.*)>$/.exec(value('callerid')) ?? [];
  return {
    id: value('msg_id'),
    from: number,
    ...(name && { name }),
    at: Number(value('origtime')) * 1000,
    durationMs: Number(value('duration')) * 1000,
    heard,
    folder,
    file,
  };
}
