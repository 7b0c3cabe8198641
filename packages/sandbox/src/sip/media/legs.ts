import { learnContact, type Core } from '../core.ts';
import { dialogOf, dialogRequest, type Dialog } from '../dialog.ts';
import { parseUri } from '../address.ts';
import type { Flow } from '../flows.ts';
import { header, headerList, type Header, type SipRequest, type SipResponse } from '../message.ts';
import { tagOf } from '../response.ts';
import type { ServerTransaction } from '../transactions.ts';
import type { Part, Stage } from './parts.ts';
import { openVoice, type Voice } from './voice.ts';

const ACK_MS = 32_000;
const BYE_MS = 32_000;
const SDP = { name: 'Content-Type', value: 'application/sdp' };

/** A call this server makes itself, for one of its users. */
export interface OutgoingOrder {
  readonly user: string;
  /** Request-URI. */
  readonly uri: string;
  readonly callId: string;
  /** Shown beside the user's own address. */
  readonly display?: string;
  readonly part: Part;
  onAnswered(stage: Stage): void;
  /** Once: with the refusal's status, or with 200 for a call that was answered and is over. */
  onEnded(status: number): void;
}

/** The calls this server is a party of. */
export interface Legs {
  /** Answers an INVITE with a part. */
  answer(transaction: ServerTransaction, part: Part): void;
  /** Calls somebody; the result stops the ringing, with a Reason (RFC 3326), or hangs up. */
  call(order: OutgoingOrder): (reason?: string) => void;
  /** Takes a request inside one of our dialogs; false when it belongs to none. */
  onRequest(transaction: ServerTransaction): boolean;
  onAck(request: SipRequest): void;
  /** Hangs up everything. */
  end(): Promise<void>;
}

interface Leg {
  readonly voice: Voice;
  readonly part: Part;
  readonly stage: Stage;
  readonly dialog: Dialog;
  readonly contact: Header;
  /** Whether our own offer still waits for the answer in an ACK. */
  offered: boolean;
  stopWaiting: () => void;
  readonly onEnded: () => void;
}

