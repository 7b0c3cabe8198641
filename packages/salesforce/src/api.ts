/**
 * The seam between what this package knows about Salesforce and how its requests travel: jsforce over HTTP today, an
 * org's own Apex where a page has no token of its own (a Lightning web component).
 *
 * An implementation answers whatever the org said, refusals included; it rejects only when the org said nothing
 * (`network`, `timeout`), when nobody is signed in (`auth-failed`), or with the reason of an aborted signal.
 */
export interface SalesforceApi {
  /** Where the org is, e.g. `https://acme.my.salesforce.com`, without a slash at the end. */
  readonly instanceUrl: string;
  /** One batch of a SOQL query. */
  query(soql: string, signal?: AbortSignal): Promise<ApiAnswer>;
  search(sosl: string, signal?: AbortSignal): Promise<ApiAnswer>;
  request(request: ApiRequest, signal?: AbortSignal): Promise<ApiAnswer>;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/services/data/v68.0`, e.g. `/sobjects/Task`; from the host's root where it begins with `/services/`. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  /** HTTP status: 200, 201, 204; 300 for several records of one key; 400 and above for refusals. */
  readonly status: number;
  /** By lower-case name: as many as the server lets a browser see. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text if it was none. */
  readonly body: unknown;
}

/** Winter '27. Fields, statuses and limits of this package are those of this version. */
export const API_VERSION = '68.0';

/** Asked for by a page when a token is needed; every call is answered with a token that is good now. */
export type CrmCredentialsSource = (need: CrmNeed) => CrmCredentials | Promise<CrmCredentials>;

/** Why a token is asked for: the first one, one refused by the org, one whose time is over. */
export interface CrmNeed {
  readonly for: 'crm';
  readonly reason: 'start' | 'rejected' | 'expiring';
}

export interface CrmCredentials {
  readonly accessToken: string;
  /** Where this token is good, if it differs from what was given in the options. */
  readonly instanceUrl?: string;
  /** Epoch ms. */
  readonly expiresAt?: number;
}
