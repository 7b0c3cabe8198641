import { tsImport } from 'tsx/esm/api';

/** The sandbox on a free port. Answers `{ url, service, log, stop }`: its WebSocket, and its phone service. */
export async function startSandbox() {
  const sandbox = await (await tsImport('../../packages/sandbox/src/index.ts', import.meta.url)).startSandbox();
  const [url, service] = [`${sandbox.url.replace('http', 'ws')}sip`, `${sandbox.url}phone/`];
  // It runs in this process, and says nothing.
  return { url, service, log: () => '', stop: () => sandbox.stop() };
}
