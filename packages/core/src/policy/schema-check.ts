/** The keywords of JSON Schema (draft 2020-12) that the policy's schema uses. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
}

/** Everything wrong with plain data, each as place and reason: `pop/at: is none of ringing, answered, never`. */
export function faultsOf(value: unknown, schema: Schema, place = ''): string[] {
  const reason = wrongType(value, schema) ?? wrongValue(value, schema);
  if (reason) return [`${place || 'policy'}: ${reason}`];
  const inside = (name: string | number): string => (place ? `${place}/${name}` : String(name));
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item, index) => faultsOf(item, items, inside(index))) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  const faults = missing.length > 0 ? [`${place || 'policy'}: lacks ${missing.join(', ')}`] : [];
  for (const [name, part] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) faults.push(...faultsOf(part, known, inside(name)));
    else if (additionalProperties === false) faults.push(`${inside(name)}: is not known`);
  }
  return faults;
}

function wrongType(value: unknown, { type }: Schema): string | undefined {
  const actual = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const right = type === undefined || (type === 'integer' ? Number.isInteger(value) : actual === type);
  return right ? undefined : `is no ${type}`;
}

function wrongValue(value: unknown, schema: Schema): string | undefined {
  if ('const' in schema && value !== schema.const) return `is not ${String(schema.const)}`;
  if (schema.enum && !schema.enum.includes(value)) return `is none of ${schema.enum.join(', ')}`;
  if (typeof value === 'string')
    return wrongSize(value.length, schema.minLength, schema.maxLength) ?? wrongText(value, schema);
  if (typeof value === 'number') return wrongSize(value, schema.minimum, schema.maximum);
  if (!Array.isArray(value)) return undefined;
  if (schema.uniqueItems && new Set(value).size < value.length) return 'has something twice';
  return wrongSize(value.length, schema.minItems);
}

function wrongText(text: string, { pattern }: Schema): string | undefined {
  return pattern !== undefined && !new RegExp(pattern, 'u').test(text) ? `does not fit ${pattern}` : undefined;
}

function wrongSize(size: number, least = -Infinity, most = Infinity): string | undefined {
  if (size < least) return `is less than ${least}`;
  return size > most ? `is more than ${most}` : undefined;
}
