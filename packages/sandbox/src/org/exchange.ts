/** The values a record's field can hold. Dates are `YYYY-MM-DD`, date-times ISO 8601 in UTC. */
export type FieldValue = string | number | boolean | null;

/** A record's fields by API name. */
export type Row = Record<string, FieldValue>;

/** A request as the org sees it, whether it came by HTTP or as part of a composite request. */
export interface OrgRequest {
  readonly method: string;
  /** Path alone, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** The org's answer; without `body` it is empty. */
export interface OrgReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
