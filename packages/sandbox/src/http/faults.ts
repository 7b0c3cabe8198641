/** What happens to a request a fault catches. Exactly one of the keys (`status` may come with `body` and `headers`). */
export type FaultAction =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Never answered; the connection stays open until the caller gives up. */
  | { readonly hang: true }
  /** The connection is cut before anything is done. */
  | { readonly drop: true }
  /** The request is carried out whole, then the connection is cut instead of an answer. */
  | { readonly dropAfterWrite: true }
  /** The request is carried out after this many milliseconds. */
  | { readonly delayMs: number }
  /** Every access token handed out so far stops being accepted, this request's included. */
  | { readonly expireTokens: true };

/** A fault as it is asked for. */
export interface FaultOrder {
  /** Regular expression over `METHOD path?query`, for instance `^PATCH .*\/sobjects\/Task\/`. */
  readonly match: string;
  /** How many requests it catches; 1 when left out. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** The faults waiting for a request. */
export interface Faults {
  /** Adds one. Throws a `TypeError` that says what is wrong with the order. */
  add(order: FaultOrder): void;
  /** What is waiting, oldest first, `times` counting down. */
  list(): FaultOrder[];
  clear(): void;
  /** The action of the first fault that catches this request (counted against it), or null. */
  take(method: string, url: string): FaultAction | null;
}

const ACTIONS = ['status', 'hang', 'drop', 'dropAfterWrite', 'delayMs', 'expireTokens'];

/** An empty list of faults. */
export function createFaults(): Faults {
  let waiting: { order: FaultOrder; pattern: RegExp; left: number }[] = [];
  return {
    add(order) {
      waiting.push({ order, pattern: patternOf(order), left: timesOf(order) });
    },
    list: () => waiting.map(({ order, left }) => ({ ...order, times: left })),
    clear() {
      waiting = [];
    },
    take(method, url) {
      const fault = waiting.find(({ pattern }) => pattern.test(`${method} ${url}`));
      if (!fault) return null;
      fault.left--;
      if (fault.left <= 0) waiting = waiting.filter((other) => other !== fault);
      return fault.order.action;
    },
  };
}

function patternOf(order: FaultOrder): RegExp {
  if (typeof order?.match !== 'string') throw new TypeError('a fault needs "match", a regular expression as text');
  if (!order.action || typeof order.action !== 'object' || !ACTIONS.some((name) => name in order.action)) {
    throw new TypeError(`a fault needs "action" with one of: ${ACTIONS.join(', ')}`);
  }
  try {
    return new RegExp(order.match);
  } catch {
    throw new TypeError(`"match" is not a regular expression: ${order.match}`);
  }
}

function timesOf({ times = 1 }: FaultOrder): number {
  if (!Number.isInteger(times) || times < 1) throw new TypeError('"times" must be a whole number from 1 up');
  return times;
}
