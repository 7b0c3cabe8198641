import { refusals } from './errors.ts';
import type { FieldValue } from './exchange.ts';
import { canonicalId } from './record-id.ts';
import type { FieldDescribe } from './schema/field.ts';

/**
 * The value of a field as it is stored, from what a caller sent. Throws what the org answers to a wrong type, a
 * malformed date, a text too long, a foreign value of a restricted picklist, a malformed e-mail address or id.
 */
export function fieldInput(field: FieldDescribe, input: unknown): FieldValue {
  if (input === null || input === undefined || input === '')
    return field.type === 'boolean' ? booleanInput(input) : null;
  switch (field.type) {
    case 'boolean':
      return booleanInput(input);
    case 'int':
      return numberInput(field, input, 'int');
    case 'double':
    case 'currency':
    case 'percent':
      return numberInput(field, input, 'double');
    case 'date':
      return dateInput(input);
    case 'datetime':
      return dateTimeInput(input);
    case 'id':
    case 'reference':
      return idInput(field, input);
    default:
      return textInput(field, input);
  }
}

function booleanInput(input: unknown): boolean {
  if (typeof input === 'boolean') return input;
  if (input === 'true' || input === 'false') return input === 'true';
  if (input === null || input === undefined) throw refusals.cannotDeserialize('boolean', 'VALUE_NULL', 'null');
  throw mistyped('boolean', input);
}

function numberInput(field: FieldDescribe, input: unknown, type: 'int' | 'double'): number {
  const value = typeof input === 'string' && /^-?\d+(\.\d+)?$/.test(input) ? Number(input) : input;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw mistyped(type, input);
  if (type === 'int' && !Number.isInteger(value)) throw mistyped(type, input);
  const limit = type === 'int' ? 10 ** field.digits : 10 ** (field.precision - field.scale);
  if (Math.abs(value) >= limit) throw refusals.numberRange(field.name, field.label);
  return value;
}

function dateInput(input: unknown): string {
  const match = typeof input === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(input) : null;
  if (!match || new Date(`${match[0]}T00:00:00Z`).toJSON()?.slice(0, 10) !== match[0]) throw mistyped('date', input);
  return match[0];
}

function dateTimeInput(input: unknown): string {
  const pattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:?\d\d))?$/;
  const at = typeof input === 'string' && pattern.test(input) ? Date.parse(input) : NaN;
  if (Number.isNaN(at)) throw mistyped('datetime', input);
  return dateTimeText(at);
}

/** A point in time as the API writes it: `2026-11-20T17:03:11.000+0000`, seconds being its finest grain. */
export function dateTimeText(at: number): string {
  return `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, -1)}+0000`;
}

function idInput(field: FieldDescribe, input: unknown): string {
  if (typeof input !== 'string') throw mistyped('reference', input);
  const id = canonicalId(input);
  if (!id) throw refusals.malformedId(field.label.replace(/ ID$/, ''), input, field.name);
  return id;
}

function textInput(field: FieldDescribe, input: unknown): string | null {
  if (typeof input !== 'string') throw mistyped('string', input);
  // Surrounding blanks are cut off as the platform does, so a text of blanks alone is none.
  const text = field.type === 'textarea' ? input : input.trim();
  if (text === '') return null;
  if (text.length > field.length && field.length > 0)
    throw refusals.tooLong(field.name, field.label, text, field.length);
  if (field.restrictedPicklist && !field.picklistValues.some(({ active, value }) => active && value === text)) {
    throw refusals.badPicklist(field.name, field.label, text);
  }
  if (field.type === 'email' && !/^[^\s@<>()[\],;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)) {
    throw refusals.badEmail(field.name, field.label, text);
  }
  return text;
}

function mistyped(type: string, input: unknown) {
  return refusals.cannotDeserialize(
    type,
    tokenOf(input),
    typeof input === 'object' ? JSON.stringify(input) : String(input),
  );
}

/** What the server's JSON reader calls a value of this kind. */
function tokenOf(input: unknown): string {
  if (typeof input === 'string') return 'VALUE_STRING';
  if (typeof input === 'number') return Number.isInteger(input) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  if (typeof input === 'boolean') return input ? 'VALUE_TRUE' : 'VALUE_FALSE';
  return Array.isArray(input) ? 'START_ARRAY' : 'START_OBJECT';
}
