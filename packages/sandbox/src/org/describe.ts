import { describedField, visible } from './field-access.ts';
import type { ObjectSchema } from './schema/object.ts';
import type { World } from './world.ts';

/** `/sobjects`: every object in short (salesforce.md §4.3 "Describe global"). */
export function describeGlobal(world: World, apiBase: string): unknown {
  return {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: world.schema().objects.map((object) => summary(object, apiBase)),
  };
}

/** `/sobjects/X`: the object in short and what was used last. */
export function basicInformation(object: ObjectSchema, apiBase: string): unknown {
  return { objectDescribe: summary(object, apiBase), recentItems: [] };
}

/** `/sobjects/X/describe`: the object with all its fields. */
export function describeObject(world: World, object: ObjectSchema, apiBase: string): unknown {
  const settings = world.settings();
  return {
    actionOverrides: [],
    childRelationships: world
      .schema()
      .children(object.name)
      .map((child) => ({
        ...child,
        cascadeDelete: false,
        deprecatedAndHidden: false,
        restrictedDelete: false,
        junctionIdListNames: [],
        junctionReferenceTo: [],
      })),
    ...summary(object, apiBase),
    fields: [...object.fields.values()]
      .filter(({ describe }) => visible(object, describe, settings))
      .map(({ describe }) => describedField(object, describe, settings)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        master: true,
        name: 'Master',
        recordTypeId: '012000000000000AAA',
        urls: { layout: `${apiBase}/sobjects/${object.name}/describe/layouts/012000000000000AAA` },
      },
    ],
    searchLayoutable: object.searchable,
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
  };
}

function summary(object: ObjectSchema, apiBase: string) {
  const url = `${apiBase}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: object.name === 'Account',
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.createable,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: object.searchable,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: object.searchable,
    triggerable: true,
    undeletable: object.deletable,
    updateable: object.updateable,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}
