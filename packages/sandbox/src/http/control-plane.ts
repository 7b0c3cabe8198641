import type { Org } from '../org/org.ts';
import type { CallHandling } from '../sip/call-handling.ts';
import { agentOf, destinationOf } from '../sip/directory.ts';
import type { SipServer } from '../sip/sip-server.ts';
import type { FaultOrder } from './faults.ts';
import type { RequestLog } from './request-log.ts';

/** What the control plane steers. */
export interface ControlledParts {
  readonly org: Org;
  readonly sip: SipServer;
  readonly requests: RequestLog;
  /** Refuses new SIP connections for so long. */
  refuseSockets(ms: number): void;
  /** Puts everything back to the seed. */
  reset(): void;
}

const KNOWN = [
  'POST reset',
  'GET|POST|DELETE faults',
  'GET|DELETE requests',
  'GET|PATCH org',
  'POST expire-tokens',
  'GET|PATCH users/{user}',
  'POST sockets',
];

/**
 * Answers a request under `/__sandbox__/`: `reset`, `faults`, `requests`, `org` (its settings), `users` (what becomes of
 * their calls) and `sockets`. Returns status and JSON body; anything unknown is a 404 that says what there is.
 */
export function controlPlane(
  parts: ControlledParts,
  method: string,
  path: string,
  body: string,
): { status: number; body?: unknown } {
  const { org, requests, sip } = parts;
  const user = agentOf(/^\/__sandbox__\/users\/(\w+)$/.exec(path)?.[1] ?? '')?.user;
  switch (user === undefined ? `${method} ${path}` : `${method} user`) {
    case 'POST /__sandbox__/reset':
      parts.reset();
      return { status: 204 };
    case 'GET /__sandbox__/faults':
      return { status: 200, body: org.faults.list() };
    case 'POST /__sandbox__/faults':
      return change(body, (order) => {
        for (const one of Array.isArray(order) ? order : [order]) org.faults.add(one as FaultOrder);
        return org.faults.list();
      });
    case 'DELETE /__sandbox__/faults':
      org.faults.clear();
      return { status: 204 };
    case 'GET /__sandbox__/requests':
      return { status: 200, body: requests.list() };
    case 'DELETE /__sandbox__/requests':
      requests.clear();
      return { status: 204 };
    case 'GET /__sandbox__/org':
      return { status: 200, body: org.settings() };
    case 'POST /__sandbox__/org':
    case 'PATCH /__sandbox__/org':
      return change(body, (settings) => org.configure(settings as Parameters<Org['configure']>[0]));
    case 'POST /__sandbox__/expire-tokens':
      org.expireTokens();
      return { status: 204 };
    case 'GET user':
      return { status: 200, body: sip.handlings.of(user ?? '') };
    case 'PATCH user':
      return change(body, (wishes) => {
        sip.handlings.set(user ?? '', handlingOf(wishes));
        return sip.handlings.of(user ?? '');
      });
    case 'POST /__sandbox__/sockets':
      return change(body, (order) => actOnSockets(parts, order));
    default:
      return { status: 404, body: { message: `${method} ${path} is not part of the control plane`, known: KNOWN } };
  }
}

function change(body: string, apply: (value: unknown) => unknown): { status: number; body: unknown } {
  try {
    return { status: 200, body: apply(JSON.parse(body)) };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function handlingOf(value: unknown): Partial<CallHandling> {
  const { dnd, forward, voicemail, ...rest } = fieldsOf(value);
  if (Object.keys(rest).length > 0) throw new TypeError('a user has "dnd", "forward" and "voicemail"');
  if (forward !== undefined && forward !== null && destinationOf(String(forward))?.kind !== 'person') {
    throw new TypeError('"forward" must be null, a number or an extension');
  }
  return {
    ...(dnd === undefined ? {} : { dnd: flagOf(dnd, 'dnd') }),
    ...(forward === undefined ? {} : { forward: forward === null ? null : String(forward) }),
    ...(voicemail === undefined ? {} : { voicemail: flagOf(voicemail, 'voicemail') }),
  };
}

/** `{ user, action: 'cut' | 'stall' | 'resume' }`, or `{ refuseMs }` for those that come next. */
function actOnSockets({ sip, refuseSockets }: ControlledParts, order: unknown): { sockets: number } {
  const { user, action, refuseMs } = fieldsOf(order);
  if (refuseMs !== undefined) {
    if (typeof refuseMs !== 'number' || !(refuseMs >= 0)) throw new TypeError('"refuseMs" must be a length in ms');
    refuseSockets(refuseMs);
  }
  if (user === undefined && refuseMs !== undefined) return { sockets: 0 };
  if (typeof user !== 'string') throw new TypeError('"user" must be a user name or a number');
  const name = agentOf(user)?.user ?? user;
  if (action === 'cut') return { sockets: sip.closeSocketsOf(name) };
  if (action === 'stall' || action === 'resume') return { sockets: sip.stallSocketsOf(name, action === 'stall') };
  throw new TypeError('"action" must be cut, stall or resume');
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('an object is expected');
  return { ...value };
}

function flagOf(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`"${name}" must be true or false`);
  return value;
}
