import { parseAddress } from './address.ts';
import type { Core } from './core.ts';
import type { Flow } from './flows.ts';
import { header, headerList, type Header, type SipMessage, type SipRequest, type SipResponse } from './message.ts';

const BYE_MS = 32_000;

/** Our own end of a dialog, where this server is a party and not only on the way. */
export interface Dialog {
  readonly callId: string;
  /** From and To of requests that we send, tags included. */
  readonly local: string;
  readonly remote: string;
  /** Request-URI of what we send. */
  readonly target: string;
  /** The last CSeq number that we used. */
  sequence: number;
}

/** The dialog that a message with a Contact established, seen from the side named. */
export function dialogOf(message: SipMessage, localHeader: 'From' | 'To', local: string): Dialog | undefined {
  const contact = parseAddress(headerList(message, 'Contact')[0] ?? '');
  const remote = header(message, localHeader === 'From' ? 'To' : 'From');
  if (!contact || remote === undefined) return undefined;
  return { callId: header(message, 'Call-ID') ?? '', local, remote, target: contact.uriText, sequence: 0 };
}

/** A request inside a dialog; `sequence` overrides the next number, as ACK needs it. */
export function dialogRequest(dialog: Dialog, method: string, sequence = ++dialog.sequence): SipRequest {
  const headers: Header[] = [
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: dialog.local },
    { name: 'To', value: dialog.remote },
    { name: 'Call-ID', value: dialog.callId },
    { name: 'CSeq', value: `${String(sequence)} ${method}` },
  ];
  return { kind: 'request', method, uri: dialog.target, headers, body: '' };
}

/** Ends a call that was answered when nobody was waiting any more: the caller gave up, or someone was faster. */
export function endDialog(core: Core, answer: SipResponse, flow: Flow): void {
  const dialog = dialogOf(answer, 'From', header(answer, 'From') ?? '');
  if (!dialog) return;
  const sequence = Number(header(answer, 'CSeq')?.split(/\s+/)[0]);
  dialog.sequence = sequence;
  core.transactions.sendOnly(dialogRequest(dialog, 'ACK', sequence), flow);
  const request = dialogRequest(dialog, 'BYE');
  core.transactions.send({ request, flow, timeoutMs: BYE_MS, onResponse: () => undefined });
}
