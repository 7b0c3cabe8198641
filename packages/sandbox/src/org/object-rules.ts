import { refusals } from './errors.ts';
import { dateTimeText } from './field-input.ts';
import type { Row } from './exchange.ts';
import type { World } from './world.ts';

/** Fields the org fills in by itself, object by object, once a row's own fields are known. */
export function derive(world: World, object: string, row: Row): void {
  if (object === 'Task') deriveTask(world, row);
  if (object === 'Case') deriveCase(world, row);
  if (object === 'Opportunity') {
    row['IsClosed'] = String(row['StageName']).startsWith('Closed');
    row['IsWon'] = row['StageName'] === 'Closed Won';
  }
  if (object === 'Contact' || object === 'Lead' || object === 'User') row['Name'] = fullName(row);
  if (object === 'Account' && row['IsPersonAccount']) row['Name'] = fullName(row);
}

/** Rules of the platform over a whole row, beyond single fields. */
export function checkRow(world: World, object: string, row: Row, before: Readonly<Row> | null): void {
  if (object === 'Task') checkTask(row);
  if (object === 'Task' && row['OwnerId'] !== before?.['OwnerId']) {
    const owner = world.records.get(String(row['OwnerId']));
    if (owner?.row['IsActive'] === false) throw refusals.inactiveOwner(String(owner.row['Name']));
  }
  const rule = world.settings().validationRule;
  if (rule && rule.object.toLowerCase() === object.toLowerCase())
    throw refusals.validationRule(rule.message, rule.field);
}

function checkTask(row: Row): void {
  if (typeof row['WhoId'] === 'string' && row['WhoId'].startsWith('00Q') && row['WhatId']) {
    throw refusals.fieldIntegrity('Related To must be empty when the name is a lead', ['WhatId']);
  }
}

function deriveTask(world: World, row: Row): void {
  const closed = world.records
    .list('TaskStatus')
    .some(({ row: status }) => status['MasterLabel'] === row['Status'] && status['IsClosed']);
  row['IsClosed'] = closed;
  row['CompletedDateTime'] = closed ? (row['CompletedDateTime'] ?? dateTimeText(world.now())) : null;
  row['IsHighPriority'] = row['Priority'] === 'High';
  row['WhoCount'] = row['WhoId'] ? 1 : 0;
  row['WhatCount'] = row['WhatId'] ? 1 : 0;
  row['AccountId'] = accountOf(world, row['WhatId']) ?? accountOf(world, row['WhoId']);
}

function accountOf(world: World, id: unknown): string | null {
  if (typeof id !== 'string') return null;
  if (id.startsWith('001')) return id;
  const account = world.records.get(id)?.row['AccountId'];
  return typeof account === 'string' ? account : null;
}

function deriveCase(world: World, row: Row): void {
  row['IsClosed'] = row['Status'] === 'Closed';
  row['ClosedDate'] = row['IsClosed'] ? (row['ClosedDate'] ?? dateTimeText(world.now())) : null;
  const contact = row['ContactId'] ? world.records.get(String(row['ContactId']))?.row : undefined;
  row['ContactPhone'] = contact?.['Phone'] ?? null;
  row['ContactMobile'] = contact?.['MobilePhone'] ?? null;
  row['ContactEmail'] = contact?.['Email'] ?? null;
  row['AccountId'] ??= contact?.['AccountId'] ?? null;
}

function fullName(row: Row): string {
  return [row['FirstName'], row['LastName']].filter(Boolean).join(' ');
}
