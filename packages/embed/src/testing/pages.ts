import type { Served } from './page-bed.ts';

/** A page as strict as the contract promises to work in. `{ nonceOnly }`: no `'self'` for scripts. */
export function strictPolicy({ nonceOnly = false, trustedTypes = 'multiline', from = '' } = {}): string {
  return [
    "default-src 'none'",
    `script-src ${nonceOnly ? '' : "'self'"} 'nonce-x' ${from}`,
    "style-src 'self'",
    `connect-src 'self' ws: ${from}`,
    "img-src 'self' data:",
    "media-src 'self' blob: mediastream:",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes}`,
  ].join('; ');
}

/** A page of an integrator: no charset anywhere, the scripts in the head, then the elements. */
export function pageOf(head: string, body: string, policy?: string): Served {
  return {
    body: `<!doctype html><html lang="en"><head><title>Test</title>${head}</head><body>${body}</body></html>`,
    headers: policy === undefined ? {} : { 'content-security-policy': policy },
  };
}

/** The script tag of a build. */
export const scriptTag = (file: string, attributes = ''): string =>
  `<script nonce="x" src="/${file}" ${attributes}></script>`;

/** Ann's phone, all of it: registered at the sandbox, its CRM the practice org. */
export function deskOf(url: string, user = 'ann'): string {
  const desk = `<ml-workspace id="desk" sip-server="${new URL('/sip', url.replace(/^http/, 'ws')).href}"
    sip-uri="sip:${user}@sandbox.test" crm="salesforce" crm-url="${url}"><ml-softphone></ml-softphone></ml-workspace>
    <ml-recent-calls for="desk"></ml-recent-calls>`;
  return `${desk}<script nonce="x">
    const desk = document.querySelector('#desk');
    for (const type of ['ml-registered', 'ml-call-incoming', 'ml-record-matched', 'ml-call-answered', 'ml-call-ended', 'ml-call-logged', 'ml-error'])
      desk.addEventListener(type, ({ call, error }) => (globalThis.facts ??= []).push({ type, call, error: error?.message }));
    desk.credentials = (need) => need.for === 'sip' ? { password: '${user}' } : { accessToken: 'sandbox-${user}' };
  </script>`;
}
