import type { Condition, Query, ValueCondition, WhereClause } from '@jetstreamapp/soql-parser-js';
import { refusals } from '../errors.ts';
import type { FieldValue, Row } from '../exchange.ts';
import type { ObjectSchema } from '../schema/object.ts';
import type { World } from '../world.ts';
import { comparison } from './comparison.ts';
import { fieldPath } from './path.ts';
import { unexpectedToken } from './place.ts';

/** What a filter is compiled within. */
export interface FilterContext {
  readonly world: World;
  readonly object: ObjectSchema;
  /** The query's text, for the place of an error. */
  readonly query: string;
  readonly timeZone: string;
  /** The values a subquery in `IN (SELECT …)` selects. */
  readonly valuesOf: (subquery: Query) => FieldValue[];
}

/** Whether a row passes. */
export type RowFilter = (row: Readonly<Row>) => boolean;

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Leaf;
type Leaf = Exclude<Condition, { openParen: number } & { field?: never }> &
  Partial<ValueCondition> & { valueQuery?: Query };

/**
 * Compiles the conditions of a WHERE clause. `AND` and `OR` side by side without parentheses are refused, as the real
 * parser refuses them.
 */
export function compileFilter(where: WhereClause, context: FilterContext): RowFilter {
  const tokens = tokensOf(where);
  let position = 0;
  const filter = alternatives();
  if (position < tokens.length) throw unexpectedToken(context.query, ')');
  return filter;

  function alternatives(): RowFilter {
    const operands = [operand()];
    let operator: 'AND' | 'OR' | null = null;
    for (let token = tokens[position]; token === 'AND' || token === 'OR'; token = tokens[position]) {
      if (operator && operator !== token) throw unexpectedToken(context.query, token);
      operator = token;
      position++;
      operands.push(operand());
    }
    return operator === 'OR' ? (row) => operands.some((one) => one(row)) : (row) => operands.every((one) => one(row));
  }

  function operand(): RowFilter {
    const token = tokens[position++];
    if (token === 'NOT') {
      const inner = operand();
      return (row) => !inner(row);
    }
    if (token === '(') {
      const inner = alternatives();
      if (tokens[position++] !== ')') throw unexpectedToken(context.query, '');
      return inner;
    }
    if (token === undefined || typeof token === 'string') throw unexpectedToken(context.query, token ?? '');
    return leaf(token, context);
  }
}

/** The parser hands out a chain with counted parentheses; this lays it out flat. */
function tokensOf(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  for (let clause: WhereClause | undefined = where; clause; clause = 'right' in clause ? clause.right : undefined) {
    const left = clause.left as (Partial<Leaf> & { openParen?: number; closeParen?: number }) | null;
    tokens.push(...Array<'('>(left?.openParen ?? 0).fill('('));
    if ('operator' in clause && clause.operator === 'NOT') {
      tokens.push('NOT');
      continue;
    }
    tokens.push(left as Leaf, ...Array<')'>(left?.closeParen ?? 0).fill(')'));
    if ('operator' in clause) tokens.push(clause.operator);
  }
  return tokens;
}

function leaf(condition: Leaf, context: FilterContext): RowFilter {
  const { world, object, query } = context;
  const name = 'fn' in condition && condition.fn ? String(condition.fn.parameters?.[0] ?? '') : (condition.field ?? '');
  if ('fn' in condition && condition.fn && !/^(toLabel|DAY_ONLY)$/i.test(condition.fn.functionName ?? '')) {
    throw refusals.malformedQuery(`the practice org has no function ${condition.fn.functionName}`);
  }
  const path = fieldPath(world, object, name.split('.'), query);
  if (!path.describe.filterable)
    throw refusals.invalidField(`field '${path.describe.name}' can not be filtered in a query call`);
  if (condition.valueQuery) {
    const values = new Set(context.valuesOf(condition.valueQuery));
    const negated = condition.operator === 'NOT IN';
    return (row) => values.has(path.valueOf(row)) !== negated;
  }
  const test = comparison(path.describe, condition as ValueCondition & { dateLiteralVariable?: number | number[] }, {
    timeZone: context.timeZone,
    now: world.now(),
    query,
    dayOnly: 'fn' in condition && /^DAY_ONLY$/i.test(condition.fn?.functionName ?? ''),
  });
  return (row) => test(path.valueOf(row));
}
