import {
  type CrmRecord,
  type FieldValue,
  MultiLineError,
  type RecordDetails,
  type RecordKind,
  type RecordRef,
} from '@multiline/core';
import type { Columns } from './columns.ts';
import { phoneObjectsOf, recordOf, sobjectOf } from './kinds.ts';
import { type Org, type Row, notSalesforce, text } from './org.ts';
import { apiName, soqlText, validId } from './queries.ts';

/** The columns that `read` answers, by kind, where no others are asked for. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  Contact: ['Name', 'Title', 'Department', 'Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'Email', 'LeadSource'],
  PersonAccount: [
    'Name',
    'Phone',
    'PersonMobilePhone',
    'PersonHomePhone',
    'PersonOtherPhone',
    'PersonEmail',
    'PersonTitle',
  ],
  Lead: ['Name', 'Title', 'Company', 'Status', 'Phone', 'MobilePhone', 'Email', 'LeadSource', 'Rating'],
  Account: ['Name', 'Type', 'Industry', 'Phone', 'Website', 'AccountNumber'],
  Case: ['CaseNumber', 'Subject', 'Status', 'Priority', 'Origin', 'SuppliedName', 'SuppliedPhone'],
  User: ['Name', 'Title', 'Department', 'Phone', 'MobilePhone', 'Extension', 'Email'],
};

export interface RecordAccessOptions {
  readonly kinds: readonly RecordKind[];
  /** Columns for `read` by kind, instead of the usual ones. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

/** Reads and creates single records. */
export interface RecordAccess {
  read(ref: RecordRef, signal?: AbortSignal): Promise<RecordDetails>;
  create(kind: string, fields: Readonly<Record<string, FieldValue>>, signal?: AbortSignal): Promise<CrmRecord>;
}

export function recordAccess(org: Org, columns: Columns, { kinds, fields }: RecordAccessOptions): RecordAccess {
  const objects = phoneObjectsOf(kinds);
  const descriptions = new Map<string, ReadonlyMap<string, string>>();

  /** Labels of an object's columns in the user's language; what the user may not see is not among them. */
  async function labelsOf(object: string, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const known = descriptions.get(object);
    if (known) return known;
    const { body } = await org.request({ method: 'GET', path: `/sobjects/${apiName(object)}/describe` }, signal);
    const described = (body as { fields?: unknown } | null)?.fields;
    if (!Array.isArray(described)) throw notSalesforce();
    const labels = new Map(
      (described as Row[]).map((field) => [text(field, 'name') ?? '', text(field, 'label') ?? '']),
    );
    descriptions.set(object, labels);
    return labels;
  }

  async function rowOf(object: string, id: string, more: readonly string[], signal?: AbortSignal): Promise<Row> {
    const listed = objects.find(({ name }) => name === object);
    const row = await columns.settle(listed ? [listed] : [], async () => {
      const own = listed ? columns.of(listed) : ['Id', 'CreatedDate', 'LastModifiedDate'];
      const select = [...new Set([...own, 'SystemModstamp', ...more])].join(', ');
      const [found] = await org.query(`SELECT ${select} FROM ${apiName(object)} WHERE Id = ${soqlText(id)}`, signal);
      return found;
    });
    if (!row) throw new MultiLineError('not-found');
    return row;
  }

  function recordIn(row: Row): CrmRecord {
    const record = recordOf(row, kinds);
    if (!record) throw new MultiLineError('not-found');
    return record;
  }

  return {
    async read({ kind, id }, signal) {
      signal?.throwIfAborted();
      if (!kinds.some(({ name }) => name === kind) || !validId(id)) throw new MultiLineError('not-found');
      const object = sobjectOf(kind);
      const labels = await labelsOf(object, signal);
      const shown = (fields?.[kind] ?? SHOWN[kind] ?? ['Name']).filter((name) => labels.has(name));
      const row = await rowOf(object, id, shown.map(apiName), signal);
      return {
        record: recordIn(row),
        fields: shown.map((name) => ({ name, label: labels.get(name) ?? name, value: valueOf(row[name]) })),
        version: text(row, 'SystemModstamp') ?? '',
      };
    },

    async create(kind, values, signal) {
      signal?.throwIfAborted();
      if (!kinds.some(({ name, creatable }) => name === kind && creatable)) {
        throw new MultiLineError('refused', { message: `Records of the kind ${kind} cannot be created here.` });
      }
      const object = sobjectOf(kind);
      for (const name of Object.keys(values)) apiName(name);
      const request = { method: 'POST', path: `/sobjects/${apiName(object)}`, body: values } as const;
      const { body } = await org.request(request, signal);
      const id = text((body ?? {}) as Row, 'id');
      if (id === undefined || !validId(id)) throw notSalesforce();
      return recordIn(await rowOf(object, id, object === 'Case' ? ['CaseNumber', 'Subject'] : [], signal));
    },
  };
}

/** Compound values (addresses) have parts of their own among the fields. */
function valueOf(value: unknown): FieldValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
