import type { Records } from './records.ts';
import type { Schema } from './schema/schema.ts';
import type { OrgSettings } from './settings.ts';

/** What every part of the org works on. Schema and settings are asked for anew: an admin may have changed them. */
export interface World {
  readonly records: Records;
  readonly schema: () => Schema;
  readonly settings: () => OrgSettings;
  /** When the shape of the data last changed, epoch milliseconds in whole seconds: describes are cached against it. */
  readonly shapedAt: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
