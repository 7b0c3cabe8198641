import { OrgError, refusals } from '../errors.ts';
import type { OrgReply } from '../exchange.ts';
import { objectBody, type ApiCall, type Route } from './route.ts';

/** Requests one composite request may hold (salesforce.md §4.3 "Composite"). */
const MOST_REQUESTS = 25;

/** A request inside a composite one. */
interface InnerRequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
  readonly httpHeaders?: Record<string, string>;
}

/** The answer to one of them. */
interface InnerReply {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** `/composite`: several requests, later ones using what earlier ones answered. */
export const compositeRoutes: Route[] = [
  {
    pattern: /^\/composite\/?$/,
    methods: {
      GET: (call) => ({
        status: 200,
        body: { sobjects: `${call.apiBase}/composite/sobjects`, composite: `${call.apiBase}/composite` },
      }),
      POST: composite,
    },
  },
];

function composite(call: ApiCall): OrgReply {
  const body = objectBody(call);
  const requests = body['compositeRequest'];
  if (!Array.isArray(requests)) throw refusals.missingParameter('compositeRequest');
  if (requests.length > MOST_REQUESTS) throw refusals.tooManyRequests(MOST_REQUESTS);
  checkReferenceIds(requests as InnerRequest[]);
  const replies: InnerReply[] = [];
  const runAll = () => {
    for (const request of requests as InnerRequest[]) replies.push(run(call, request, replies));
    if (body['allOrNone'] === true && replies.some(({ httpStatusCode }) => httpStatusCode >= 300))
      throw refusals.processingHalted();
  };
  try {
    if (body['allOrNone'] === true) call.world.records.transaction(runAll);
    else runAll();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    // Rolled back: those that had gone well, and those that never ran, say so in place of their answer.
    return answered(
      replies.map((reply) => (reply.httpStatusCode < 300 ? { ...refused(reply.referenceId, error) } : reply)),
    );
  }
  return answered(replies);
}

function answered(compositeResponse: readonly InnerReply[]): OrgReply {
  return { status: 200, body: { compositeResponse } };
}

function checkReferenceIds(requests: readonly InnerRequest[]): void {
  const seen = new Set<string>();
  for (const { referenceId } of requests) {
    if (typeof referenceId !== 'string' || !/^[A-Za-z]\w*$/.test(referenceId))
      throw refusals.missingParameter('referenceId');
    if (seen.has(referenceId)) throw refusals.json(`Duplicate referenceId: ${referenceId}`);
    seen.add(referenceId);
  }
}

function refused(referenceId: string, error: OrgError): InnerReply {
  return { body: error.entries, httpHeaders: {}, httpStatusCode: error.status, referenceId };
}

function run(call: ApiCall, request: InnerRequest, replies: readonly InnerReply[]): InnerReply {
  try {
    const target = new URL(filled(request.url, replies), 'http://localhost');
    if (target.pathname.endsWith('/composite')) throw refusals.notFound();
    const reply = call.dispatch({
      method: request.method,
      path: target.pathname,
      query: target.searchParams,
      headers: { ...lowerCased(request.httpHeaders ?? {}), 'content-type': 'application/json' },
      body: request.body === undefined ? '' : JSON.stringify(filledIn(request.body, replies)),
    });
    return {
      body: reply.body ?? null,
      httpHeaders: reply.headers ?? {},
      httpStatusCode: reply.status,
      referenceId: request.referenceId,
    };
  } catch (error) {
    if (error instanceof OrgError) return refused(request.referenceId, error);
    throw error;
  }
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Puts the values of earlier answers where `@{reference.path}` asks for them, all through a body. */
function filledIn(value: unknown, replies: readonly InnerReply[]): unknown {
  if (typeof value === 'string') return filled(value, replies);
  if (Array.isArray(value)) return value.map((one) => filledIn(one, replies));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filledIn(one, replies)]));
  }
  return value;
}

function filled(text: string, replies: readonly InnerReply[]): string {
  return text.replace(/@\{(\w+)((?:\.\w+|\[\d+\])*)\}/g, (_, referenceId: string, path: string) => {
    const reply = replies.find((one) => one.referenceId === referenceId);
    if (!reply || reply.httpStatusCode >= 300) throw refusals.referenceUnresolved(`@{${referenceId}${path}}`);
    let value: unknown = reply.body;
    for (const step of path.match(/\w+/g) ?? []) value = (value as Record<string, unknown> | null)?.[step];
    if (value === undefined || value === null) throw refusals.referenceUnresolved(`@{${referenceId}${path}}`);
    return String(value);
  });
}
