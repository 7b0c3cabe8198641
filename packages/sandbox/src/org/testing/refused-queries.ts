import { get, query, search, type Refusal } from './refusal.ts';

const NO_COLUMN_HINT =
  " If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
const NO_OBJECT_HINT =
  " If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";

/** Queries and searches the org does not understand or does not allow. */
// prettier-ignore
export const REFUSED_QUERIES: readonly Refusal[] = [
  {
    source: 'salesforce.md §4.3 table "bad column (SOQL)"', name: 'unknown column selected',
    send: query('SELECT Id, FullName FROM Account'),
    status: 400, code: 'INVALID_FIELD', message: `\nSELECT Id, FullName FROM Account\n           ^\nERROR at Row:1:Column:12\nNo such column 'FullName' on entity 'Account'.${NO_COLUMN_HINT}`,
  },
  {
    source: 'salesforce.md §4.3 table "bad column (SOQL)"', name: 'unknown column compared',
    send: query("SELECT Id FROM Task WHERE Nope__c = 'x'"),
    status: 400, code: 'INVALID_FIELD', message: /Column:27\nNo such column 'Nope__c' on entity 'Task'/,
  },
  {
    source: 'salesforce.md §4.3 table "bad column (SOQL)"', name: 'unknown column sorted by',
    send: query('SELECT Id FROM Task ORDER BY Nope'),
    status: 400, code: 'INVALID_FIELD', message: /No such column 'Nope' on entity 'Task'/,
  },
  {
    source: 'salesforce.md §4.3 table "bad column (SOQL)"', name: 'unknown relationship',
    send: query('SELECT Id, Boss.Name FROM Contact'),
    status: 400, code: 'INVALID_FIELD', message: /Didn't understand relationship 'Boss' in field path/,
  },
  {
    source: 'salesforce.md §4.3 table "object"', name: 'unknown object queried',
    send: query('SELECT Id FROM Foo'),
    status: 400, code: 'INVALID_TYPE', message: `\nSELECT Id FROM Foo\n               ^\nERROR at Row:1:Column:16\nsObject type 'Foo' is not supported.${NO_OBJECT_HINT}`,
  },
  {
    source: 'salesforce.md §4.3 table "JSON" (query syntax)', name: 'query that breaks off',
    send: query('SELECT Id FROM Lead WHERE'),
    status: 400, code: 'MALFORMED_QUERY', message: /unexpected token: '<EOF>'$/,
  },
  {
    source: 'salesforce.md §4.3 table "JSON" (query syntax)', name: 'query that is none',
    send: query('UPDATE Lead'),
    status: 400, code: 'MALFORMED_QUERY', message: /unexpected token: 'UPDATE'$/,
  },
  {
    source: 'salesforce.md §4.3 table "JSON" (query syntax)', name: 'AND beside OR',
    send: query("SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'"),
    status: 400, code: 'MALFORMED_QUERY', message: /unexpected token: 'OR'$/,
  },
  {
    source: 'salesforce.md §4.1 "escape"', name: 'unknown escape',
    send: query("SELECT Id FROM Lead WHERE Name = 'a\\d'"),
    status: 400, code: 'MALFORMED_QUERY', message: /Illegal character sequence '\\d'/,
  },
  {
    source: 'salesforce.md §4.3 table "JSON" (query syntax)', name: 'no query',
    send: get('/query'),
    status: 400, code: 'MALFORMED_QUERY', message: 'A query string has to be specified',
  },
  {
    source: 'salesforce.md §4.4 "Description textarea"', name: 'long text compared',
    send: query("SELECT Id FROM Task WHERE Description LIKE '%x%'"),
    status: 400, code: 'INVALID_FIELD', message: "field 'Description' can not be filtered in a query call",
  },
  {
    source: 'salesforce.md §4.4 "QuickText"', name: 'quick text sorted by name',
    send: query('SELECT Id FROM QuickText ORDER BY Name'),
    status: 400, code: 'MALFORMED_QUERY', message: "field 'Name' can not be sorted in a query call",
  },
  {
    source: 'salesforce.md §4.4 "QuickText"', name: 'quick text compared by name',
    send: query("SELECT Id FROM QuickText WHERE Name = 'x'"),
    status: 400, code: 'INVALID_FIELD', message: "field 'Name' can not be filtered in a query call",
  },
  {
    source: 'salesforce.md §4.1 Query', name: 'number in quotes',
    send: query("SELECT Id FROM Task WHERE CallDurationInSeconds > '5'"),
    status: 400, code: 'INVALID_FIELD', message: "value of filter criterion for field 'CallDurationInSeconds' must be of type integer and should not be enclosed in quotes",
  },
  {
    source: 'salesforce.md §4.1 Query', name: 'time in quotes',
    send: query("SELECT Id FROM Task WHERE CreatedDate > '2026-01-01T00:00:00Z'"),
    status: 400, code: 'INVALID_FIELD', message: "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
  },
  {
    source: 'salesforce.md §4.1 Query', name: 'text without quotes',
    send: query('SELECT Id FROM Contact WHERE Phone = 4155550101'),
    status: 400, code: 'INVALID_FIELD', message: "value of filter criterion for field 'Phone' must be of type string and should be enclosed in quotes",
  },
  {
    source: 'salesforce.md §4.1 Query', name: 'id that is none',
    send: query("SELECT Id FROM Task WHERE WhoId = 'lucy'"),
    status: 400, code: 'INVALID_QUERY_FILTER_OPERATOR', message: 'invalid ID field: lucy',
  },
  {
    source: 'salesforce.md §4.1 Query', name: 'LIKE on an id',
    send: query("SELECT Id FROM Task WHERE WhoId LIKE '003%'"),
    status: 400, code: 'INVALID_QUERY_FILTER_OPERATOR', message: 'invalid operator on reference field',
  },
  {
    source: 'salesforce.md §6 "FIELDS(ALL)"', name: 'all fields without limit',
    send: query('SELECT FIELDS(ALL) FROM Task'),
    status: 400, code: 'MALFORMED_QUERY', message: 'The SOQL FIELDS function must have a LIMIT of at most 200',
  },
  {
    source: 'salesforce.md §4.1 Query', name: 'offset beyond 2,000',
    send: query('SELECT Id FROM Contact LIMIT 1 OFFSET 2001'),
    status: 400, code: 'NUMBER_OUTSIDE_VALID_RANGE', message: 'Maximum SOQL offset allowed is 2000',
  },
  {
    source: 'salesforce.md §4.1 "bad locator"', name: 'locator nobody gave out',
    send: get('/query/01gRO0000016PIAYA2-500'),
    status: 400, code: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator',
  },
  {
    source: 'salesforce.md §4.1 "SOSL reserved chars"', name: 'plus sign not escaped',
    send: search('FIND {+14155550101} IN PHONE FIELDS RETURNING Contact(Id)'),
    status: 400, code: 'MALFORMED_SEARCH', message: "unexpected token: '+'",
  },
  {
    source: 'salesforce.md §4.1 Search', name: 'one letter searched for',
    send: search('FIND {a} RETURNING Contact(Id)'),
    status: 400, code: 'MALFORMED_SEARCH', message: 'search term must be longer than one character: a',
  },
  {
    source: 'salesforce.md §4.1 Search', name: 'nothing searched for',
    send: search('FIND {} RETURNING Contact(Id)'),
    status: 400, code: 'MALFORMED_SEARCH', message: 'entity search requires a search term',
  },
  {
    source: 'salesforce.md §4.1 Search', name: 'SOQL sent to search',
    send: search('SELECT Id FROM Contact'),
    status: 400, code: 'MALFORMED_SEARCH', message: "unexpected token: 'SELECT'",
  },
  {
    source: 'salesforce.md §4.1 "SearchGroup"', name: 'unknown group of fields',
    send: search('FIND {ann} IN FAX FIELDS RETURNING Contact(Id)'),
    status: 400, code: 'MALFORMED_SEARCH', message: "unexpected token: 'FAX'",
  },
  {
    source: 'salesforce.md §4.3 table "bad column (SOQL)"', name: 'unknown column returned',
    send: search('FIND {ann} RETURNING Contact(Id, Nope)'),
    status: 400, code: 'INVALID_FIELD', message: /No such column 'Nope' on entity 'Contact'/,
  },
  {
    source: 'salesforce.md §4.3 table "object"', name: 'unknown object returned',
    send: search('FIND {ann} RETURNING Foo(Id)'),
    status: 400, code: 'INVALID_TYPE', message: /sObject type 'Foo' is not supported/,
  },
];
