import { type ErrorCode, MultiLineError } from '@multiline/core';
import type { ApiAnswer } from './api.ts';

/** One error as the org tells it: `errorCode` in answers to a request, `statusCode` inside a collection. */
export interface RefusalEntry {
  readonly errorCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Records a duplicate rule found: their ids. */
  readonly duplicates: readonly string[];
}

/** A refusal of the org. Outside of this package a `MultiLineError` like any other. */
export class OrgRefusal extends MultiLineError {
  readonly status: number;
  readonly entries: readonly RefusalEntry[];

  constructor(code: ErrorCode, status: number, entries: readonly RefusalEntry[], options: { retryAt?: number } = {}) {
    const words = entries
      .map(({ message }) => message)
      .filter(Boolean)
      .join('; ');
    const duplicates = entries.flatMap((entry) => entry.duplicates);
    super(code, {
      ...options,
      // The org repeats a text that is too long in full.
      ...(words === '' ? {} : { message: words.length > 500 ? `${words.slice(0, 500)}…` : words }),
      ...(duplicates.length === 0 ? {} : { details: { duplicates } }),
    });
    this.status = status;
    this.entries = entries;
  }

  /** Whether the org gave this error code, and, if asked, named this field. */
  says(errorCode: string, field?: string): boolean {
    return this.entries.some(
      (entry) =>
        entry.errorCode === errorCode &&
        (field === undefined || entry.fields.includes(field) || new RegExp(`\\b${field}\\b`).test(entry.message)),
    );
  }
}

/**
 * What the org's error codes mean for a caller (REST API developer guide, "Status codes and error responses", and
 * SOAP API developer guide, "StatusCode"). The code decides; where the org gives none, the status does.
 */
export const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  // Who asks
  INVALID_SESSION_ID: 'auth-expired',
  INVALID_AUTH_HEADER: 'auth-failed',
  INVALID_LOGIN: 'auth-failed',
  API_DISABLED_FOR_ORG: 'forbidden',
  API_CURRENTLY_DISABLED: 'forbidden',
  FUNCTIONALITY_NOT_ENABLED: 'forbidden',
  INSUFFICIENT_ACCESS: 'forbidden',
  INSUFFICIENT_ACCESS_OR_READONLY: 'forbidden',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'forbidden',
  // How much and when
  REQUEST_LIMIT_EXCEEDED: 'limit',
  TXN_SECURITY_METERING_ERROR: 'limit',
  SERVER_UNAVAILABLE: 'server',
  UNKNOWN_EXCEPTION: 'server',
  QUERY_TIMEOUT: 'timeout',
  UNABLE_TO_LOCK_ROW: 'busy',
  // Two writers met at one key: the other one's record is there now, and the next attempt updates it.
  DUPLICATE_VALUE: 'busy',
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 'busy',
  PROCESSING_HALTED: 'busy',
  // What is asked for
  ENTITY_IS_DELETED: 'not-found',
  NOT_FOUND: 'not-found',
  INVALID_CROSS_REFERENCE_KEY: 'not-found',
  MALFORMED_ID: 'not-found',
  INVALID_TYPE: 'unsupported',
  METHOD_NOT_ALLOWED: 'unsupported',
  MULTIPLE_CHOICES: 'duplicate',
  DUPLICATE_EXTERNAL_ID: 'duplicate',
  PRECONDITION_FAILED: 'conflict',
  // What is written
  REQUIRED_FIELD_MISSING: 'refused',
  STRING_TOO_LONG: 'refused',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'refused',
  FIELD_INTEGRITY_EXCEPTION: 'refused',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'refused',
  INVALID_EMAIL_ADDRESS: 'refused',
  INVALID_FIELD: 'refused',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'refused',
  DUPLICATES_DETECTED: 'refused',
  JSON_PARSER_ERROR: 'refused',
  MALFORMED_QUERY: 'refused',
  MALFORMED_SEARCH: 'refused',
  INVALID_QUERY_LOCATOR: 'refused',
  STORAGE_LIMIT_EXCEEDED: 'refused',
};

