import type { OrgReply, OrgRequest, Row } from '../exchange.ts';
import type { Sessions } from '../sessions.ts';

/** What the OAuth resources need of the org. */
export interface OauthParts {
  readonly sessions: Sessions;
  /** The user row of a short name such as `ann`. */
  readonly userRow: (name: string) => Readonly<Row> | undefined;
  readonly organizationId: string;
}

/**
 * `/services/oauth2/token` (refresh grant: the refresh token of ann is `refresh-ann`), `/userinfo` and `/revoke`
 * (salesforce.md §4.6). Null for any other path.
 */
export function oauth(parts: OauthParts, request: OrgRequest): OrgReply | null {
  const origin = `http://${request.headers['host'] ?? 'localhost'}`;
  const path = request.path.replace(/^\/services\/oauth2/, '');
  const form = new URLSearchParams(request.body || request.query);
  if (path === '/token') return request.method === 'POST' ? token(parts, form, origin) : { status: 405 };
  if (path === '/revoke') {
    parts.sessions.revoke(form.get('token') ?? '');
    return { status: 200 };
  }
  if (path === '/userinfo')
    return { status: 200, body: userInfo(parts, parts.sessions.userOf(request.headers['authorization']), origin) };
  return null;
}

function token({ sessions, userRow, organizationId }: OauthParts, form: URLSearchParams, origin: string): OrgReply {
  const failed = (error: string, description: string) => ({
    status: 400,
    body: { error, error_description: description },
  });
  const grant = form.get('grant_type');
  if (grant !== 'refresh_token') return failed('unsupported_grant_type', 'grant type not supported');
  const user = /^refresh-([a-z]+)$/.exec(form.get('refresh_token') ?? '')?.[1] ?? '';
  const row = userRow(user);
  if (!row) return failed('invalid_grant', 'expired access/refresh token');
  const { token: accessToken, issuedAt } = sessions.issue(user);
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store' },
    body: {
      access_token: accessToken,
      signature: 'c2FuZGJveA==',
      scope: 'api refresh_token',
      instance_url: origin,
      id: `${origin}/id/${organizationId}/${row['Id']}`,
      token_type: 'Bearer',
      issued_at: String(issuedAt),
    },
  };
}

/** Who is signed in, as `/userinfo` and the identity address tell it. */
export function userInfo(
  { userRow, organizationId }: OauthParts,
  user: string,
  origin: string,
): Record<string, unknown> {
  const row = userRow(user) ?? {};
  return {
    sub: `${origin}/id/${organizationId}/${row['Id']}`,
    id: `${origin}/id/${organizationId}/${row['Id']}`,
    user_id: row['Id'],
    organization_id: organizationId,
    preferred_username: row['Username'],
    username: row['Username'],
    nickname: row['CommunityNickname'],
    name: row['Name'],
    display_name: row['Name'],
    given_name: row['FirstName'],
    family_name: row['LastName'],
    email: row['Email'],
    email_verified: true,
    zoneinfo: row['TimeZoneSidKey'],
    timezone: row['TimeZoneSidKey'],
    locale: row['LocaleSidKey'],
    language: row['LanguageLocaleKey'],
    user_type: 'STANDARD',
    active: row['IsActive'],
    urls: { rest: `${origin}/services/data/v{version}/`, sobjects: `${origin}/services/data/v{version}/sobjects/` },
  };
}
