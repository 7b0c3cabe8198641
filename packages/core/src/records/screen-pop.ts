import { keepNewest } from '../keep-newest.ts';
import type { Call } from '../calls/call.ts';
import type { Crm, CrmRecord } from '../ports/crm.ts';
import type { Host } from '../ports/host.ts';
import type { Policy } from '../policy/policy.ts';

/** What to open for a call: records, or the CRM's form for a new one, or nothing. */
export type PopDecision =
  | { readonly pop: 'records'; readonly records: readonly CrmRecord[] }
  | { readonly pop: 'new'; readonly kind: string }
  | { readonly pop: 'nothing' };

/** No more calls than this ring at a time, or ring once more. */
const REMEMBERED = 100;

const nothing: PopDecision = { pop: 'nothing' };

/**
 * What opens by itself at this moment of an inbound call. `at` is the user's setting, which the policy's value begins with.
 * Nobody's dial is popped: who dials has the record before them.
 */
export function decidePop(
  call: Call,
  moment: 'ringing' | 'answered',
  at: Policy['pop']['at'],
  policy: Policy['pop'],
): PopDecision {
  if (call.direction !== 'inbound' || call.refused || at !== moment) return nothing;
  const { match } = call;
  if (match.record) return { pop: 'records', records: [match.record] };
  if (match.state === 'ambiguous') {
    if (policy.several === 'none') return nothing;
    return { pop: 'records', records: policy.several === 'first' ? match.candidates.slice(0, 1) : match.candidates };
  }
  if (match.state === 'unknown' && call.number && policy.unknown === 'new-record')
    return { pop: 'new', kind: policy.newKind };
  return nothing;
}

/** Opens what the policy says, once per call, as soon as it is known. */
export function createPopping(
  host: Host | null,
  crm: Crm | null,
  policy: Policy['pop'],
  at: () => Policy['pop']['at'],
): {
  consider(call: Call): void;
  /** The tab that had this ringing call before has opened what was to open then. */
  wasConsidered(call: Call): void;
} {
  const done = new Set<string>();
  const remember = ({ id }: Call): void => {
    done.add(id);
    keepNewest(done, REMEMBERED);
  };

  async function open(call: Call, decision: PopDecision): Promise<void> {
    if (decision.pop === 'new') await host?.popNew?.(decision.kind, { Phone: call.number });
    if (decision.pop !== 'records') return;
    for (const record of decision.records) await host?.pop?.(record, crm?.url?.(record) ?? null);
  }

  return {
    consider(call) {
      const moment = call.phase === 'ringing' ? 'ringing' : call.phase === 'active' ? 'answered' : null;
      // Answered before the CRM did: what was to open at ringing opens now.
      const due = at() === 'ringing' && moment === 'answered' ? 'ringing' : moment;
      if (!due || done.has(call.id)) return;
      const decision = decidePop(call, due, at(), policy);
      if (decision.pop === 'nothing') return;
      remember(call);
      // A host that cannot show something is no reason to disturb a call.
      open(call, decision).catch(() => undefined);
    },
    wasConsidered(call) {
      if (decidePop(call, 'ringing', at(), policy).pop !== 'nothing') remember(call);
    },
  };
}
