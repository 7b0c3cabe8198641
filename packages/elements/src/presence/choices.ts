import type { Availability, AvailabilityChoice, Capabilities } from '@multiline/core';
import type { TemplateResult } from 'lit';
import { available, occupied, undisturbed } from '../styles/glyphs.ts';

/** One line of what a person may say of themselves. */
export interface Choice {
  readonly tone: 'on' | 'dnd' | 'busy';
  readonly glyph: TemplateResult;
  /** Chosen at the moment; Make Busy stays so under Do Not Disturb, which comes first (MV-26). */
  readonly active: boolean;
  /** What a press asks for. */
  readonly ask: AvailabilityChoice;
  /** The administrator's words of a reason. */
  readonly reason?: string;
}

/** Available, Do Not Disturb, and each of the administrator's reasons. */
export function choices({ state, dnd, busyReason }: Availability, reasons: Capabilities['reasons']): readonly Choice[] {
  return [
    { tone: 'on', glyph: available, active: state === 'available', ask: 'available' },
    { tone: 'dnd', glyph: undisturbed, active: dnd, ask: { dnd: !dnd } },
    ...reasons.map(({ code, label }): Choice => {
      const active = code === busyReason;
      const ask = { busyReason: active ? null : code };
      return { tone: 'busy', glyph: occupied, active, ask, reason: label };
    }),
  ];
}
