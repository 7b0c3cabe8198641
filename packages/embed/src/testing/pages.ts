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
export function deskOf(url: string, { user = 'ann', lists = true } = {}): string {
  const desk = `<ml-workspace id="desk" sip-server="${new URL('/sip', url.replace(/^http/, 'ws')).href}"
    sip-uri="sip:${user}@sandbox.test" crm="salesforce" crm-url="${url}"><ml-softphone></ml-softphone></ml-workspace>
    ${lists ? '<ml-recent-calls for="desk"></ml-recent-calls>' : ''}`;
  return `${desk}<script nonce="x">
    const desk = document.querySelector('#desk');
    globalThis.facts = [];
    for (const type of ['registered', 'call-incoming', 'record-matched', 'call-answered', 'call-ended', 'call-logged', 'error'])
      desk.addEventListener('ml-' + type, ({ type, number, direction, match }) =>
        facts.push({ type, number, direction, name: match?.record?.name }));
    desk.credentials = (need) => need.for === 'sip' ? { password: '${user}' } : { accessToken: 'sandbox-${user}' };
  </script>`;
}

/** A customer's phone without elements: `call(number)` on the page dials. */
export function customerOf(url: string, number = '+14155550101'): string {
  return `<script>
    const line = MultiLine.ready.then(() => MultiLine.load('sip')).then(async ({ sipAccount, sipLine }) => {
      const line = sipLine(sipAccount({
        servers: ['${new URL('/sip', url.replace(/^http/, 'ws')).href}'],
        uri: 'sip:${number}@sandbox.test',
        credentials: () => ({ password: 'sandbox' }),
      }));
      await line.start();
      return line;
    });
    globalThis.call = async (to) => void (await (await line).dial(to));
  </script>`;
}
