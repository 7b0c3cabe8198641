import type { Field } from './field.ts';

/** An object (table) of the practice org. */
export interface ObjectSchema {
  /** API name. */
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  /** By API name, in describe's order. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** Found by SOSL. */
  readonly searchable: boolean;
}

/** What an object is made of. */
export interface ObjectParts {
  readonly name: string;
  readonly label?: string;
  readonly labelPlural?: string;
  readonly keyPrefix: string;
  readonly fields: readonly Field[];
  readonly searchable?: boolean;
  /** False for tables an admin keeps; the API only reads them. */
  readonly writable?: boolean;
  /** Users can be changed but never made or deleted here. */
  readonly deletable?: boolean;
}

/** An object from its parts. */
export function object(parts: ObjectParts): ObjectSchema {
  const label = parts.label ?? parts.name;
  const writable = parts.writable ?? true;
  return {
    name: parts.name,
    label,
    labelPlural: parts.labelPlural ?? `${label}s`,
    keyPrefix: parts.keyPrefix,
    fields: new Map(parts.fields.map((field) => [field.describe.name, field])),
    createable: writable,
    updateable: writable,
    deletable: writable && (parts.deletable ?? true),
    searchable: parts.searchable ?? false,
  };
}
