import { parseVia } from './address.ts';
import type { Flow } from './flows.ts';
import {
  header,
  headerList,
  withFirst,
  withHeader,
  withoutFirst,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import { createResponse, tagOf, type Answer } from './response.ts';
import type { Timers } from './timers.ts';

/** 64 × T1: how long a finished transaction still absorbs what comes twice (RFC 3261 §17). */
const LINGER_MS = 32_000;

/** A request that came in and is ours to answer. */
export interface ServerTransaction {
  readonly request: SipRequest;
  /** The socket answers go to; a retransmission over a new socket moves it. */
  flow: Flow;
  /** Whether a final response went out. */
  readonly answered: boolean;
  /** Answers with a response of our own; only the first final one counts. */
  respond(status: number, answer?: Answer): void;
  /** Passes on a response that came from further on, already without our Via. */
  relay(response: SipResponse): void;
  /** What a CANCEL does; none where there is nothing to stop. */
  onCancel: ((cancel: SipRequest) => void) | undefined;
}

/** A request that we sent on. */
export interface ClientTransaction {
  readonly request: SipRequest;
  flow: Flow;
  /** Sends the request once more, over another socket. */
  resend(flow: Flow): void;
  /** Sends CANCEL, with a Reason header where one is given (RFC 3326). */
  cancel(reason?: string): void;
  /** Stops listening. */
  end(): void;
}

/** What a request is sent with. */
export interface Sending {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** Gets every response, our Via taken off, repeated ones included for 2xx to INVITE only. */
  readonly onResponse: (response: SipResponse, flow: Flow) => void;
  /** Answers with 408 in the peer's place after so long; none leaves it to the sender. */
  readonly timeoutMs?: number;
}

/** The transactions of the server, matched by Via branch (RFC 3261 §17.1.3, §17.2.3). */
export interface Transactions {
  /** Takes in a request: a new transaction, or undefined for one that was here before (absorbed). */
  receive(request: SipRequest, flow: Flow): ServerTransaction | undefined;
  /** The INVITE that an ACK or CANCEL belongs to. */
  inviteOf(request: SipRequest): ServerTransaction | undefined;
  /** How many requests of that socket wait for a final response. */
  pendingOf(flow: Flow): number;
  /** Sends a request on. */
  send(sending: Sending): ClientTransaction;
  /** Sends what gets no answer: an ACK. */
  sendOnly(request: SipRequest, flow: Flow): void;
  /** Hands a response to the transaction it answers; false when there is none. */
  answer(response: SipResponse, flow: Flow): boolean;
  clear(): void;
}

/** What the tables need: deadlines, a source of branches and tags, and the name our Vias carry. */
export interface TransactionOptions {
  readonly timers: Timers;
  readonly random: () => string;
  readonly sentBy: string;
}

interface Client extends ClientTransaction {
  accept(response: SipResponse, flow: Flow): void;
}

/** Makes empty tables. */
export function createTransactions({ timers, random, sentBy }: TransactionOptions): Transactions {
  const servers = new Map<string, ServerTransaction & { last: SipResponse | undefined }>();
  const clients = new Map<string, Client>();
  const pending = new Map<Flow, number>();

  const keyOf = (request: SipRequest, method: string) => {
    const via = parseVia(headerList(request, 'Via')[0] ?? '');
    return `${via?.branch ?? ''}|${via?.sentBy ?? ''}|${method}|${header(request, 'Call-ID') ?? ''}`;
  };
  const ourVia = (branch: string) => ({ name: 'Via', value: `SIP/2.0/WS ${sentBy};branch=${branch}` });
  const count = (flow: Flow, step: number) => {
    const left = (pending.get(flow) ?? 0) + step;
    if (left > 0) pending.set(flow, left);
    else pending.delete(flow);
  };

  return {
    receive(request, flow) {
      const key = keyOf(request, request.method);
      const known = servers.get(key);
      if (known) {
        known.flow = flow;
        if (known.last) flow.send(known.last);
        return undefined;
      }
      const cameOn = flow;
      const toTag = random();
      let answered = false;
      const transaction: ServerTransaction & { last: SipResponse | undefined } = {
        request,
        flow,
        onCancel: undefined,
        last: undefined,
        get answered() {
          return answered;
        },
        respond(status, answer = {}) {
          if (!answered) transaction.relay(createResponse(request, status, { toTag, ...answer }));
        },
        relay(response) {
          transaction.last = response;
          transaction.flow.send(response);
          if (response.status < 200 || answered) return;
          answered = true;
          count(cameOn, -1);
          timers.after(LINGER_MS, () => servers.delete(key));
        },
      };
      servers.set(key, transaction);
      count(cameOn, 1);
      return transaction;
    },

    inviteOf: (request) => servers.get(keyOf(request, 'INVITE')),
    pendingOf: (flow) => pending.get(flow) ?? 0,

    send({ request, flow, onResponse, timeoutMs }) {
      const branch = `z9hG4bK${random()}`;
      const sent = withFirst(request, ourVia(branch));
      const invite = request.method === 'INVITE';
      let final: number | undefined;
      let cancelled = false;
      const end = () => {
        stopWaiting();
        clients.delete(branch);
      };
      const client: Client = {
        request: sent,
        flow,
        end,
        resend(next) {
          client.flow = next;
          next.send(sent);
        },
        cancel(reason) {
          if (cancelled || final !== undefined) return;
          cancelled = true;
          client.flow.send(cancelOf(sent, reason));
        },
        accept(response, from) {
          client.flow = from;
          if (invite && response.status >= 300) from.send(ackOf(sent, response));
          const repeated = final !== undefined;
          if (repeated && !(invite && response.status < 300 && response.status >= 200)) return;
          if (!repeated && response.status >= 200) {
            final = response.status;
            stopWaiting();
            timers.after(LINGER_MS, end);
          }
          onResponse(response, from);
        },
      };
      const stopWaiting =
        timeoutMs === undefined
          ? () => undefined
          : timers.after(timeoutMs, () => {
              end();
              onResponse(createResponse(request, 408, { toTag: random() }), client.flow);
            });
      clients.set(branch, client);
      flow.send(sent);
      return client;
    },

    sendOnly: (request, flow) => void flow.send(withFirst(request, ourVia(`z9hG4bK${random()}`))),

    answer(response, flow) {
      const via = parseVia(headerList(response, 'Via')[0] ?? '');
      const client = via && clients.get(via.branch);
      if (!client) return false;
      // A 200 to CANCEL carries the branch of its INVITE: the method in CSeq tells them apart.
      if (methodOf(response) !== client.request.method) return true;
      client.accept(withoutFirst(response, 'Via'), flow);
      return true;
    },

    clear() {
      servers.clear();
      clients.clear();
      pending.clear();
    },
  };
}

/** The method a CSeq header names. */
function methodOf(message: SipResponse | SipRequest): string {
  return header(message, 'CSeq')?.split(/\s+/)[1] ?? '';
}

/** The dialog parts that CANCEL and the ACK of a refusal copy from their INVITE, topmost Via only. */
function onBehalfOf(invite: SipRequest, method: string): SipRequest {
  const kept = ['from', 'to', 'call-id', 'route', 'max-forwards'];
  const sequence = header(invite, 'CSeq')?.split(/\s+/)[0] ?? '1';
  return {
    kind: 'request',
    method,
    uri: invite.uri,
    headers: [
      { name: 'Via', value: headerList(invite, 'Via')[0] ?? '' },
      ...invite.headers.filter(({ name }) => kept.includes(name.toLowerCase())),
      { name: 'CSeq', value: `${sequence} ${method}` },
    ],
    body: '',
  };
}

function cancelOf(invite: SipRequest, reason: string | undefined): SipRequest {
  const cancel = onBehalfOf(invite, 'CANCEL');
  return reason === undefined ? cancel : withHeader(cancel, 'Reason', reason);
}

function ackOf(invite: SipRequest, response: SipResponse): SipRequest {
  const to = header(response, 'To');
  const ack = onBehalfOf(invite, 'ACK');
  return to !== undefined && tagOf(to) !== undefined ? withHeader(ack, 'To', to) : ack;
}
