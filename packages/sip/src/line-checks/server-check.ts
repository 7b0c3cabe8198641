import type { CheckResult, Clock, LineCheck } from '@multiline/core';

const OPEN_MS = 6_000;
const stopped: CheckResult = { state: 'skipped', finding: 'stopped' };

/**
 * Opens a socket to each server. A browser does not tell a page why a secure socket failed; so the same host is asked by HTTPS:
 * if that works, the certificate is good and it is the server that wants no WebSocket there.
 *
 * Finds `server-open`, `server-partly` (others work), `offline`, `server-silent`, `server-refused`, `websocket-refused`,
 * `certificate-or-refused`, each with the `server`.
 */
export function serverCheck(servers: readonly string[], clock: Clock): LineCheck {
  return {
    name: 'server',
    async run(signal): Promise<CheckResult> {
      if (servers.length === 0) return { state: 'skipped', finding: 'server-unknown' };
      const findings = await Promise.all(servers.map((server) => tried(server, clock, signal)));
      if (signal.aborted) return stopped;
      const failed = findings.findIndex((finding) => finding !== 'server-open');
      const values = { server: hostOf(servers[Math.max(failed, 0)] ?? '') };
      if (failed < 0) return { state: 'ok', finding: 'server-open', values };
      if (!navigator.onLine) return { state: 'failed', finding: 'offline' };
      const some = findings.includes('server-open');
      return { state: some ? 'warning' : 'failed', finding: some ? 'server-partly' : (findings[failed] ?? ''), values };
    },
  };
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}

async function tried(server: string, clock: Clock, signal: AbortSignal): Promise<string> {
  const outcome = await opens(server, clock, signal);
  if (outcome !== 'closed') return outcome === 'open' ? 'server-open' : 'server-silent';
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol !== 'wss:') return 'server-refused';
  try {
    await fetch(`https://${url.host}/`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal });
    return 'websocket-refused';
  } catch {
    return 'certificate-or-refused';
  }
}

function opens(server: string, clock: Clock, signal: AbortSignal): Promise<'open' | 'closed' | 'silent'> {
  return new Promise((resolve) => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(server, 'sip');
    } catch {
      resolve('closed');
      return;
    }
    const settle = (outcome: 'open' | 'closed' | 'silent'): void => {
      cancel();
      socket.onopen = null;
      socket.onclose = null;
      socket.close();
      resolve(outcome);
    };
    const cancel = clock.at(clock.now() + OPEN_MS, () => {
      settle('silent');
    });
    socket.onopen = () => {
      settle('open');
    };
    socket.onclose = () => {
      settle('closed');
    };
    signal.addEventListener(
      'abort',
      () => {
        settle('silent');
      },
      { once: true },
    );
  });
}
