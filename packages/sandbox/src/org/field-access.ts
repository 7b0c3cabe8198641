import type { FieldDescribe } from './schema/field.ts';
import type { ObjectSchema } from './schema/object.ts';
import type { OrgSettings } from './settings.ts';

/** Fields of Call Center features are exempt from field-level security (salesforce.md §4.4 "Task"). */
const EXEMPT = 'Call';

/** Whether anyone can see the field at all. */
export function visible(object: ObjectSchema, field: FieldDescribe, settings: OrgSettings): boolean {
  return (
    (object.name === 'Task' && field.name.startsWith(EXEMPT)) ||
    !settings.hiddenFields.includes(`${object.name}.${field.name}`)
  );
}

/** Whether field-level security leaves the field writable. */
export function writable(object: ObjectSchema, field: FieldDescribe, settings: OrgSettings): boolean {
  return (
    (object.name === 'Task' && field.name.startsWith(EXEMPT)) ||
    !settings.readOnlyFields.includes(`${object.name}.${field.name}`)
  );
}

/** The field as describe shows it under field-level security. */
export function describedField(object: ObjectSchema, field: FieldDescribe, settings: OrgSettings): FieldDescribe {
  return writable(object, field, settings) ? field : { ...field, createable: false, updateable: false };
}
