import { agentOf, canonicalUser, passwordOf } from '../sip/directory.ts';

/**
 * The user a request to the phone service comes from: `Basic` with the SIP user and password, or the `Bearer` token of the
 * practice org (`sandbox-ann`), which an agent's page has anyway. Undefined for everybody else.
 */
export function phoneUser(authorization: string | undefined): string | undefined {
  const [scheme = '', credentials = ''] = (authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) {
    const name = /^sandbox-(\w+)$/.exec(credentials)?.[1];
    return name === undefined ? undefined : agentOf(name)?.user;
  }
  if (!/^basic$/i.test(scheme)) return undefined;
  const [, name = '', password = ''] = /^([^:]*):([^]*)$/.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  const expected = passwordOf(name);
  return expected !== undefined && expected === password ? canonicalUser(name) : undefined;
}