/** A session that is good for pages but not for the API: another token of the same kind would be refused as well. */
const NO_API_SESSION = /not valid for use with the REST API|Connected app is not attached to Agent/i;

/** Whether another access token may help. */
export function sessionExpired(answer: ApiAnswer): boolean {
  return answer.status === 401 && !entriesOf(answer.body).some(({ message }) => NO_API_SESSION.test(message));
}

function codeOf(status: number, entry: RefusalEntry | undefined): ErrorCode {
  if (entry && NO_API_SESSION.test(entry.message)) return 'forbidden';
  const told = entry && REFUSALS[entry.errorCode];
  if (told) return told;
  if (status === 300) return 'duplicate';
  if (status === 401) return 'auth-expired';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 405) return 'unsupported';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 412) return 'conflict';
  if (status === 429) return 'limit';
  return status >= 400 && status < 500 ? 'refused' : 'server';
}

/** The refusal in an answer. `limitsInARow` counts this one, if it is about a limit. */
export function refusalOf(answer: ApiAnswer, now: number, limitsInARow = 1): OrgRefusal {
  const entries = answer.status === 300 ? [] : entriesOf(answer.body);
  const code = codeOf(answer.status, entries[0]);
  const retryAt = retryAtOf(code, answer, now, limitsInARow);
  return new OrgRefusal(code, answer.status, entries, retryAt === undefined ? {} : { retryAt });
}

/** The refusal of one record of a collection. */
export function recordRefusal(errors: unknown): OrgRefusal {
  const entries = entriesOf(errors);
  return new OrgRefusal(codeOf(400, entries[0]), 400, entries);
}

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/** When the org may be asked again: as it says; for a limit without a time a minute longer after each refusal. */
function retryAtOf(code: ErrorCode, { headers }: ApiAnswer, now: number, limitsInARow: number): number | undefined {
  const after = headers['retry-after']?.trim();
  if (after && /^\d+$/.test(after)) return now + Number(after) * 1000;
  const date = after ? Date.parse(after) : NaN;
  if (!Number.isNaN(date)) return Math.max(date, now);
  if (code !== 'limit') return undefined;
  const [, used, most] = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '') ?? [];
  // The day's requests are used up: the count goes back slowly, over 24 hours.
  if (used !== undefined && Number(used) >= Number(most)) return now + LONGEST_WAIT_MS;
  return now + Math.min(limitsInARow * MINUTE_MS, LONGEST_WAIT_MS);
}

function entriesOf(body: unknown): RefusalEntry[] {
  return (Array.isArray(body) ? body : [body]).flatMap((error: unknown) => {
    if (typeof error !== 'object' || error === null) return [];
    const told = error as Record<string, unknown>;
    const errorCode = told['errorCode'] ?? told['statusCode'] ?? told['error'];
    const message = told['message'] ?? told['error_description'];
    if (typeof errorCode !== 'string' && typeof message !== 'string') return [];
    return [
      {
        errorCode: typeof errorCode === 'string' ? errorCode : '',
        message: typeof message === 'string' ? message : '',
        fields: Array.isArray(told['fields']) ? told['fields'].filter((name) => typeof name === 'string') : [],
        // The org spells it without the l.
        duplicates: duplicatesOf(told['duplicateResut'] ?? told['duplicateResult']),
      },
    ];
  });
}

/** The ids in what a duplicate rule tells: `matchResults[].matchRecords[].record.Id`. */
function duplicatesOf(result: unknown): string[] {
  return listIn(result, 'matchResults')
    .flatMap((match) => listIn(match, 'matchRecords'))
    .map((match) => within(within(match, 'record'), 'Id'))
    .filter((id) => typeof id === 'string');
}

function within(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function listIn(value: unknown, name: string): unknown[] {
  const list = within(value, name);
  return Array.isArray(list) ? list : [];
}
