import type { RecordKind } from '@multiline/core';
import type { TemplateResult } from 'lit';
import { briefcase, building, headphones, target, userRound, usersRound } from '../styles/icons.ts';

const ICONS: Readonly<Record<RecordKind['icon'], TemplateResult>> = {
  person: userRound,
  lead: target,
  account: building,
  colleague: headphones,
  case: briefcase,
  other: usersRound,
};

/** The glyph of a kind of record; the kind's word stands beside it. */
export function kindIcon(kind: RecordKind | undefined): TemplateResult {
  return ICONS[kind?.icon ?? 'other'];
}