/** Makes an empty set of legs; `inside` is the way into this server for what they send. */
export function createLegs(core: Core, inside: (user: string) => Flow): Legs {
  const legs = new Map<string, Leg>();

  const legOf = (request: SipRequest) => legs.get(parseUri(request.uri)?.user ?? '');
  const contactOf = (id: string): Header => ({ name: 'Contact', value: `<sip:${id}@${core.domain};transport=ws>` });

  const drop = async (id: string): Promise<void> => {
    const leg = legs.get(id);
    if (!leg) return;
    legs.delete(id);
    leg.stopWaiting();
    leg.part.ended?.();
    leg.onEnded();
    await leg.voice.close().catch(() => undefined);
  };

  const hangUp = async (id: string): Promise<void> => {
    const leg = legs.get(id);
    if (leg) {
      const request = dialogRequest(leg.dialog, 'BYE');
      core.transactions.send({ request, flow: inside(id), timeoutMs: BYE_MS, onResponse: () => undefined });
    }
    await drop(id);
  };

  const openStage = async (id: string, part: Part): Promise<{ voice: Voice; stage: Stage }> => {
    const stage: Stage = { send: (heard) => voice.send(heard), hangUp: () => void hangUp(id) };
    const voice = await openVoice(part.codecs, {
      onOpen: () => part.begin?.(stage),
      onHeard: (heard) => part.heard?.(heard, stage),
      onDigit: (digit) => part.pressed?.(digit, stage),
      onLost: () => void hangUp(id),
    });
    return { voice, stage };
  };

  const describe = async (voice: Voice, request: SipRequest): Promise<string> =>
    request.body === '' ? voice.offer() : voice.answer(request.body);

  const open = async (transaction: ServerTransaction, part: Part): Promise<void> => {
    const { request } = transaction;
    const id = `leg-${core.random()}`;
    const tag = core.random();
    const contact = contactOf(id);
    const dialog = dialogOf(request, 'To', `${header(request, 'To') ?? ''};tag=${tag}`);
    if (!dialog) {
      transaction.respond(400);
      return;
    }
    const recordRoute = headerList(request, 'Record-Route').map((value) => ({ name: 'Record-Route', value }));
    const { voice, stage } = await openStage(id, part);
    const body = await describe(voice, request).catch(() => undefined);
    // The caller may have given up while the media was set up.
    if (body === undefined || transaction.answered) {
      await voice.close();
      transaction.respond(488);
      return;
    }
    const stopWaiting = core.timers.after(ACK_MS, () => void hangUp(id));
    const offered = request.body === '';
    legs.set(id, { voice, part, stage, dialog, contact, offered, stopWaiting, onEnded: () => undefined });
    learnContact(core, request, transaction.flow);
    transaction.respond(200, { headers: [...recordRoute, contact, SDP], body, toTag: tag });
    if (part.maxMs !== undefined) core.timers.after(part.maxMs, () => void hangUp(id));
  };

  const renew = async (transaction: ServerTransaction, leg: Leg): Promise<void> => {
    const { request } = transaction;
    const body = await describe(leg.voice, request).catch(() => undefined);
    if (body === undefined) {
      transaction.respond(488);
      return;
    }
    leg.offered = request.body === '';
    transaction.respond(200, { headers: [leg.contact, SDP], body });
  };

  return {
    answer(transaction, part) {
      const type = header(transaction.request, 'Content-Type')?.toLowerCase() ?? 'application/sdp';
      if (transaction.request.body !== '' && !type.startsWith('application/sdp')) {
        transaction.respond(415);
        return;
      }
      transaction.onCancel = () => transaction.respond(487);
      void open(transaction, part).catch(() => transaction.respond(500));
    },
    call(order) {
      const id = `leg-${core.random()}`;
      const flow = inside(order.user);
      let stop: (reason?: string) => void = () => undefined;
      let stopped = false;
      let answered = false;
      const start = async () => {
        const { voice, stage } = await openStage(id, order.part);
        const body = await voice.offer();
        const refused = (status: number) => {
          void voice.close();
          order.part.ended?.();
          order.onEnded(status);
        };
        if (stopped) {
          refused(487);
          return;
        }
        const onResponse = (response: SipResponse) => {
          if (response.status >= 300) refused(response.status);
          if (response.status < 200 || response.status >= 300) return;
          const dialog = dialogOf(response, 'From', header(response, 'From') ?? '');
          if (!dialog) return;
          dialog.sequence = 1;
          core.transactions.sendOnly(dialogRequest(dialog, 'ACK', 1), flow);
          // The same answer again: only the ACK was lost.
          if (answered) return;
          answered = true;
          const onEnded = () => order.onEnded(200);
          const contact = contactOf(id);
          legs.set(id, {
            voice,
            part: order.part,
            stage,
            dialog,
            contact,
            offered: false,
            stopWaiting: () => undefined,
            onEnded,
          });
          if (stopped) void hangUp(id);
          else {
            voice.accept(response.body).then(
              () => order.onAnswered(stage),
              () => void hangUp(id),
            );
          }
        };
        const request = inviteOf(core, order, contactOf(id), body);
        const client = core.transactions.send({ request, flow, onResponse });
        stop = (reason) => client.cancel(reason);
      };
      start().catch(() => order.onEnded(500));
      return (reason) => {
        stopped = true;
        if (answered) void hangUp(id);
        else stop(reason);
      };
    },
    onRequest(transaction) {
      const { request } = transaction;
      const leg = legOf(request);
      const ours = leg && header(request, 'Call-ID') === leg.dialog.callId;
      if (!ours || tagOf(header(request, 'To')) !== tagOf(leg.dialog.local)) return false;
      if (request.method === 'BYE') {
        transaction.respond(200);
        void drop(parseUri(request.uri)?.user ?? '');
      } else if (request.method === 'INVITE' || (request.method === 'UPDATE' && request.body !== '')) {
        transaction.respond(100);
        void renew(transaction, leg).catch(() => transaction.respond(500));
      } else if (['INFO', 'OPTIONS', 'UPDATE', 'MESSAGE', 'NOTIFY'].includes(request.method)) {
        transaction.respond(200);
        const digit = request.method === 'INFO' ? digitOf(request) : undefined;
        if (digit !== undefined) leg.part.pressed?.(digit, leg.stage);
      } else transaction.respond(405);
      return true;
    },
    onAck(request) {
      const leg = legOf(request);
      if (!leg) return;
      leg.stopWaiting();
      if (!leg.offered || request.body === '') return;
      leg.offered = false;
      leg.voice.accept(request.body).catch(() => void hangUp(parseUri(request.uri)?.user ?? ''));
    },
    async end() {
      await Promise.all([...legs.keys()].map(hangUp));
    },
  };
}

/** The INVITE of a call that this server makes. */
function inviteOf(
  core: Core,
  { user, uri, callId, display }: OutgoingOrder,
  contact: Header,
  body: string,
): SipRequest {
  const name = display === undefined ? '' : `"${display.replace(/["\\]/g, '')}" `;
  const headers: Header[] = [
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: `${name}<sip:${user}@${core.domain}>;tag=${core.random()}` },
    { name: 'To', value: `<${uri}>` },
    { name: 'Call-ID', value: callId },
    { name: 'CSeq', value: '1 INVITE' },
    contact,
    SDP,
  ];
  return { kind: 'request', method: 'INVITE', uri, headers, body };
}

/** The key of an INFO: `Signal=5` (application/dtmf-relay) or the key alone (application/dtmf). */
function digitOf(request: SipRequest): string | undefined {
  return /^(?:[^]*?Signal\s*=\s*)?([\d*#A-D])\s*(?:$|[\r\n])/i.exec(request.body)?.[1]?.toUpperCase();
}
