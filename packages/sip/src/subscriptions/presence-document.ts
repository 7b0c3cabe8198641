import type { Presence } from '@multiline/core';
import { plainText } from '../headers.ts';

/** Our presence as PIDF (RFC 3863) with the person's activity (RFC 4479, RFC 4480). */
export function presenceDocument(entity: string, { open, activity, note }: Presence): string {
  const noted = (name: string): string => (note ? `<${name}>${xmlText(note)}</${name}>` : '');
  const doing = activity ? `<rpid:activities><rpid:${activity}/></rpid:activities>` : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"' +
      ` xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="${xmlText(entity)}">`,
    `<tuple id="phone"><status><basic>${open ? 'open' : 'closed'}</basic></status>${noted('note')}</tuple>`,
    `<dm:person id="user">${doing}${noted('dm:note')}</dm:person>`,
    '</presence>',
    '',
  ].join('\r\n');
}

function xmlText(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return plainText(text).replace(/[&<>"]/g, (character) => escapes[character] ?? '');
}
