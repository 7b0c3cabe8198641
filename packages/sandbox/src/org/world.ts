import type { Records } from './records.ts';
import type { Schema } from './schema/schema.ts';
import type { OrgSettings } from './settings.ts';

/** What every part of the org works on. Schema and settings are asked for anew: an admin may have changed them. */
export interface World {
  readonly records: Records;
  readonly schema: () => Schema;
  readonly settings: () => OrgSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
