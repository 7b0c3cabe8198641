import type { Activity, RecordRef } from '@multiline/core';

/** Columns of a Task as they are sent. */
export type TaskFields = Readonly<Record<string, string | number | null>>;

/** Lengths the org takes (object reference, Task), in UTF-16 units. */
export const NOTES_LIMIT = 32_000;
const TEXT_LIMIT = 255;

const NOTES_MARK = '\n… [cut: the whole text is longer than Salesforce takes]';

/** Whom a Task belongs to: a person by `WhoId`, anything else by `WhatId`. */
export interface TaskRelation {
  readonly WhoId?: string | null;
  readonly WhatId?: string | null;
}

/** The columns of a call, without those that only a new Task takes. */
export function taskFields(key: string, activity: Activity, relation: TaskRelation, status: string): TaskFields {
  return {
    Subject: cut(oneLine(activity.subject), TEXT_LIMIT, '…'),
    Description: storedNotes(activity.notes),
    Status: status,
    ActivityDate: activity.day,
    CallType: { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal' }[activity.direction],
    // Whole seconds that have passed, as the phone shows them; another phone's call has a length that we do not know.
    ...(activity.durationMs === null
      ? {}
      : { CallDurationInSeconds: Math.max(Math.floor(activity.durationMs / 1000), 0) }),
    CallDisposition: cut(oneLine(activity.outcome), TEXT_LIMIT, '…'),
    CallObject: callObject(key, activity),
    ...relation,
  };
}

/** What the wire knows the call by; by it a Task is found again where the org has no field for the key. */
export function callObject(key: string, { correlation }: Activity): string {
  return cut(oneLine(correlation) || key, TEXT_LIMIT, '');
}

/** Notes as the org keeps them: cut with a mark where they are too long. */
export function storedNotes(notes: string): string {
  return cut(clean(notes).replace(/\r\n?/g, '\n').trimEnd(), NOTES_LIMIT, NOTES_MARK);
}

/** Where a call with this record goes. The org allows a lead no other relation beside it. */
export function relationOf({ kind, id }: RecordRef, personContactId?: string): TaskRelation {
  if (kind === 'Lead') return { WhoId: id, WhatId: null };
  if (kind === 'Contact') return { WhoId: id };
  if (kind === 'PersonAccount' && personContactId !== undefined) return { WhoId: personContactId };
  return { WhoId: null, WhatId: id };
}

/** Taken when a Task is made, refused when one is changed: which of both an upsert is, only the org knows. */
export const NEW_CALL: TaskFields = { TaskSubtype: 'Call' };

/**
 * What is sent over a Task that stands. A relation that holds already is left alone, so that what a person added beside it
 * (an opportunity) stays; an account left from an earlier match goes. Whose it is stays as it is. Without a length of our own the
 * outcome stays too.
 * @param silent we have no notes: those that stand stay
 */
export function fieldsOver(
  fields: TaskFields,
  standing: { whoId: string | null; whatId: string | null },
  silent = false,
): TaskFields {
  const { WhoId, WhatId, Description, CallDisposition, OwnerId: _, ...others } = fields;
  const rest = {
    ...others,
    ...(silent || Description === undefined ? {} : { Description }),
    ...('CallDurationInSeconds' in others && CallDisposition !== undefined ? { CallDisposition } : {}),
  };
  if (WhoId) {
    if (WhoId === standing.whoId) return rest;
    return { ...rest, WhoId, ...(standing.whatId?.startsWith('001') ? { WhatId: null } : related({ WhatId })) };
  }
  return WhatId && WhatId === standing.whatId ? rest : { ...rest, ...related({ WhoId, WhatId }) };
}

/** The relations that are said at all. */
function related(relation: Readonly<Record<string, TaskFields[string] | undefined>>): TaskFields {
  return Object.fromEntries(Object.entries(relation).filter(([, id]) => id !== undefined)) as TaskFields;
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** Without control characters and halves of characters, which the org's XML interfaces could not give out again. */
function clean(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** At most `limit` UTF-16 units, the mark included, never through a character. */
function cut(text: string, limit: number, mark: string): string {
  if (text.length <= limit) return text;
  return text.slice(0, limit - mark.length).replace(/[\ud800-\udbff]$/, '') + mark;
}
