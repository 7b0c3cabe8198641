import { placeOf, learnContact, type Core } from '../core.ts';
import { dialogOf, dialogRequest, type Dialog } from '../dialog.ts';
import { parseUri } from '../address.ts';
import { header, headerList, type Header, type SipRequest } from '../message.ts';
import { tagOf } from '../response.ts';
import type { ServerTransaction } from '../transactions.ts';
import { openVoice, type Voice, type VoiceKind } from './voice.ts';

const ACK_MS = 32_000;
const BYE_MS = 32_000;
const VOICEMAIL_MS = 120_000;

/** The calls this server answers itself. */
export interface Legs {
  /** Answers an INVITE with a voice. */
  answer(transaction: ServerTransaction, kind: VoiceKind): void;
  /** Takes a request inside one of our dialogs; false when it belongs to none. */
  onRequest(transaction: ServerTransaction): boolean;
  onAck(request: SipRequest): void;
  /** Hangs up everything. */
  end(): Promise<void>;
}

interface Leg {
  readonly voice: Voice;
  readonly dialog: Dialog;
  readonly contact: Header;
  /** Whether our own offer still waits for the answer in an ACK. */
  offered: boolean;
  stopWaiting: () => void;
}

/** Makes an empty set of legs. */
export function createLegs(core: Core): Legs {
  const legs = new Map<string, Leg>();
  const sdpType = { name: 'Content-Type', value: 'application/sdp' };

  const legOf = (request: SipRequest) => legs.get(parseUri(request.uri)?.user ?? '');

  const drop = async (id: string): Promise<void> => {
    const leg = legs.get(id);
    if (!leg) return;
    legs.delete(id);
    leg.stopWaiting();
    await leg.voice.close().catch(() => undefined);
  };

  const hangUp = async (id: string): Promise<void> => {
    const leg = legs.get(id);
    const place = leg && placeOf(leg.dialog.target);
    if (leg && place !== undefined) {
      const request = dialogRequest(leg.dialog, 'BYE');
      core.flows.wait(place, core.graceMs, (flow) => {
        if (flow) core.transactions.send({ request, flow, timeoutMs: BYE_MS, onResponse: () => undefined });
      });
    }
    await drop(id);
  };

  const describe = async (voice: Voice, request: SipRequest): Promise<string> =>
    request.body === '' ? voice.offer() : voice.answer(request.body);

  const open = async (transaction: ServerTransaction, kind: VoiceKind): Promise<void> => {
    const { request } = transaction;
    const id = `leg-${core.random()}`;
    const tag = core.random();
    const contact = { name: 'Contact', value: `<sip:${id}@${core.domain};transport=ws>` };
    const dialog = dialogOf(request, 'To', `${header(request, 'To') ?? ''};tag=${tag}`);
    if (!dialog) {
      transaction.respond(400);
      return;
    }
    const recordRoute = headerList(request, 'Record-Route').map((value) => ({ name: 'Record-Route', value }));
    const voice = await openVoice(kind, () => void hangUp(id));
    const body = await describe(voice, request).catch(() => undefined);
    // The caller may have given up while the media was set up.
    if (body === undefined || transaction.answered) {
      await voice.close();
      transaction.respond(488);
      return;
    }
    const stopWaiting = core.timers.after(ACK_MS, () => void hangUp(id));
    legs.set(id, { voice, dialog, contact, offered: request.body === '', stopWaiting });
    learnContact(core, request, transaction.flow);
    transaction.respond(200, { headers: [...recordRoute, contact, sdpType], body, toTag: tag });
    if (kind === 'voicemail') core.timers.after(VOICEMAIL_MS, () => void hangUp(id));
  };

  const renew = async (transaction: ServerTransaction, leg: Leg): Promise<void> => {
    const { request } = transaction;
    const body = await describe(leg.voice, request).catch(() => undefined);
    if (body === undefined) {
      transaction.respond(488);
      return;
    }
    leg.offered = request.body === '';
    transaction.respond(200, { headers: [leg.contact, sdpType], body });
  };

  return {
    answer(transaction, kind) {
      const type = header(transaction.request, 'Content-Type')?.toLowerCase() ?? 'application/sdp';
      if (transaction.request.body !== '' && !type.startsWith('application/sdp')) {
        transaction.respond(415, { reason: 'Unsupported Media Type' });
        return;
      }
      transaction.onCancel = () => transaction.respond(487);
      void open(transaction, kind).catch(() => transaction.respond(500));
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
