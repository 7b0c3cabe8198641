import { readAddress } from './address.ts';
import { readHead, type HeaderField } from './message-head.ts';

/** Where a number lives that has no server; nothing on the network can have this name (RFC 6761 §6.4). */
const nowhere = 'tel.invalid';

/**
 * Writes `tel:` addresses in From and To as the `sip:` addresses that RFC 3261 §19.1.6 makes of them, because SIP.js reads no
 * others and would lose the call. Any other message stays as it is.
 */
export function withSipAddresses(raw: string): string {
  const end = raw.indexOf('\r\n\r\n');
  if (end === -1 || !/tel:/i.test(raw.slice(0, end))) return raw;
  const { startLine, fields, body } = readHead(raw);
  let changed = false;
  const lines = fields.map((field) => {
    const value = sipAddress(field);
    changed ||= value !== field.value;
    return `${field.name}: ${value}`;
  });
  return changed ? `${[startLine, ...lines].join('\r\n')}\r\n\r\n${body}` : raw;
}

/** Writes them back in what SIP.js sends: the other side must find its own addresses. */
export function withTelephoneAddresses(message: string): string {
  if (!message.includes(`@${nowhere};`)) return message;
  const end = message.indexOf('\r\n\r\n');
  const head = end === -1 ? message : message.slice(0, end);
  const written = head.replace(/<sip:([^\s<>@]+)@tel\.invalid;user=phone>/g, (whole, number: string) => {
    try {
      return `<tel:${decodeURIComponent(number)}>`;
    } catch {
      return whole;
    }
  });
  return written + message.slice(head.length);
}

function sipAddress({ name, value }: HeaderField): string {
  if (name !== 'from' && name !== 'to') return value;
  const uri = readAddress(value)?.uri ?? '';
  if (!/^tel:[^@%]+$/i.test(uri)) return value;
  const address = `<sip:${uri.slice(4)}@${nowhere};user=phone>`;
  const bracketed = value.lastIndexOf(`<${uri}>`);
  if (bracketed === -1) return address + value.slice(value.indexOf(uri) + uri.length);
  return value.slice(0, bracketed) + address + value.slice(bracketed + uri.length + 2);
}
