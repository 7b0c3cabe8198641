/** The field types the practice org knows, as describe names them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'reference';

/** One value of a picklist. */
export interface PicklistValue {
  readonly active: boolean;
  readonly defaultValue: boolean;
  readonly label: string;
  readonly validFor: string | null;
  readonly value: string;
}

/** A field as `/sobjects/X/describe` shows it (salesforce.md §4.3 "Describe global"). */
export interface FieldDescribe {
  readonly aggregatable: boolean;
  readonly autoNumber: boolean;
  readonly byteLength: number;
  readonly calculated: boolean;
  readonly calculatedFormula: null;
  readonly cascadeDelete: boolean;
  readonly caseSensitive: boolean;
  readonly compoundFieldName: string | null;
  readonly controllerName: string | null;
  readonly createable: boolean;
  readonly custom: boolean;
  readonly defaultValue: string | number | boolean | null;
  readonly defaultValueFormula: null;
  readonly defaultedOnCreate: boolean;
  readonly dependentPicklist: boolean;
  readonly deprecatedAndHidden: boolean;
  readonly digits: number;
  readonly displayLocationInDecimal: boolean;
  readonly encrypted: boolean;
  readonly externalId: boolean;
  readonly extraTypeInfo: string | null;
  readonly filterable: boolean;
  readonly formulaTreatNullNumberAsZero: boolean;
  readonly groupable: boolean;
  readonly highScaleNumber: boolean;
  readonly htmlFormatted: boolean;
  readonly idLookup: boolean;
  readonly inlineHelpText: string | null;
  readonly label: string;
  readonly length: number;
  readonly name: string;
  readonly nameField: boolean;
  readonly namePointing: boolean;
  readonly nillable: boolean;
  readonly permissionable: boolean;
  readonly picklistValues: readonly PicklistValue[];
  readonly polymorphicForeignKey: boolean;
  readonly precision: number;
  readonly queryByDistance: boolean;
  readonly referenceTargetField: string | null;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly relationshipOrder: number | null;
  readonly restrictedDelete: boolean;
  readonly restrictedPicklist: boolean;
  readonly scale: number;
  readonly searchPrefilterable: boolean;
  readonly soapType: string;
  readonly sortable: boolean;
  readonly type: FieldType;
  readonly unique: boolean;
  readonly updateable: boolean;
  readonly writeRequiresMasterRead: boolean;
}

/** A field of the practice org: what describe shows, and the name under which a parent lists these records. */
export interface Field {
  readonly describe: FieldDescribe;
  /** For a reference: the child relationship on the parent, for instance `Contacts` on Account. */
  readonly childRelationship?: string;
}

const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};

const LENGTHS: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  email: 80,
  phone: 40,
  url: 255,
  picklist: 255,
  multipicklist: 4099,
  combobox: 255,
  string: 255,
  textarea: 255,
};

type Attributes = Partial<FieldDescribe> & { childRelationship?: string };

/** A field that can be created, updated, left empty, filtered and sorted by, except where `attributes` say otherwise. */
export function field(
  name: string,
  type: FieldType,
  label: string,
  { childRelationship, ...attributes }: Attributes = {},
): Field {
  const length = attributes.length ?? LENGTHS[type] ?? 0;
  const numeric = type === 'double' || type === 'currency' || type === 'percent';
  const long = type === 'textarea' && length > 255;
  const described: FieldDescribe = {
    aggregatable: !long && type !== 'boolean' && type !== 'multipicklist',
    autoNumber: false,
    byteLength: length * (type === 'id' || type === 'reference' ? 1 : 3),
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: null,
    controllerName: null,
    createable: true,
    custom: name.endsWith('__c'),
    defaultValue: type === 'boolean' ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: type === 'boolean',
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: type === 'int' ? 8 : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: false,
    extraTypeInfo: long ? 'plaintextarea' : null,
    filterable: !long,
    formulaTreatNullNumberAsZero: false,
    groupable: !long && !numeric && type !== 'datetime' && type !== 'multipicklist',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: type === 'id' || type === 'email',
    inlineHelpText: null,
    label,
    length,
    name,
    nameField: false,
    namePointing: false,
    nillable: type !== 'boolean' && type !== 'id',
    permissionable: true,
    picklistValues: [],
    polymorphicForeignKey: false,
    precision: numeric ? 18 : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: [],
    relationshipName: null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: false,
    scale: numeric ? 2 : 0,
    searchPrefilterable: type === 'reference',
    soapType: SOAP_TYPES[type] ?? 'xsd:string',
    sortable: !long && type !== 'multipicklist',
    type,
    unique: false,
    updateable: true,
    writeRequiresMasterRead: false,
    ...attributes,
  };
  return childRelationship ? { describe: described, childRelationship } : { describe: described };
}

