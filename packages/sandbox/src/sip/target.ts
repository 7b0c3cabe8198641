import { contactKey, parseUri } from './address.ts';
import type { Place } from './call.ts';
import type { Core } from './core.ts';
import { destinationOf, type Destination } from './directory.ts';

/** Where a request that starts something leads; `place` is the one device a Contact names. */
export interface Target {
  readonly destination: Destination;
  readonly place?: Place;
}

/** Finds out where a Request-URI leads; undefined for nowhere. */
export function targetOf(core: Core, uri: string): Target | undefined {
  const parsed = parseUri(uri);
  if (!parsed) return undefined;
  if (parsed.scheme === 'tel' || parsed.host === core.domain) {
    const destination = destinationOf(parsed.user);
    return destination && { destination };
  }
  const key = contactKey(parsed);
  const flow = core.flows.find(key);
  if (flow?.user === undefined) return undefined;
  return { destination: { kind: 'person', user: flow.user }, place: { user: flow.user, key, uri, flow } };
}

/** The people whose devices a target means; none for one device, and for what answers by itself. */
export function peopleOf({ destination, place }: Target): readonly string[] {
  if (place) return [];
  if (destination.kind === 'queue') return destination.members;
  return destination.kind === 'person' ? [destination.user] : [];
}
