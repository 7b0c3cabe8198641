import type { ReadableAtom } from 'nanostores';
import { quietly } from '../deadline.ts';
import type { Policy } from '../policy/policy.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { DialClick } from '../ports/host.ts';
import type { Settings } from '../settings/settings.ts';
import type { Targeting } from '../workspace-state.ts';
import type { DialRequest } from '../workspace.ts';

export interface NumberClicksParts {
  $targeting: ReadableAtom<Targeting | null>;
  $settings: ReadableAtom<Settings>;
  policy: Policy;
  /** Fills what waits for a target, in the tab that has the phone. */
  pickTarget(text: string, record: CrmRecord | null): Promise<unknown>;
  /** Fills the field. */
  pick(text: string, record: CrmRecord | null): Promise<void>;
  dial(text: string, request: DialRequest): Promise<unknown>;
  /** Brings the phone into view. */
  show(): void;
}

/** What a click on a number does: it fills what waits for a target, else it dials or fills the field, as the settings say. */
export function createNumberClicks({
  $targeting,
  $settings,
  policy,
  pickTarget,
  pick,
  dial,
  show,
}: NumberClicksParts): {
  pickNumber(text: string, record?: CrmRecord | null): Promise<void>;
  /** A number of the host's page was clicked; null where clicks are not to dial (MV-13). */
  readonly clicked: ((click: DialClick) => void) | null;
} {
  async function pickNumber(text: string, record: CrmRecord | null = null): Promise<void> {
    if ($targeting.get()) {
      show();
      await pickTarget(text, record);
    } else if ($settings.get().dialMode === 'immediate') {
      await dial(text, record ? { record } : {});
    } else {
      show();
      await pick(text, record);
    }
  }

  function clicked({ number, record, name }: DialClick): void {
    // Whom the page names is known: the CRM need not be asked.
    const known = record && name ? { ...record, name } : null;
    quietly(() => pickNumber(number, known));
  }

  return { pickNumber, clicked: policy.dialing.clickToDial === false ? null : clicked };
}
