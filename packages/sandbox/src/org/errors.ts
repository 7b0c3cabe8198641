/** One entry of an error body: the org answers every refusal with an array of these (salesforce.md §4.3). */
export interface ErrorEntry {
  readonly errorCode: string;
  readonly message: string;
  /** API names of the fields at fault. Some errors carry an empty list, some no list at all. */
  readonly fields?: readonly string[];
  /** What a duplicate rule found. The missing "l" is the real key's. */
  readonly duplicateResut?: unknown;
}

/** A refusal on its way to the caller: HTTP status and the entries of its body. */
export class OrgError extends Error {
  readonly status: number;
  readonly entries: readonly ErrorEntry[];

  constructor(status: number, ...entries: ErrorEntry[]) {
    super(entries.map((entry) => `${entry.errorCode}: ${entry.message}`).join('; '));
    this.name = 'OrgError';
    this.status = status;
    this.entries = entries;
  }
}

function refusal(status: number, errorCode: string, message: string, fields?: readonly string[]): OrgError {
  return new OrgError(status, fields ? { message, errorCode, fields } : { message, errorCode });
}

/** Every refusal the practice org knows, worded as the table of salesforce.md §4.3 has it. */
export const refusals = {
  requiredMissing: (fields: string[]) =>
    refusal(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields),
  noSuchColumn: (field: string, object: string) =>
    refusal(400, 'INVALID_FIELD', `No such column '${field}' on sobject of type ${object}`),
  notWritable: (fields: string[]) =>
    refusal(
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      fields,
    ),
  tooLong: (field: string, label: string, value: string, length: number) =>
    refusal(400, 'STRING_TOO_LONG', `${label}: data value too large: ${value} (max length=${length})`, [field]),
  sessionInvalid: () => refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
  sessionWithoutApi: () => refusal(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
  authHeaderInvalid: () => refusal(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE'),
  limitExceeded: () => refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  apiDisabled: () => refusal(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'),
  rowLocked: (id: string) =>
    refusal(400, 'UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`, []),
  deleted: () => refusal(404, 'ENTITY_IS_DELETED', 'entity is deleted', []),
  notFound: () => refusal(404, 'NOT_FOUND', 'The requested resource does not exist'),
  externalFieldUnknown: (field: string) =>
    refusal(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${field}`),
  crossReference: (status = 400) => refusal(status, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []),
  malformedId: (label: string, value: string, field: string) =>
    refusal(400, 'MALFORMED_ID', `${label} ID: id value of incorrect type: ${value}`, [field]),
  validationRule: (message: string, field?: string) =>
    refusal(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, field ? [field] : []),
  badPicklist: (field: string, label: string, value: string) =>
    refusal(
      400,
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${label}: bad value for restricted picklist field: ${value}`,
      [field],
    ),
  badEmail: (field: string, label: string, value: string) =>
    refusal(400, 'INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${value}`, [field]),
  fieldIntegrity: (message: string, fields: string[]) => refusal(400, 'FIELD_INTEGRITY_EXCEPTION', message, fields),
  numberRange: (field: string, label: string) =>
    refusal(400, 'NUMBER_OUTSIDE_VALID_RANGE', `${label}: value outside of valid range on numeric field`, [field]),
  duplicateValue: (field: string, id: string) =>
    refusal(400, 'DUPLICATE_VALUE', `duplicate value found: ${field} duplicates value on record with id: ${id}`, []),
  duplicateKeyInRequest: (field: string, value: string) =>
    refusal(400, 'DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, [field]),
  readOnlyRecord: () => refusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []),
  crossReferenceAccess: (id: string) =>
    refusal(
      400,
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      `insufficient access rights on cross-reference id: ${id}`,
      [],
    ),
  inactiveOwner: (name: string) =>
    refusal(400, 'INACTIVE_OWNER_OR_USER', `operation performed with inactive user [${name}] as owner of task`, [
      'OwnerId',
    ]),
  json: (message: string) => refusal(400, 'JSON_PARSER_ERROR', message),
  cannotDeserialize: (type: string, token: string, value: string) =>
    refusal(
      400,
      'JSON_PARSER_ERROR',
      `Cannot deserialize instance of ${type} from ${token} value ${value} or request may be missing a required field at [line:1, column:1]`,
    ),
  keyInBody: (field: string) =>
    refusal(400, 'INVALID_FIELD', `The ${field} field should not be specified in the sobject data.`),
  invalidField: (message: string) => refusal(400, 'INVALID_FIELD', message),
  invalidType: (message: string) => refusal(400, 'INVALID_TYPE', message),
  malformedQuery: (message: string) => refusal(400, 'MALFORMED_QUERY', message),
  malformedSearch: (message: string) => refusal(400, 'MALFORMED_SEARCH', message),
  queryFilter: (message: string) => refusal(400, 'INVALID_QUERY_FILTER_OPERATOR', message),
  offsetTooLarge: () => refusal(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'),
  queryLocator: () => refusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'),
  methodNotAllowed: (method: string, allowed: string[]) =>
    refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`),
  mediaType: (type: string) => refusal(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type ${type} is not supported.`),
  preconditionFailed: () => refusal(412, 'PRECONDITION_FAILED', 'The record was modified since the given time.'),
  tooManyRecords: (limit: number) => refusal(400, 'INVALID_INPUT', `The number of records exceeds the limit: ${limit}`),
  missingParameter: (name: string) => refusal(400, 'INVALID_INPUT', `Missing required parameter: ${name}`),
  missingArgument: (message: string) => refusal(400, 'MISSING_ARGUMENT', message),
  rolledBack: () =>
    refusal(
      400,
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
      [],
    ),
  processingHalted: () =>
    refusal(
      400,
      'PROCESSING_HALTED',
      'The transaction was rolled back since another operation in the same transaction failed.',
    ),
  tooManyRequests: (limit: number) =>
    refusal(400, 'LIMIT_EXCEEDED', `Limit exceeded: no more than ${limit} subrequests`),
  referenceUnresolved: (reference: string) =>
    refusal(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${reference} found.`),
  severalMatches: (field: string, count: number) =>
    refusal(300, 'DUPLICATE_EXTERNAL_ID', `${field}: more than one record found for external id field: ${count}`, [
      field,
    ]),
};
