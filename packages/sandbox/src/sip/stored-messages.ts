import { forwarded, type Core } from './core.ts';
import { header, withHeader, type SipRequest } from './message.ts';

const MAX_PER_USER = 200;
const DELIVERY_MS = 32_000;
/** Refusals that mean "not now": the message stays. */
const AWAY = new Set([408, 430, 480, 500, 503]);

interface Stored {
  readonly request: SipRequest;
  readonly storedAt: number;
}

/** Texts that wait for their recipient (RFC 3428). */
export interface StoredMessages {
  /** Keeps a MESSAGE; false when the recipient's box is full. */
  keep(user: string, request: SipRequest): boolean;
  /** Sends a user's texts, oldest first and one after the other, to a device of theirs. */
  deliver(user: string): void;
  /** How many wait for a user. */
  count(user: string): number;
  clear(): void;
}

/** Makes an empty store. */
export function createStoredMessages(core: Core): StoredMessages {
  const boxes = new Map<string, Stored[]>();
  const delivering = new Set<string>();

  const expired = ({ request, storedAt }: Stored) => {
    const seconds = header(request, 'Expires');
    return seconds !== undefined && /^\d{1,9}$/.test(seconds) && storedAt + Number(seconds) * 1000 <= core.now();
  };

  const deliver = (user: string) => {
    const box = (boxes.get(user) ?? []).filter((stored) => !expired(stored));
    boxes.set(user, box);
    const next = box[0];
    const binding = core.registrar.bindings(user)[0];
    if (!next || !binding || delivering.has(user)) return;
    delivering.add(user);
    core.transactions.send({
      request: forwarded(core, next.request, binding.uri),
      flow: binding.flow,
      timeoutMs: DELIVERY_MS,
      onResponse: ({ status }) => {
        if (status < 200) return;
        delivering.delete(user);
        if (AWAY.has(status)) return;
        boxes.set(
          user,
          (boxes.get(user) ?? []).filter((stored) => stored !== next),
        );
        deliver(user);
      },
    });
  };

  return {
    keep(user, request) {
      const box = boxes.get(user) ?? [];
      if (box.length >= MAX_PER_USER) return false;
      // The Date tells the recipient when it was written, not when it came (RFC 3428 §10).
      const date = header(request, 'Date') ?? new Date(core.now()).toUTCString();
      boxes.set(user, [...box, { request: withHeader(withoutPath(request), 'Date', date), storedAt: core.now() }]);
      return true;
    },
    deliver,
    count: (user) => (boxes.get(user) ?? []).filter((stored) => !expired(stored)).length,
    clear() {
      boxes.clear();
      delivering.clear();
    },
  };
}

/** The way it came ends here: the answer to a delivery is for this server alone. */
function withoutPath(request: SipRequest): SipRequest {
  return { ...request, headers: request.headers.filter(({ name }) => name.toLowerCase() !== 'via') };
}
