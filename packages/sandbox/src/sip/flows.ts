import type { WebSocket } from 'ws';
import { serialise, type SipMessage } from './message.ts';
import type { Timers } from './timers.ts';

/** A peer that reads this slowly is cut off: bytes waiting in its socket. */
const MAX_WAITING_BYTES = 4_000_000;
const LEAVE_MS = 500;

/** One client's socket. */
export interface Flow {
  readonly id: string;
  readonly open: boolean;
  /** This server itself, which needs no password. */
  readonly inside: boolean;
  /** The user who proved on this socket who they are. */
  user: string | undefined;
  /** Writes a message; false when the socket is gone. */
  send(message: SipMessage): boolean;
  /** Writes a bare frame: the answer to a keep-alive, or what a test wants a client to bear. */
  sendFrame(frame: string | Uint8Array): boolean;
  /** Cuts the socket. */
  close(): void;
  /** Reads and writes nothing any more, or goes on with what waited, while the socket stays open. */
  stall(stalled: boolean): void;
  /** Closes the socket in good order; resolved when it is closed, or cut because the peer did not care. */
  leave(): Promise<void>;
}

/** Every live socket, and which Contact is reached through which. */
export interface Flows {
  readonly all: ReadonlySet<Flow>;
  add(socket: WebSocket): Flow;
  remove(flow: Flow): void;
  /** Notes that a Contact is reached here, unless another user's live socket has it. */
  learn(key: string, flow: Flow): void;
  /** The live socket of a Contact. */
  find(key: string): Flow | undefined;
  /** Calls back with the Contact's socket now, once it comes back, or with undefined after `ms`. */
  wait(key: string, ms: number, callback: (flow: Flow | undefined) => void): void;
  /** Closes every socket. */
  end(): Promise<void>;
}

/** Makes an empty table; `onSend` sees all that leaves. */
export function createFlows(timers: Timers, onSend: (message: SipMessage, flow: Flow) => void): Flows {
  const all = new Set<Flow>();
  const contacts = new Map<string, Flow>();
  const waiting = new Map<string, Set<(flow: Flow) => void>>();
  let count = 0;

  const find = (key: string) => {
    const flow = contacts.get(key);
    return flow?.open ? flow : undefined;
  };

  return {
    all,
    add(socket) {
      const id = `flow-${String(++count)}`;
      let stalled = false;
      const waiting: (string | Uint8Array)[] = [];
      const write = (frame: string | Uint8Array) => {
        if (socket.readyState !== socket.OPEN) return false;
        if (stalled) {
          waiting.push(frame);
          return true;
        }
        if (socket.bufferedAmount > MAX_WAITING_BYTES) {
          socket.terminate();
          return false;
        }
        socket.send(frame);
        return true;
      };
      const flow: Flow = {
        id,
        inside: false,
        user: undefined,
        get open() {
          return socket.readyState === socket.OPEN;
        },
        send(message) {
          if (!write(serialise(message))) return false;
          onSend(message, flow);
          return true;
        },
        sendFrame: write,
        close: () => socket.terminate(),
        stall(next) {
          stalled = next;
          if (stalled) socket.pause();
          else {
            for (const frame of waiting.splice(0)) write(frame);
            socket.resume();
          }
        },
        leave: () =>
          new Promise((resolve) => {
            if (socket.readyState === socket.CLOSED) {
              resolve();
              return;
            }
            const cut = setTimeout(() => socket.terminate(), LEAVE_MS);
            socket.once('close', () => {
              clearTimeout(cut);
              resolve();
            });
            socket.close(1001, 'stopping');
          }),
      };
      all.add(flow);
      return flow;
    },
    remove(flow) {
      all.delete(flow);
      for (const [key, owner] of contacts) if (owner === flow) contacts.delete(key);
    },
    learn(key, flow) {
      const owner = find(key);
      if (owner && owner !== flow && owner.user !== flow.user) return;
      contacts.set(key, flow);
      const callbacks = waiting.get(key);
      waiting.delete(key);
      for (const callback of callbacks ?? []) callback(flow);
    },
    find,
    wait(key, ms, callback) {
      const now = find(key);
      if (now) {
        callback(now);
        return;
      }
      const callbacks = waiting.get(key) ?? new Set();
      waiting.set(key, callbacks);
      const giveUp = timers.after(ms, () => {
        callbacks.delete(arrived);
        if (callbacks.size === 0) waiting.delete(key);
        callback(undefined);
      });
      const arrived = (flow: Flow) => {
        giveUp();
        callback(flow);
      };
      callbacks.add(arrived);
    },
    async end() {
      contacts.clear();
      waiting.clear();
      await Promise.all([...all].map((flow) => flow.leave()));
    },
  };
}
