import { createFaults, type Faults } from '../http/faults.ts';
import { createDatabase, type WriteContext } from './database.ts';
import { OrgError, refusals } from './errors.ts';
import type { OrgReply, OrgRequest, Row } from './exchange.ts';
import { createRecords } from './records.ts';
import { oauth, userInfo } from './rest/oauth.ts';
import { runRoute, type ApiCall } from './rest/route.ts';
import { routes, versionEntry, versionResources, VERSIONS } from './rest/routes.ts';
import { createSchema, type Schema } from './schema/schema.ts';
import { plantSeed, ORGANIZATION_ID, userNameOf } from './seed.ts';
import { createSessions } from './sessions.ts';
import { createCursors } from './soql/cursors.ts';
import { changedSettings, DEFAULT_SETTINGS, type OrgSettings } from './settings.ts';
import type { World } from './world.ts';

/** How a practice org is made. */
export interface OrgOptions {
  /** How long a change stays unknown to search, in milliseconds; 2,000 when left out. */
  readonly indexDelayMs?: number;
  /** Life of an access token in milliseconds; for ever when left out. */
  readonly tokenLifetimeMs?: number;
  /** The clock, epoch milliseconds. */
  readonly now?: () => number;
}

/** The practice org: a stand-in for Salesforce's REST API. */
export interface Org {
  /** Answers one request; never throws. */
  handle(request: OrgRequest): OrgReply;
  readonly faults: Faults;
  settings(): OrgSettings;
  /** Changes settings; returns all of them. Throws a `TypeError` for an unknown one. */
  configure(changes: Partial<OrgSettings>): OrgSettings;
  /** Every access token handed out so far stops being accepted. */
  expireTokens(): void;
  /** The rows of an object that aren't deleted, in the order they were made: for looking on, not for writing. */
  rows(object: string): Readonly<Row>[];
  /** Writes a row's fields past every rule and the API, as somebody else in the org would; stamps it as `user`'s. */
  edit(id: string, fields: Row, user?: string): void;
  /** Back to the seed: data, settings, tokens, faults. */
  reset(): void;
}

/** The settings that decide which fields there are. */
const SHAPING = ['personAccounts', 'callKeyField', 'hiddenFields', 'readOnlyFields'] as const;

const FRESH_SEED_MS = 60 * 60 * 1000;

