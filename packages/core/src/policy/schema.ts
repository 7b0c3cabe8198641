/** The published JSON Schema of a policy (draft 2020-12); `docs/policy.schema.json` is written from it. */
export const policySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'MultiLine policy',
  type: 'object',
  additionalProperties: false,
  required: [
    'version',
    'name',
    'country',
    'dialing',
    'match',
    'log',
    'pop',
    'lists',
    'notes',
    'calls',
    'retentionDays',
  ],
  properties: {
    $schema: { type: 'string' },
    version: { const: 1 },
    name: { type: 'string', minLength: 1 },
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
    dialing: {
      type: 'object',
      additionalProperties: false,
      required: ['mode', 'format'],
      properties: {
        mode: { enum: ['confirm', 'edit', 'immediate'] },
        format: { enum: ['e164', 'national', 'pbx'] },
        extensionDigits: { type: 'integer', minimum: 1, maximum: 8 },
        outsidePrefix: { type: 'string', pattern: '^[0-9*#]*$' },
        longDistancePrefix: { type: 'string', pattern: '^[0-9*#]*$' },
        internationalPrefix: { type: 'string', pattern: '^[0-9*#]*$' },
        internalPattern: { type: 'string', maxLength: 200 },
        rewrites: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['match', 'replace'],
            properties: { match: { type: 'string', maxLength: 200 }, replace: { type: 'string', maxLength: 200 } },
          },
        },
      },
    },
    match: {
      type: 'object',
      additionalProperties: false,
      required: ['order', 'several'],
      properties: {
        order: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } },
        several: { enum: ['choose', 'newest', 'last-modified', 'first'] },
      },
    },
    log: {
      type: 'object',
      additionalProperties: false,
      required: ['exclude', 'unknown', 'subject'],
      properties: {
        exclude: {
          type: 'object',
          additionalProperties: false,
          required: ['unknownNumber', 'cancelledWithinMs', 'internal', 'answeredElsewhere'],
          properties: {
            unknownNumber: { type: 'boolean' },
            cancelledWithinMs: { type: 'integer', minimum: 0 },
            internal: { type: 'boolean' },
            answeredElsewhere: { type: 'boolean' },
          },
        },
        unknown: { enum: ['hold', 'without-record'] },
        subject: { type: 'string', minLength: 1, maxLength: 255 },
      },
    },
    pop: {
      type: 'object',
      additionalProperties: false,
      required: ['at', 'several', 'unknown', 'newKind'],
      properties: {
        at: { enum: ['ringing', 'answered', 'never'] },
        several: { enum: ['none', 'first', 'all'] },
        unknown: { enum: ['nothing', 'new-record'] },
        newKind: { type: 'string', minLength: 1 },
      },
    },
    lists: {
      type: 'object',
      additionalProperties: false,
      required: ['all', 'missed', 'received', 'dialed'],
      properties: {
        all: { type: 'integer', minimum: 0 },
        missed: { type: 'integer', minimum: 0 },
        received: { type: 'integer', minimum: 0 },
        dialed: { type: 'integer', minimum: 0 },
      },
    },
    notes: {
      type: 'object',
      additionalProperties: false,
      required: ['autoSave', 'quick'],
      properties: {
        autoSave: { type: 'boolean' },
        quick: { type: 'array', items: { type: 'string', minLength: 1 } },
      },
    },
    calls: {
      type: 'object',
      additionalProperties: false,
      required: ['busy', 'decline'],
      properties: {
        busy: { enum: ['refuse', 'wait'] },
        decline: { enum: ['busy', 'declined'] },
      },
    },
    retentionDays: { type: 'integer', minimum: 1, maximum: 3650 },
  },
} as const;
