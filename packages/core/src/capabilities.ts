import { atom, type ReadableAtom } from 'nanostores';
import type { Policy } from './policy/policy.ts';
import type { Line } from './ports/line.ts';
import type { Capabilities } from './workspace.ts';

/** What this phone offers, derived of line and policy. */
export function createCapabilities(line: Line, policy: Policy): ReadableAtom<Capabilities> {
  return atom<Capabilities>({
    hold: false,
    transfer: false,
    conference: false,
    redirect: false,
    record: false,
    digits: true,
    voicemail: line.voicemail !== undefined,
    callerIds: [],
    reasons: policy.profile === 'agent' ? policy.availability.reasons : [],
    forwarding: line.dialFeatureCode !== undefined && policy.availability.codes.forwardOn !== '',
    profile: policy.profile,
    device: line.device,
  });
}
