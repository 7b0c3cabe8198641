import type { CorsAllowlist } from '../http/cors.ts';
import type { CallKeyField } from './schema/task.ts';

/** A validation rule of an admin: every record of the object is refused with the message while it stands. */
export interface ValidationRule {
  readonly object: string;
  readonly message: string;
  /** The field the message hangs on; without it the error belongs to the whole record. */
  readonly field?: string;
}

/** How a searched number meets a stored one. `digits` takes an extension for part of the number (salesforce.md §4.2). */
export type PhoneMatch = 'exact' | 'suffix' | 'digits';

/** What an admin, the platform and its bad days decide. Changed by `org.configure` or `PATCH /__sandbox__/org`. */
export interface OrgSettings {
  readonly personAccounts: boolean;
  /** How the org keeps `ML_Call_Key__c`. `not-unique` is the only way for two records to share a key. */
  readonly callKeyField: CallKeyField;
  /** The validation rule in force, or null. */
  readonly validationRule: ValidationRule | null;
  /** Whether the standard duplicate rule for leads warns on the same name and number. */
  readonly duplicateRule: boolean;
  /** False answers every request with `API_DISABLED_FOR_ORG`. */
  readonly apiEnabled: boolean;
  /** Requests allowed and used; at the limit every request is refused. */
  readonly apiLimit: { readonly max: number; readonly used: number };
  /** Ids of records somebody else is writing just now. */
  readonly lockedIds: readonly string[];
  /** Ids of records the user may read but not change. */
  readonly readOnlyIds: readonly string[];
  /** Ids of records the user may not see; pointing at one is refused. */
  readonly hiddenIds: readonly string[];
  /** `Object.Field` names readable but not writable by anyone (field-level security). */
  readonly readOnlyFields: readonly string[];
  /** `Object.Field` names nobody sees. */
  readonly hiddenFields: readonly string[];
  /** How long, in milliseconds, a change stays unknown to search. */
  readonly indexDelayMs: number;
  readonly phoneMatch: PhoneMatch;
  /** Life of an access token in milliseconds; null for ever (until `expireTokens`). */
  readonly tokenLifetimeMs: number | null;
  readonly corsAllowlist: CorsAllowlist;
}

/** A healthy org. */
export const DEFAULT_SETTINGS: OrgSettings = {
  personAccounts: true,
  callKeyField: 'unique',
  validationRule: null,
  duplicateRule: false,
  apiEnabled: true,
  apiLimit: { max: 15000, used: 0 },
  lockedIds: [],
  readOnlyIds: [],
  hiddenIds: [],
  readOnlyFields: [],
  hiddenFields: [],
  indexDelayMs: 2000,
  phoneMatch: 'suffix',
  tokenLifetimeMs: null,
  corsAllowlist: '*',
};

/** `current` with `changes` made. Throws a `TypeError` naming a setting that doesn't exist. */
export function changedSettings(current: OrgSettings, changes: Partial<OrgSettings>): OrgSettings {
  if (!changes || typeof changes !== 'object' || Array.isArray(changes)) throw new TypeError('settings are an object');
  for (const name of Object.keys(changes)) {
    if (!(name in DEFAULT_SETTINGS)) {
      throw new TypeError(`no setting "${name}"; there are: ${Object.keys(DEFAULT_SETTINGS).join(', ')}`);
    }
  }
  return { ...current, ...changes };
}
