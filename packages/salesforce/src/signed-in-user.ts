import { type CrmUser, MultiLineError } from '@multiline/core';
import { type Org, type Row, text } from './org.ts';
import { soqlText, validId } from './queries.ts';
import { OrgRefusal } from './refusals.ts';

/** Who signs, asked once: by the identity service, or where the token is not good for that by the record of the user. */
export function signedInUser(org: Org): (signal?: AbortSignal) => Promise<CrmUser> {
  let known: CrmUser | undefined;
  return async (signal) => {
    signal?.throwIfAborted();
    return (known ??= await ask(org, signal));
  };
}

async function ask(org: Org, signal: AbortSignal | undefined): Promise<CrmUser> {
  try {
    const { body } = await org.request({ method: 'GET', path: '/services/oauth2/userinfo' }, signal);
    const info = (body ?? {}) as Row;
    const id = text(info, 'user_id');
    if (id !== undefined && validId(id))
      return userOf(id, text(info, 'name'), text(info, 'zoneinfo'), text(info, 'locale'));
  } catch (error) {
    if (!(error instanceof OrgRefusal) || error.status >= 500 || error.code === 'limit') throw error;
  }
  return askRecord(org, signal);
}

async function askRecord(org: Org, signal: AbortSignal | undefined): Promise<CrmUser> {
  const { body } = await org.request({ method: 'GET', path: '/' }, signal);
  const id =
    text((body ?? {}) as Row, 'identity')
      ?.split('/')
      .at(-1) ?? '';
  if (!validId(id)) throw new MultiLineError('unsupported');
  const soql = `SELECT Id, Name, TimeZoneSidKey, LocaleSidKey FROM User WHERE Id = ${soqlText(id)}`;
  const [row] = await org.query(soql, signal);
  if (!row) throw new MultiLineError('not-found');
  return userOf(id, text(row, 'Name'), text(row, 'TimeZoneSidKey'), text(row, 'LocaleSidKey'));
}

function userOf(id: string, name: string | undefined, zone: string | undefined, locale: string | undefined): CrmUser {
  const timeZone =
    zone !== undefined && works(() => new Intl.DateTimeFormat('en', { timeZone: zone })) ? zone : undefined;
  // en_US, and older forms such as de_DE_EURO.
  const tag = locale?.replace(/_(?:PRE)?EURO$/, '').replaceAll('_', '-');
  const known = tag !== undefined && works(() => Intl.getCanonicalLocales(tag)) ? tag : undefined;
  return {
    ref: { kind: 'User', id },
    name: name ?? '',
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(known === undefined ? {} : { locale: known }),
  };
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
