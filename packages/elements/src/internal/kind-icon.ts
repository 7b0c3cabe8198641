import type { RecordKind } from '@multiline/core';
import type { TemplateResult } from 'lit';
import { briefcase, building, headphones, target, userRound } from '../styles/icons.ts';

/** The glyph that stands beside a kind's word. */
export const kindIcons: Readonly<Record<RecordKind['icon'], TemplateResult>> = {
  person: userRound,
  lead: target,
  account: building,
  colleague: headphones,
  case: briefcase,
  other: briefcase,
};
