import { MultiLineError } from '@multiline/core';
import { type Org, text } from './org.ts';
import { soqlText, validId } from './queries.ts';

/** Whose the logged calls are where the token is not the person's own, e.g. one of an integration user (XB-03). */
export interface Author {
  /** The person's user name in the org, or e-mail address. */
  readonly username: string;
  /** Id of the user who gets the calls of a person whom the org does not know, or knows no more: the administrator. */
  readonly administrator: string;
}

/** The owner of new Tasks; `undefined`: whose token it is. The org is asked once. */
export function ownerOf(org: Org, author: Author | undefined): (signal?: AbortSignal) => Promise<string | undefined> {
  if (!author) return () => Promise.resolve(undefined);
  const { username, administrator } = author;
  if (!validId(administrator))
    throw new MultiLineError('refused', { message: 'The administrator is named by the id of a user.' });
  const name = soqlText(username.trim());
  // Only who is active may own anything.
  const soql =
    `SELECT Id, Username FROM User WHERE IsActive = true AND (Username = ${name} OR Email = ${name}) ` +
    'ORDER BY CreatedDate LIMIT 2';
  let known: string | undefined;
  return async (signal) => {
    if (known !== undefined) return known;
    const rows = username.trim() === '' ? [] : await org.query(soql, signal);
    const same = (row: (typeof rows)[number]): boolean =>
      text(row, 'Username')?.toLowerCase() === username.trim().toLowerCase();
    const found = rows.find(same) ?? rows[0];
    known = (found && text(found, 'Id')) ?? administrator;
    return known;
  };
}