/** Attributes of what the org itself sets and nobody may write. */
export const READ_ONLY: Attributes = { createable: false, updateable: false, permissionable: false };

/** Attributes of a field without which no record is made. */
export const REQUIRED: Attributes = { nillable: false, permissionable: false };

/** A picklist; the value named by `defaultValue` is set on records made without one. */
export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  attributes: Attributes & { initial?: string } = {},
): Field {
  const { initial, ...others } = attributes;
  return field(name, 'picklist', label, {
    picklistValues: values.map((value) => ({
      active: true,
      defaultValue: value === initial,
      label: value,
      validFor: null,
      value,
    })),
    ...(initial === undefined ? {} : { defaultedOnCreate: true, defaultValue: initial }),
    ...others,
  });
}

/** A reference to records of one object, or of several (a polymorphic one). */
export function reference(name: string, label: string, to: readonly string[], attributes: Attributes = {}): Field {
  const polymorphic = to.length > 1;
  return field(name, 'reference', label, {
    referenceTo: to,
    relationshipName: name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, ''),
    polymorphicForeignKey: polymorphic,
    namePointing: polymorphic,
    ...attributes,
  });
}

/** The fields every object has, and the ones that tell when it changed and by whom. */
export function systemFields(label: string, options: { owner?: readonly string[] } = {}): Field[] {
  const stamp = { ...READ_ONLY, nillable: false, defaultedOnCreate: true };
  return [
    field('Id', 'id', `${label} ID`, { ...READ_ONLY, nillable: false, defaultedOnCreate: true, groupable: true }),
    field('IsDeleted', 'boolean', 'Deleted', { ...READ_ONLY }),
    ...(options.owner
      ? [
          reference('OwnerId', 'Owner ID', options.owner, {
            nillable: false,
            defaultedOnCreate: true,
            permissionable: false,
          }),
        ]
      : []),
    field('CreatedDate', 'datetime', 'Created Date', stamp),
    reference('CreatedById', 'Created By ID', ['User'], stamp),
    field('LastModifiedDate', 'datetime', 'Last Modified Date', stamp),
    reference('LastModifiedById', 'Last Modified By ID', ['User'], stamp),
    field('SystemModstamp', 'datetime', 'System Modstamp', stamp),
  ];
}

/** The compound name of a person and its parts. */
export function personName(lastNameAttributes: Attributes = REQUIRED, compound: Attributes = {}): Field[] {
  const part = { compoundFieldName: 'Name' };
  return [
    field('LastName', 'string', 'Last Name', { length: 80, ...part, ...lastNameAttributes }),
    field('FirstName', 'string', 'First Name', { length: 40, ...part }),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], part),
    field('Name', 'string', 'Full Name', {
      ...READ_ONLY,
      length: 121,
      nameField: true,
      nillable: false,
      extraTypeInfo: 'personname',
      ...compound,
    }),
  ];
}

/** The five parts of an address. */
export function address(prefix: string, label: string): Field[] {
  const part = { compoundFieldName: `${prefix}Address` };
  return [
    field(`${prefix}Street`, 'textarea', `${label} Street`.trim(), { length: 255, ...part }),
    field(`${prefix}City`, 'string', `${label} City`.trim(), { length: 40, ...part }),
    field(`${prefix}State`, 'string', `${label} State/Province`.trim(), { length: 80, ...part }),
    field(`${prefix}PostalCode`, 'string', `${label} Zip/Postal Code`.trim(), { length: 20, ...part }),
    field(`${prefix}Country`, 'string', `${label} Country`.trim(), { length: 80, ...part }),
  ];
}
