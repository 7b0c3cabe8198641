import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { servePhone } from '../phone/phone.ts';
import { createOrg, type Org, type OrgOptions } from '../org/org.ts';
import { typicalErrorBody } from '../org/typical-error.ts';
import { createSipServer, type SipServer, type SipServerOptions } from '../sip/sip-server.ts';
import { controlPlane } from './control-plane.ts';
import { corsHeaders } from './cors.ts';
import { bodyOf, sendJson } from './exchange.ts';
import type { FaultAction } from './faults.ts';
import { listenOnLoopback } from './loopback.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';

/** How a sandbox is started. */
export interface SandboxOptions extends OrgOptions {
  /** TCP port; 0 (the default) takes any free one. */
  readonly port?: number;
  /** How the SIP server is set. */
  readonly sip?: SipServerOptions;
  /** Serves what is not the sandbox's own, such as the gallery. Resolves to whether it answered. */
  readonly gallery?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://localhost:PORT/` */
  readonly url: string;
  readonly port: number;
  readonly org: Org;
  readonly sip: SipServer;
  readonly requests: RequestLog;
  /** Data, tokens, settings, faults, request log and SIP state as at the start. */
  reset(): void;
  /** Ends every connection and frees the port. */
  stop(): Promise<void>;
}

/**
 * Starts the practice org, the SIP server and the gallery on one port of this machine. Rejects with
 * `code: 'EADDRINUSE'` when the port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const org = createOrg(options);
  const requests = createRequestLog();
  const sip = createSipServer(options.sip);
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  let refusedUntil = 0;
  const refuseSockets = (ms: number) => {
    refusedUntil = now() + ms;
  };
  const reset = () => {
    org.reset();
    sip.reset();
    requests.clear();
    refuseSockets(0);
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent || request.destroyed) response.destroy();
      else sendJson(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const target = request.url ?? '/';
    const path = target.split('?', 1)[0] ?? '/';
    const cors = corsHeaders(
      request.headers.origin,
      org.settings().corsAllowlist,
      request.headers['access-control-request-headers'],
    );
    const own = path.startsWith('/__sandbox__/');
    if (own || path.startsWith('/phone/')) {
      const open = corsHeaders(request.headers.origin, '*', request.headers['access-control-request-headers']);
      if (method === 'OPTIONS') {
        sendJson(response, 204, undefined, open);
        return;
      }
      if (!own) {
        await servePhone(sip, request, response, open);
        return;
      }
      const parts = { org, sip, requests, reset, refuseSockets };
      const { status, body } = controlPlane(parts, method, path, await bodyOf(request));
      sendJson(response, status, body, open);
      return;
    }
    if (!/^\/(services|id)\//.test(path)) {
      const served = (await options.gallery?.(request, response)) ?? false;
      if (!served) sendJson(response, 404, { message: `nothing at ${path}` });
      return;
    }
    if (method === 'OPTIONS') {
      sendJson(response, 200, undefined, cors);
      return;
    }

    const at = now();
    const log = (status: number) => requests.add({ method, path: target, status, at });
    const body = await bodyOf(request);
    const fault = org.faults.take(method, target);
    if (fault && (await interfere(fault))) return;
    const reply = org.handle({
      method,
      path,
      query: new URL(target, 'http://localhost').searchParams,
      headers: request.headers as Record<string, string | undefined>,
      body,
    });
    if (fault && 'dropAfterWrite' in fault) {
      log(0);
      response.destroy();
      return;
    }
    log(reply.status);
    sendJson(response, reply.status, reply.body, { ...cors, ...reply.headers });

    /** Does what the fault says; true when the request is thereby dealt with. */
    async function interfere(action: FaultAction): Promise<boolean> {
      if ('expireTokens' in action) org.expireTokens();
      if ('delayMs' in action) await new Promise((resolve) => setTimeout(resolve, action.delayMs).unref());
      if ('hang' in action || 'drop' in action) {
        log(0);
        if ('drop' in action) response.destroy();
        return true;
      }
      if (!('status' in action)) return false;
      log(action.status);
      sendJson(response, action.status, action.body ?? typicalErrorBody(action.status), { ...cors, ...action.headers });
      return true;
    }
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if ((request.url ?? '/').split('?', 1)[0] !== '/sip') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    if (now() < refusedUntil) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      if (client.protocol === 'sip') sip.accept(client);
      else client.close(1002, 'the subprotocol "sip" is required (RFC 7118)');
    });
  };

  const loopback = await listenOnLoopback(options.port ?? 0, onRequest, onUpgrade);
  return {
    url: `http://localhost:${loopback.port}/`,
    port: loopback.port,
    org,
    sip,
    requests,
    reset,
    async stop() {
      await sip.stop();
      for (const client of sockets.clients) client.terminate();
      await loopback.stop();
    },
  };
}
