import { atom, type ReadableAtom } from 'nanostores';
import type { Policy } from './policy/policy.ts';
import type { Line, LineCall } from './ports/line.ts';
import type { Capabilities } from './workspace-state.ts';

/** What this phone offers, the same in every tab. */
export interface CapabilitiesStore {
  readonly $capabilities: ReadableAtom<Capabilities>;
  /** What can be done with a call is known by its calls: the first says it, and later ones may add to it. */
  learn(call: LineCall): void;
  mirror(capabilities: Capabilities): void;
}

/** Derived of line, policy and calls. */
export function createCapabilities(line: Line, policy: Policy): CapabilitiesStore {
  const { codes, reasons } = policy.availability;
  const { numbers = [] } = line.identity;
  const $capabilities = atom<Capabilities>({
    hold: false,
    transfer: false,
    conference: false,
    redirect: false,
    record: false,
    digits: false,
    voicemail: line.voicemail !== undefined,
    markVoicemail: line.voicemail?.mark !== undefined,
    deleteVoicemail: line.voicemail?.remove !== undefined,
    callerIds: numbers.length > 1 ? numbers : [],
    reasons: policy.profile === 'agent' ? reasons : [],
    forwarding: line.dialFeatureCode !== undefined && codes.forwardOn !== '',
    profile: policy.profile,
    device: line.device,
  });

  const recordable = policy.calls.recording !== 'off';
  line.$records?.subscribe((records) => $capabilities.set({ ...$capabilities.get(), record: recordable && records }));

  return {
    $capabilities,
    learn(call) {
      const known = $capabilities.get();
      const { hold, transfer, redirect, record, sendDigits } = call;
      const transfers = known.transfer || transfer !== undefined;
      $capabilities.set({
        ...known,
        hold: known.hold || hold !== undefined,
        transfer: transfers,
        conference: policy.conference.bridge === '' ? line.mix !== undefined : transfers,
        redirect: known.redirect || redirect !== undefined,
        record: known.record || (recordable && !line.$records && record !== undefined),
        digits: known.digits || sendDigits !== undefined,
      });
    },
    mirror: (capabilities) => $capabilities.set(capabilities),
  };
}
