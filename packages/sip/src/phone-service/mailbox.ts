import type { VoicemailBox, VoicemailMessage } from '@multiline/core';
import { asFields, fieldsOf, textOf } from './fields.ts';
import type { ServiceClient } from './request.ts';

/** The user's mailbox at the service: `messages`, `messages/{id}`, `messages/{id}/audio`. */
export function mailbox(ask: ServiceClient): VoicemailBox {
  const pathOf = (id: string): string => `messages/${encodeURIComponent(id)}`;
  return {
    async list(signal) {
      const { messages } = await fieldsOf(await ask({ method: 'GET', path: 'messages', signal }));
      return Array.isArray(messages) ? messages.flatMap(readMessage) : [];
    },
    async audio(id, signal) {
      const response = await ask({ method: 'GET', path: `${pathOf(id)}/audio`, signal });
      const type = /^audio\/[\w.+-]+/.exec(response.headers.get('Content-Type') ?? '')?.[0] ?? 'audio/wav';
      return { type, bytes: await response.arrayBuffer() };
    },
    async mark(id, heard, signal) {
      await ask({ method: 'PATCH', path: pathOf(id), body: { heard }, signal });
    },
    async remove(id, signal) {
      await ask({ method: 'DELETE', path: pathOf(id), signal });
    },
  };
}

/** One without an id could be neither played nor removed. */
function readMessage(value: unknown): VoicemailMessage[] {
  const fields = asFields(value);
  if (!fields || typeof fields['id'] !== 'string' || fields['id'] === '') return [];
  const name = textOf(fields['name']);
  const number = (of: unknown): number => (typeof of === 'number' && Number.isFinite(of) && of > 0 ? of : 0);
  return [
    {
      id: fields['id'],
      from: textOf(fields['from']),
      ...(name === '' ? {} : { name }),
      at: number(fields['at']),
      durationMs: number(fields['durationMs']),
      heard: fields['heard'] === true,
    },
  ];
}
