import { type Clock, type Crm, type RecordKind, type RecordRef, MultiLineError, systemClock } from '@multiline/core';
import { activityHistory } from './activity-history.ts';
import { activityBatch } from './activity-batch.ts';
import { activityLog } from './activity-log.ts';
import type { CrmCredentialsSource, SalesforceApi } from './api.ts';
import { type Author, ownerOf } from './author.ts';
import { columnsOfOrg } from './columns.ts';
import { KINDS, type KindName, sobjectOf } from './kinds.ts';
import { type MatchBy, matching } from './matching.ts';
import { orgOf } from './org.ts';
import { personContacts } from './person-contacts.ts';
import { callPreparation } from './prepared-call.ts';
import { apiName, validId } from './queries.ts';
import { recordAccess } from './record-access.ts';
import { searching } from './search.ts';
import { signedInUser } from './signed-in-user.ts';
import { taskStore } from './task-store.ts';
import { type JsforceConnection, jsforceApi } from './transports/jsforce.ts';

/** How to reach the org: one of the three. */
export type SalesforceAccess =
  | {
      /** `https://acme.my.salesforce.com`. */
      readonly instanceUrl: string;
      /** Asked for a token at the start, when one ends and when one is refused; never kept anywhere. */
      readonly credentials: CrmCredentialsSource;
    }
  | {
      /** A jsforce `Connection` of yours, which renews its own tokens. */
      readonly connection: JsforceConnection;
    }
  | {
      /** Any other way to the org. */
      readonly api: SalesforceApi;
    };

export interface SalesforceSettings {
  /** Which kinds of records calls are matched with, in the order of lists. Default: all this adapter knows. */
  readonly kinds?: readonly KindName[];
  /** Columns that `read` answers, by kind, e.g. `{ Contact: ['Name', 'Title', 'VIP__c'] }`. */
  readonly fields?: Readonly<Partial<Record<KindName, readonly string[]>>>;
  /** The external id on Activity that holds the key of a call. Default `ML_Call_Key__c`. */
  readonly externalIdField?: string;
  /** A number column of Tasks that takes how a call sounded, its MOS from 1 to 4.5, e.g. `ML_MOS__c`. Default: none. */
  readonly mosField?: string;
  /** A closed status of Tasks in this org. Default `Completed`. */
  readonly status?: string;
  /** Where people see records, if that is not the address of the org: `https://acme.lightning.force.com`. */
  readonly lightningUrl?: string;
  /** How numbers typed into a search are read, ISO 3166-1 alpha-2. Default `US`. */
  readonly country?: string;
  /** Whose the logged calls are where the token is not the person's own. Default: whose token it is. */
  readonly author?: Author;
  /** Default `search`. */
  readonly matchBy?: MatchBy;
  /** How long one request may take, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

export type SalesforceOptions = SalesforceAccess & SalesforceSettings;

const ALL_KINDS: readonly KindName[] = ['Contact', 'PersonAccount', 'Lead', 'Account', 'Case', 'User'];

/**
 * Salesforce as a `Crm`: matches by the search index, logs calls as completed Tasks, each key once by an external id.
 *
 * Makes no request before it is asked something. Everything it rejects with is a `MultiLineError`, or the reason of the
 * signal that was aborted.
 */
export function salesforce(options: SalesforceOptions): Crm {
  const clock = options.clock ?? systemClock();
  const api = apiOf(options, clock);
  const kinds: readonly RecordKind[] = (options.kinds ?? ALL_KINDS).map((name) => kindOf(name));
  const keyField = apiName(options.externalIdField ?? 'ML_Call_Key__c');
  const country = options.country ?? 'US';

  const org = orgOf(api, clock);
  const columns = columnsOfOrg();
  const people = personContacts(org);
  const tasks = taskStore(org, keyField);
  const calls = callPreparation(people, ownerOf(org, options.author), {
    kinds,
    status: options.status ?? 'Completed',
    ...(options.mosField !== undefined && { mosField: apiName(options.mosField) }),
  });
  const logActivity = activityLog(tasks, calls);
  const me = signedInUser(org);
  const onRows = people.note;
  const records = recordAccess(org, columns, { kinds, ...(options.fields && { fields: options.fields }) });

  return {
    name: 'salesforce',
    kinds,
    get atLeastOnce() {
      return tasks.keyless;
    },
    identify: matching(org, columns, { kinds, matchBy: options.matchBy ?? 'search', onRows }),
    logActivity,
    logActivities: activityBatch(org, tasks, calls, keyField, logActivity),
    me,
    search: searching(org, columns, { kinds, country, onRows }),
    read: records.read,
    create: records.create,
    activities: activityHistory(org, me),
    url: (ref) => recordUrl(options.lightningUrl ?? api.instanceUrl, ref, kinds),
  };
}

function apiOf(options: SalesforceOptions, clock: Clock): SalesforceApi {
  if ('api' in options) return options.api;
  return jsforceApi(options, { clock, timeoutMs: options.timeoutMs ?? 20_000 });
}

function kindOf(name: KindName): RecordKind {
  if (!Object.hasOwn(KINDS, name)) throw new MultiLineError('unsupported', { message: `No such kind: ${name}` });
  return KINDS[name];
}

/** The page of a record, a Task included; null for what is none. */
function recordUrl(base: string, { kind, id }: RecordRef, kinds: readonly RecordKind[]): string | null {
  if (!validId(id) || (kind !== 'Task' && !kinds.some(({ name }) => name === kind))) return null;
  if (!URL.canParse(base)) return null;
  const { origin, protocol } = new URL(base);
  return /^https?:$/.test(protocol) ? `${origin}/lightning/r/${sobjectOf(kind)}/${id}/view` : null;
}
