import type { Operator, ValueCondition } from '@jetstreamapp/soql-parser-js';
import { refusals, type OrgError } from '../errors.ts';
import type { FieldValue } from '../exchange.ts';
import { canonicalId } from '../record-id.ts';
import type { FieldDescribe } from '../schema/field.ts';
import { civilDate, literalSpan, startOfDay } from './dates.ts';
import { likeTest, stringLiteral } from './literal.ts';
import { unexpectedToken } from './place.ts';

type ValueTest = (value: FieldValue) => boolean;
type Comparable = string | number | boolean | null;

/** What a comparison is seen from. */
export interface ComparisonContext {
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly query: string;
  /** The field is wrapped in `DAY_ONLY()`: its civil date in UTC counts. */
  readonly dayOnly: boolean;
}

/** Compiles one condition against a field; refuses a value of the wrong type as the API does. */
export function comparison(
  field: FieldDescribe,
  condition: ValueCondition & { dateLiteralVariable?: number | number[] },
  context: ComparisonContext,
): ValueTest {
  const { operator } = condition;
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  const types = values.map(
    (_, index) =>
      (Array.isArray(condition.literalType) ? condition.literalType[index] : condition.literalType) ?? 'STRING',
  );
  if (operator === 'LIKE') return like(field, values[0] ?? "''", types[0] ?? '');
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return includes(field, values, operator);
  if (/^(id|reference)$/.test(field.type) && /[<>]/.test(operator)) {
    throw refusals.queryFilter('invalid operator on id field');
  }
  const tests = values.map((value, index) => {
    const count = Array.isArray(condition.dateLiteralVariable)
      ? condition.dateLiteralVariable[index]
      : condition.dateLiteralVariable;
    const single: Operator = operator === 'IN' || operator === 'NOT IN' ? '=' : operator;
    if (/^DATE_(N_)?LITERAL$/.test(types[index] ?? '')) return spanTest(field, single, value, count ?? 0, context);
    const operand = operandOf(field, value, types[index] ?? 'STRING', context);
    return (actual: FieldValue) => compare(single, comparableOf(field, actual, context), operand);
  });
  if (operator === 'NOT IN') return (value) => !tests.some((test) => test(value));
  return (value) => tests.some((test) => test(value));
}

function like(field: FieldDescribe, quoted: string, type: string): ValueTest {
  if (!/^(string|textarea|picklist|combobox|email|phone|url)$/.test(field.type))
    throw refusals.queryFilter(`invalid operator on ${field.type} field`);
  if (type !== 'STRING') throw mistyped(field, 'string', true);
  const test = likeTest(quoted);
  return (value) => value !== null && test(String(value));
}

function includes(field: FieldDescribe, quoted: string[], operator: string): ValueTest {
  if (field.type !== 'multipicklist')
    throw refusals.queryFilter('includes and excludes operators are only supported on multi-select picklists');
  const wanted = quoted.map((text) => stringLiteral(text).toLowerCase().split(';'));
  return (value) => {
    const chosen = String(value ?? '')
      .toLowerCase()
      .split(';');
    return wanted.some((all) => all.every((one) => chosen.includes(one))) === (operator === 'INCLUDES');
  };
}

/** A stored value in the form operands have: times as milliseconds, texts without case. */
function comparableOf(field: FieldDescribe, value: FieldValue, { dayOnly }: ComparisonContext): Comparable {
  if (value === null) return null;
  if (field.type === 'datetime') return dayOnly ? String(value).slice(0, 10) : Date.parse(String(value));
  return typeof value === 'string' && !/^(id|reference|date)$/.test(field.type) ? value.toLowerCase() : value;
}

function operandOf(field: FieldDescribe, value: string, type: string, context: ComparisonContext): Comparable {
  if (type === 'NULL') return null;
  switch (field.type) {
    case 'boolean':
      if (type !== 'BOOLEAN') throw mistyped(field, 'boolean', false);
      return value.toUpperCase() === 'TRUE';
    case 'int':
      if (type !== 'INTEGER') throw mistyped(field, 'integer', false);
      return Number(value);
    case 'double':
    case 'currency':
    case 'percent':
      if (!/^(INTEGER|DECIMAL)/.test(type)) throw mistyped(field, 'double', false);
      return Number(value);
    case 'date':
      if (type !== 'DATE') throw mistyped(field, 'date', false);
      return value;
    case 'datetime':
      if (context.dayOnly && type === 'DATE') return value;
      if (type !== 'DATETIME') throw mistyped(field, 'dateTime', false);
      return Date.parse(value);
    case 'id':
    case 'reference': {
      if (type !== 'STRING') throw mistyped(field, 'string', true);
      const text = stringLiteral(value);
      const id = canonicalId(text);
      if (!id && text !== '') throw refusals.queryFilter(`invalid ID field: ${text}`);
      return id;
    }
    default:
      if (type !== 'STRING') throw mistyped(field, 'string', true);
      return stringLiteral(value).toLowerCase() || null;
  }
}

function spanTest(
  field: FieldDescribe,
  operator: Operator,
  literal: string,
  count: number,
  context: ComparisonContext,
): ValueTest {
  if (field.type !== 'date' && field.type !== 'datetime') throw mistyped(field, field.type, false);
  const span = literalSpan(literal, count, civilDate(context.now, context.timeZone));
  if (!span) throw unexpectedToken(context.query, literal);
  const exact = field.type === 'datetime' && !context.dayOnly;
  const from = exact ? startOfDay(span.from, context.timeZone) : span.from;
  const until = exact ? startOfDay(span.until, context.timeZone) : span.until;
  return (value) => {
    const actual = comparableOf(field, value, context);
    if (actual === null) return operator === '!=';
    if (operator === '=') return actual >= from && actual < until;
    if (operator === '!=') return actual < from || actual >= until;
    if (operator === '<') return actual < from;
    if (operator === '<=') return actual < until;
    return operator === '>' ? actual >= until : actual >= from;
  };
}

function compare(operator: Operator, actual: Comparable, operand: Comparable): boolean {
  if (operator === '=') return actual === operand;
  if (operator === '!=') return actual !== operand;
  if (actual === null || operand === null) return false;
  if (operator === '<') return actual < operand;
  if (operator === '<=') return actual <= operand;
  return operator === '>' ? actual > operand : actual >= operand;
}

function mistyped(field: FieldDescribe, type: string, quoted: boolean): OrgError {
  const quotes = quoted ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  return refusals.invalidField(
    `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`,
  );
}
