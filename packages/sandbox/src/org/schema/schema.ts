import { accountSchema } from './account.ts';
import { caseSchema } from './case.ts';
import { contactSchema } from './contact.ts';
import type { Field } from './field.ts';
import { leadSchema } from './lead.ts';
import type { ObjectSchema } from './object.ts';
import {
  campaignSchema,
  groupSchema,
  opportunitySchema,
  quickTextSchema,
  taskStatusSchema,
} from './smaller-objects.ts';
import { taskSchema, type CallKeyField } from './task.ts';
import { userSchema } from './user.ts';

/** What an admin decides about the shape of the data. */
export interface SchemaOptions {
  readonly personAccounts: boolean;
  readonly callKeyField: CallKeyField;
}

/** All objects of the org. Names of objects and fields are found without regard to case, as in the real API. */
export interface Schema {
  readonly objects: readonly ObjectSchema[];
  object(name: string): ObjectSchema | undefined;
  field(object: ObjectSchema, name: string): Field | undefined;
  /** The object an id belongs to, by its first three characters. */
  objectOfId(id: string): ObjectSchema | undefined;
  /** The reference behind a relationship such as `Account` or `Who`. */
  relationship(object: ObjectSchema, name: string): Field | undefined;
  /** The objects and references that list children of `parent` under this name, such as `Tasks`. */
  children(parent: string): { relationshipName: string; childSObject: string; field: string }[];
}

/** The schema an org has under these options. */
export function createSchema(options: SchemaOptions): Schema {
  const objects = [
    accountSchema(options.personAccounts),
    contactSchema(options.personAccounts),
    leadSchema(options.personAccounts),
    caseSchema(),
    taskSchema(options.callKeyField),
    userSchema(),
    campaignSchema(),
    opportunitySchema(),
    quickTextSchema(),
    taskStatusSchema(),
    groupSchema(),
  ];
  const byName = new Map(objects.map((one) => [one.name.toLowerCase(), one]));
  const byPrefix = new Map(objects.map((one) => [one.keyPrefix, one]));
  const fieldsOf = new Map(
    objects.map((one) => [one, new Map([...one.fields].map(([name, field]) => [name.toLowerCase(), field]))]),
  );
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    field: (object, name) => fieldsOf.get(object)?.get(name.toLowerCase()),
    objectOfId: (id) => byPrefix.get(id.slice(0, 3)),
    relationship: (object, name) =>
      [...object.fields.values()].find(
        ({ describe }) => describe.relationshipName?.toLowerCase() === name.toLowerCase(),
      ),
    children: (parent) =>
      objects.flatMap((child) =>
        [...child.fields.values()]
          .filter(({ describe, childRelationship }) => childRelationship && describe.referenceTo.includes(parent))
          .map(({ describe, childRelationship }) => ({
            relationshipName: childRelationship ?? '',
            childSObject: child.name,
            field: describe.name,
          })),
      ),
  };
}
