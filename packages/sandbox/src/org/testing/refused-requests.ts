import { restClient } from './rest-client.ts';
import { get, post, UNKNOWN_CONTACT, type Refusal } from './refusal.ts';

/** Requests that are malformed or go where nothing is, and sessions that may not ask. */
// prettier-ignore
export const REFUSED_REQUESTS: readonly Refusal[] = [
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'body that is no JSON',
    send: post('Task', '{"Subject": '),
    status: 400, code: 'JSON_PARSER_ERROR', message: /malformed JSON/,
  },
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'body that is a form',
    send: post('Task', 'Subject=Call'),
    status: 400, code: 'JSON_PARSER_ERROR', message: "Unexpected character ('S' (code 83)) at [line:1, column:1]",
  },
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'body that is a list',
    send: post('Task', '[]'),
    status: 400, code: 'JSON_PARSER_ERROR', message: /expected START_OBJECT/,
  },
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'no body',
    send: post('Task', ''),
    status: 400, code: 'JSON_PARSER_ERROR', message: /no entity body/,
  },
  {
    source: 'salesforce.md §4.3 table "JSON"', name: 'body declared as text',
    send: ({ ann }) => ann.send('POST', '/sobjects/Task', '{}', { 'content-type': 'text/plain' }),
    status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Content type text/plain is not supported.',
  },
  {
    source: 'salesforce.md §4.3 table "object"', name: 'unknown object created',
    send: post('Nope', {}),
    status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist',
  },
  {
    source: 'salesforce.md §4.3 table "object"', name: 'unknown object described',
    send: get('/sobjects/Nope/describe'),
    status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist',
  },
  {
    source: 'salesforce.md §4.3 table "bad column (DML)"', name: 'unknown column read',
    send: ({ ann, idOf }) => ann.send('GET', `/sobjects/Contact/${idOf('Contact', 'Hall')}?fields=Name,Nope`),
    status: 400, code: 'INVALID_FIELD', message: "No such column 'Nope' on sobject of type Contact",
  },
  {
    source: 'salesforce.md §4.3 table "method"', name: 'method a record does not have',
    send: ({ ann }) => ann.send('PUT', `/sobjects/Contact/${UNKNOWN_CONTACT}`, {}),
    status: 405, code: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'PUT' not allowed. Allowed are GET,PATCH,DELETE",
  },
  {
    source: 'salesforce.md §4.3 table "method"', name: 'query by POST',
    send: ({ ann }) => ann.send('POST', '/query', {}),
    status: 405, code: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'POST' not allowed. Allowed are GET",
  },
  {
    source: 'salesforce.md §4.3 "Collections"', name: '201 records in one request',
    send: ({ ann }) => ann.send('POST', '/composite/sobjects', { records: Array(201).fill({}) }),
    status: 400, code: 'INVALID_INPUT', message: 'The number of records exceeds the limit: 200',
  },
  {
    source: 'salesforce.md §4.3 "Composite"', name: '26 requests in one',
    send: ({ ann }) => ann.send('POST', '/composite', { compositeRequest: Array(26).fill({}) }),
    status: 400, code: 'LIMIT_EXCEEDED', message: 'Limit exceeded: no more than 25 subrequests',
  },
  {
    source: 'salesforce.md §4.3 table "session"', name: 'unknown token',
    send: ({ org }) => restClient(org, 'stolen').query('SELECT Id FROM Task'),
    status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid',
  },
  {
    source: 'salesforce.md §4.3 table "session"', name: 'no token',
    send: ({ ann }) => ann.send('GET', '/limits', undefined, { authorization: '' }),
    status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid',
  },
  {
    source: 'salesforce.md §4.3 table "session"', name: 'expired token',
    send({ org, ann }) {
      org.expireTokens();
      return ann.send('GET', '/limits');
    },
    status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid',
  },
  {
    source: 'salesforce.md §4.3 table "session"', name: 'session of a Lightning page',
    send: ({ org }) => restClient(org, 'lightning-ann').send('GET', '/limits'),
    status: 401, code: 'INVALID_SESSION_ID', message: 'This session is not valid for use with the REST API',
  },
  {
    source: 'salesforce.md §4.3 table "session"', name: 'another scheme',
    send: ({ ann }) => ann.send('GET', '/limits', undefined, { authorization: 'Basic YTpi' }),
    status: 401, code: 'INVALID_AUTH_HEADER', message: 'INVALID_HEADER_TYPE',
  },
  {
    source: 'salesforce.md §4.3 table "session"', name: 'user who left',
    send: ({ org }) => restClient(org, 'sandbox-frank').send('GET', '/limits'),
    status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid',
  },
  {
    source: 'salesforce.md §4.3 table "API limit"', name: 'daily requests used up',
    send({ org, ann }) {
      org.configure({ apiLimit: { max: 10, used: 10 } });
      return ann.send('GET', '/sobjects');
    },
    status: 403, code: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.',
  },
  {
    source: 'salesforce.md §4.3 table "perms" (API off)', name: 'API switched off',
    send({ org, ann }) {
      org.configure({ apiEnabled: false });
      return ann.send('GET', '/sobjects');
    },
    status: 403, code: 'API_DISABLED_FOR_ORG', message: 'The REST API is not enabled for this Organization.',
  },
  {
    source: 'salesforce.md §4.3 table "unknown id"', name: 'version nobody offers',
    send: get('/services/data/v99.0/sobjects'),
    status: 404, code: 'NOT_FOUND', message: 'The requested resource does not exist',
  },
];
