/** Which web origins may read the org's answers: all of them, or an allowlist as an admin keeps it. */
export type CorsAllowlist = '*' | readonly string[];

/**
 * The CORS headers for a request from `origin`. An origin outside the allowlist gets none, so that the browser refuses
 * as it does with a real org (salesforce.md §4.6). Headers a page may read are named: without that
 * `Sforce-Limit-Info` stays invisible to it (salesforce.md §4.3 "Headers").
 */
export function corsHeaders(
  origin: string | undefined,
  allowed: CorsAllowlist,
  requested?: string,
): Record<string, string> {
  if (!origin || (allowed !== '*' && !allowed.includes(origin))) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': requested || 'Authorization, Content-Type',
    'Access-Control-Expose-Headers': 'Sforce-Limit-Info, Location, Last-Modified, ETag, Warning',
    'Access-Control-Max-Age': '600',
  };
}
