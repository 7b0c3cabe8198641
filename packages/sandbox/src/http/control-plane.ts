import type { Org } from '../org/org.ts';
import type { FaultOrder } from './faults.ts';
import type { RequestLog } from './request-log.ts';

/** What the control plane steers. */
export interface ControlledParts {
  readonly org: Org;
  readonly requests: RequestLog;
  /** Puts everything back to the seed. */
  reset(): void;
}

/**
 * Answers a request under `/__sandbox__/`: `reset`, `faults`, `requests` and `org` (its settings).
 * Returns status and JSON body; anything unknown is a 404 or 405 that says what there is.
 */
export function controlPlane(
  parts: ControlledParts,
  method: string,
  path: string,
  body: string,
): { status: number; body?: unknown } {
  const { org, requests } = parts;
  switch (`${method} ${path}`) {
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
    default:
      return {
        status: 404,
        body: {
          message: `${method} ${path} is not part of the control plane`,
          known: ['POST reset', 'GET|POST|DELETE faults', 'GET|DELETE requests', 'GET|PATCH org', 'POST expire-tokens'],
        },
      };
  }
}

function change(body: string, apply: (value: unknown) => unknown): { status: number; body: unknown } {
  try {
    return { status: 200, body: apply(JSON.parse(body)) };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}