/** A practice org with its seed people. */
export function createOrg(options: OrgOptions = {}): Org {
  const now = options.now ?? Date.now;
  const initial: OrgSettings = {
    ...DEFAULT_SETTINGS,
    ...(options.indexDelayMs === undefined ? {} : { indexDelayMs: options.indexDelayMs }),
    ...(options.tokenLifetimeMs === undefined ? {} : { tokenLifetimeMs: options.tokenLifetimeMs }),
  };
  let settings = initial;
  let shapedAt = Date.UTC(2026, 0, 1);
  let schema: Schema = createSchema(settings);
  const faults = createFaults();
  const records = createRecords();
  const world: World = { records, schema: () => schema, settings: () => settings, shapedAt: () => shapedAt, now };
  const database = createDatabase(world);
  const cursors = createCursors();
  const userRow = (name: string) => records.list('User').find(({ row }) => userNameOf(row) === name)?.row;
  const sessions = createSessions({
    knows: (user) => Boolean(userRow(user)),
    now,
    lifetimeMs: () => settings.tokenLifetimeMs,
  });
  const oauthParts = { sessions, userRow, organizationId: ORGANIZATION_ID };

  function configure(changes: Partial<OrgSettings>): OrgSettings {
    adopt(changedSettings(settings, changes));
    return settings;
  }

  function adopt(next: OrgSettings): void {
    const reshaped = SHAPING.some((name) => JSON.stringify(next[name]) !== JSON.stringify(settings[name]));
    settings = next;
    if (!reshaped) return;
    schema = createSchema(settings);
    shapedAt = Math.max(Math.floor(now() / 1000) * 1000, shapedAt + 1000);
  }

  let seed: { restore: () => void; plantedAt: number } | null = null;

  /** The seed's dates lie before the present one, so an old planting is not put back but made anew. */
  function replant(): void {
    if (seed && Math.abs(now() - seed.plantedAt) < FRESH_SEED_MS) {
      seed.restore();
      return;
    }
    records.clear();
    plantSeed(world);
    seed = { restore: records.snapshot(), plantedAt: now() };
  }

  function reset(): void {
    adopt(initial);
    faults.clear();
    sessions.reset();
    replant();
  }

  function answer(request: OrgRequest): OrgReply {
    const origin = `http://${request.headers['host'] ?? 'localhost'}`;
    if (request.path.startsWith('/services/oauth2/')) {
      const reply = oauth(oauthParts, request);
      if (!reply) throw refusals.notFound();
      return reply;
    }
    if (/^\/services\/data\/?$/.test(request.path)) return { status: 200, body: VERSIONS.map(versionEntry) };
    const user = sessions.userOf(request.headers['authorization']);
    if (request.path.startsWith('/id/')) return { status: 200, body: userInfo(oauthParts, user, origin) };
    const match = /^\/services\/data\/v(\d+)\.0(\/.*)?$/.exec(request.path);
    if (!match || !VERSIONS.includes(Number(match[1]))) throw refusals.notFound();
    if (!settings.apiEnabled) throw refusals.apiDisabled();
    if (settings.apiLimit.used >= settings.apiLimit.max) throw refusals.limitExceeded();
    settings = { ...settings, apiLimit: { ...settings.apiLimit, used: settings.apiLimit.used + 1 } };
    const apiBase = `/services/data/v${match[1]}.0`;
    const userId = String(userRow(user)?.['Id']);
    return match[2] && match[2] !== '/'
      ? dispatch(request)
      : { status: 200, body: versionResources(apiBase, `${origin}/id/${ORGANIZATION_ID}/${userId}`) };

    function dispatch(inner: OrgRequest): OrgReply {
      const innerMatch = /^\/services\/data\/v(\d+)\.0(\/.*)$/.exec(inner.path);
      if (!innerMatch) throw refusals.notFound();
      const base = `/services/data/v${innerMatch[1]}.0`;
      const call: ApiCall = {
        request: inner,
        world,
        database,
        cursors,
        writing: writeContext(inner, userId, base),
        apiBase: base,
        version: Number(innerMatch[1]),
        dispatch,
      };
      return runRoute(routes, innerMatch[2] ?? '', call);
    }
  }

  /** Every answer to a known caller tells the usage, refusals too. */
  function withUsage(reply: OrgReply): OrgReply {
    const { used, max } = settings.apiLimit;
    return { ...reply, headers: { ...reply.headers, 'Sforce-Limit-Info': `api-usage=${used}/${max}` } };
  }

  reset();
  return {
    faults,
    configure,
    reset,
    settings: () => settings,
    expireTokens: () => sessions.expireAll(),
    rows: (object) => records.list(object).flatMap(({ row }) => (row['IsDeleted'] ? [] : [row])),
    edit(id, fields, user = 'bob') {
      const record = records.get(id);
      if (!record) throw new TypeError(`no record ${id}`);
      const userId = userRow(user)?.['Id'] ?? null;
      const at = new Date(Math.floor(now() / 1000) * 1000).toISOString().replace('Z', '+0000');
      const row = { ...record.row, ...fields, LastModifiedDate: at, SystemModstamp: at, LastModifiedById: userId };
      records.put(id, { ...record, row, indexed: [...record.indexed, { at: now() + settings.indexDelayMs, row }] });
    },
    handle(request) {
      let reply: OrgReply;
      try {
        reply = answer(request);
      } catch (error) {
        reply = errorReply(error);
      }
      return reply.status === 401 || !request.path.startsWith('/services/data/v') ? reply : withUsage(reply);
    },
  };
}

/** The answer to a refusal; anything else is a fault of ours and says so. */
function errorReply(error: unknown): OrgReply {
  if (error instanceof OrgError) return { status: error.status, body: error.entries };
  const message = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  return { status: 500, body: [{ message: `the practice org failed: ${message}`, errorCode: 'UNKNOWN_EXCEPTION' }] };
}

function writeContext(request: OrgRequest, userId: string, apiBase: string): WriteContext {
  const header = request.headers['sforce-duplicate-rule-header'] ?? '';
  return { userId, apiBase, allowDuplicates: /allowSave\s*=\s*true/i.test(header) };
}
