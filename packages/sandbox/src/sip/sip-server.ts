import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { CallHandlings } from './call-handling.ts';
import type { Callbacks } from './callbacks.ts';
import type { Core } from './core.ts';
import { createFlows, type Flow } from './flows.ts';
import type { Mailboxes } from './mailboxes.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { answerable } from './validation.ts';
import { createRegistrar } from './registrar.ts';
import { createRouter, type Router } from './router.ts';
import { createTimers } from './timers.ts';
import { createTransactions } from './transactions.ts';
import { createResponse } from './response.ts';

/** Bytes; RFC 3261 sets no limit, this server does. */
const MAX_MESSAGE_BYTES = 65_536;
/** A frame beyond this is not even read: its socket is cut. */
const MAX_FRAME_BYTES = 1_048_576;

/** What an interceptor wants done with a message: let it through, lose it, or answer it itself. */
export type Verdict =
  | 'pass'
  | 'drop'
  | {
      readonly status: number;
      readonly reason?: string;
      readonly headers?: readonly { name: string; value: string }[];
    };

/** Whose socket a message came over. */
export interface Sender {
  /** The authenticated user; undefined before the first digest. */
  readonly user: string | undefined;
  readonly flow: string;
}

/** A device that is registered now. */
export interface RegisteredDevice {
  readonly user: string;
  readonly contact: string;
  /** What it calls itself (User-Agent). */
  readonly agent: string;
  readonly flow: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** How the server is set; every part has a default. */
export interface SipServerOptions {
  /** The SIP domain and digest realm; `sandbox.test`. */
  readonly domain?: string;
  /** The clock, epoch ms. */
  readonly now?: () => number;
  /** How long a call rings before 480; 30,000. */
  readonly noAnswerMs?: number;
  /** How long a device whose socket closed may come back before it counts as gone; 4,000. */
  readonly graceMs?: number;
  /**
   * Whether a call that rings is offered to a device that registers meanwhile, as Kamailio's tsilo does; true. Asterisk, among
   * others, offers it to nobody who comes late.
   */
  readonly lateForking?: boolean;
  /** How long a voice message may be; 60,000. */
  readonly maxRecordingMs?: number;
  /** How long somebody has to press a key before a callback gives up; 20,000. */
  readonly confirmMs?: number;
  /** Unfinished requests one socket may have; 200. */
  readonly maxPending?: number;
  /** Source of branches, tags and nonces. */
  readonly random?: () => string;
}

/** The embedded SIP server: it listens nowhere itself and takes the sockets of an HTTP server's `/sip`. */
export interface SipServer {
  readonly domain: string;
  /** Takes a WebSocket of subprotocol `sip` (RFC 7118). */
  accept(socket: WebSocket): void;
  /** Hangs up what it answers itself, closes every socket and ends all deadlines. */
  stop(): Promise<void>;
  /**
   * Ends calls on their way and what it answers itself, forgets texts, presence and call handling; mailboxes are as at
   * the start. Devices stay registered, and interceptors and observers stay until they are removed.
   */
  reset(): void;
  /** Shows each message that comes in to a handler that may lose or answer it; the result removes the handler. */
  intercept(handler: (message: SipMessage, from: Sender) => Verdict): () => void;
  /** Shows each message that leaves; the result removes the listener. */
  observe(listener: (message: SipMessage, to: Sender) => void): () => void;
  /** The devices registered now, of one user or of all. */
  registrations(user?: string): RegisteredDevice[];
  /** Writes a frame as it is to every socket of a user, for what a client must bear; to how many it went. */
  inject(user: string, frame: string | Uint8Array): number;
  /** Cuts the sockets a user authenticated on, as a network fault does; how many there were. */
  closeSocketsOf(user: string): number;
  /** Stalls the sockets a user authenticated on (open, but nothing passes), or lets them go on; how many there were. */
  stallSocketsOf(user: string, stalled: boolean): number;
  /** What becomes of everybody's calls. */
  readonly handlings: CallHandlings;
  /** Everybody's voice messages. */
  readonly mailboxes: Mailboxes;
  /** The calls that ring the user's own device first. */
  readonly callbacks: Callbacks;
  /** How many texts wait for a user. */
  storedMessages(user: string): number;
}

/** Makes a server that knows the users of the sandbox. */
export function createSipServer(options: SipServerOptions = {}): SipServer {
  const timers = createTimers();
  const random = options.random ?? (() => randomBytes(12).toString('hex'));
  const now = options.now ?? Date.now;
  const domain = options.domain ?? 'sandbox.test';
  const maxPending = options.maxPending ?? 200;
  const interceptors = new Set<(message: SipMessage, from: Sender) => Verdict>();
  const observers = new Set<(message: SipMessage, to: Sender) => void>();
  const senderOf = ({ user, id }: Flow): Sender => ({ user, flow: id });
  const flows = createFlows(timers, (message, flow) => {
    router.events.dialogs.see('out', message, flow.user);
    for (const observer of observers) observer(message, senderOf(flow));
  });
  const core: Core = {
    domain,
    sentBy: domain,
    now,
    random,
    noAnswerMs: options.noAnswerMs ?? 30_000,
    graceMs: options.graceMs ?? 4_000,
    lateForking: options.lateForking ?? true,
    maxRecordingMs: options.maxRecordingMs ?? 60_000,
    confirmMs: options.confirmMs ?? 20_000,
    timers,
    flows,
    registrar: createRegistrar(now),
    transactions: createTransactions({ timers, random, sentBy: domain }),
    closings: new Set(),
  };
  const router: Router = createRouter(core);

  const intercepted = (message: SipMessage, flow: Flow): boolean => {
    for (const handler of interceptors) {
      const verdict = handler(message, senderOf(flow));
      if (verdict === 'pass') continue;
      if (verdict !== 'drop' && message.kind === 'request' && message.method !== 'ACK') {
        const { status, ...answer } = verdict;
        flow.send(createResponse(message, status, { toTag: random(), ...answer }));
      }
      return true;
    }
    return false;
  };

  const onFrame = (flow: Flow, frame: Buffer) => {
    if (frame.length > MAX_FRAME_BYTES) {
      flow.close();
      return;
    }
    const text = frame.toString();
    if (/^[\r\n]*$/.test(text)) {
      // The keep-alive of RFC 5626 §3.5.1: a double CRLF is answered with one.
      if (text === '\r\n\r\n') flow.sendFrame('\r\n');
      return;
    }
    const reading = parseMessage(text);
    if (!reading || !answerable(reading.message)) return;
    const { message } = reading;
    let { defect } = reading;
    if (!isUtf8(frame)) defect ??= { status: 400, reason: 'Not UTF-8' };
    if (frame.length > MAX_MESSAGE_BYTES) defect = { status: 513, reason: 'Message Too Large' };
    if (intercepted(message, flow)) return;
    if (!defect) router.events.dialogs.see('in', message, flow.user);
    if (message.kind === 'response') {
      if (!defect) router.onResponse(message, flow);
      return;
    }
    const refuse = (status: number, reason?: string) => {
      if (message.method === 'ACK') return;
      flow.send(createResponse(message, status, { toTag: random(), ...(reason === undefined ? {} : { reason }) }));
    };
    if (defect) refuse(defect.status, defect.reason);
    else if (core.transactions.pendingOf(flow) >= maxPending && !['ACK', 'CANCEL', 'BYE'].includes(message.method)) {
      refuse(503, 'Too Many Pending Requests');
    } else router.onRequest(message, flow);
  };

  return {
    domain,
    accept(socket) {
      const flow = flows.add(socket);
      socket.on('message', (data: Buffer | ArrayBuffer | Buffer[]) => {
        onFrame(flow, Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer));
      });
      // An error is always followed by close, which does the work.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        flows.remove(flow);
        core.registrar.forgetFlow(flow);
        for (const listener of [...core.closings]) listener(flow);
      });
    },
    async stop() {
      await router.end();
      core.closings.clear();
      timers.clear();
      await flows.end();
      core.transactions.clear();
      core.registrar.clear();
    },
    reset: () => router.reset(),
    intercept(handler) {
      interceptors.add(handler);
      return () => void interceptors.delete(handler);
    },
    observe(listener) {
      observers.add(listener);
      return () => void observers.delete(listener);
    },
    registrations: (user) =>
      (user === undefined ? core.registrar.all() : core.registrar.bindings(user)).map((binding) => ({
        user: binding.user,
        contact: binding.uri,
        agent: binding.agent,
        flow: binding.flow.id,
        expiresAt: binding.expiresAt,
      })),
    inject: (user, frame) => [...flows.all].filter((flow) => flow.user === user && flow.sendFrame(frame)).length,
    closeSocketsOf(user) {
      const mine = [...flows.all].filter((flow) => flow.user === user);
      for (const flow of mine) flow.close();
      return mine.length;
    },
    stallSocketsOf(user, stalled) {
      const mine = [...flows.all].filter((flow) => flow.user === user);
      for (const flow of mine) flow.stall(stalled);
      return mine.length;
    },
    handlings: router.handlings,
    mailboxes: router.mailboxes,
    callbacks: router.callbacks,
    storedMessages: (user) => router.storedMessages(user),
  };
}
