import { OrgError } from './errors.ts';
import type { Row } from './exchange.ts';
import type { World } from './world.ts';

/**
 * The standard duplicate rule for leads: the same last name with the same number or e-mail address stops the insert
 * unless the caller allows it (salesforce.md §4.3 "Duplicates on single POST").
 */
export function checkDuplicates(world: World, object: string, row: Row, apiBase: string): void {
  if (object !== 'Lead' || !world.settings().duplicateRule) return;
  const found = world.records.list('Lead').filter(({ row: other }) => !other['IsDeleted'] && sameLead(other, row));
  if (!found.length) return;
  const message = 'Use one of these records?';
  throw new OrgError(400, {
    duplicateResut: {
      allowSave: true,
      duplicateRule: 'Standard_Lead_Duplicate_Rule',
      duplicateRuleEntityType: 'Lead',
      errorMessage: message,
      matchResults: [
        {
          entityType: 'Lead',
          errors: [],
          matchEngine: 'FuzzyMatchEngine',
          matchRecords: found.map(({ row: match }) => ({
            additionalInformation: [],
            fieldDiffs: [],
            matchConfidence: 100.0,
            record: { attributes: { type: 'Lead', url: `${apiBase}/sobjects/Lead/${match['Id']}` }, Id: match['Id'] },
          })),
          rule: 'Standard_Lead_Match_Rule_v1_0',
          size: found.length,
          success: true,
        },
      ],
    },
    errorCode: 'DUPLICATES_DETECTED',
    message,
  });
}

function sameLead(a: Readonly<Row>, b: Readonly<Row>): boolean {
  if (fold(a['LastName']) !== fold(b['LastName'])) return false;
  return (['Phone', 'MobilePhone', 'Email'] as const).some((name) => a[name] && fold(a[name]) === fold(b[name]));
}

function fold(value: unknown): string {
  const text = String(value ?? '').toLowerCase();
  return text.includes('@') ? text : text.replace(/[^\p{L}\d]/gu, '');
}
