import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createSipServer, type SipServer, type SipServerOptions } from '../sip-server.ts';
import { connectAgent, type ScriptedAgent } from './scripted-agent.ts';

/** A server on a free port of this machine, with the agents a test connects to it. */
export interface SipBed {
  readonly server: SipServer;
  readonly url: string;
  /** Connects an agent without registering it. */
  connect(user: string, place?: { contact?: string; agent?: string }): Promise<ScriptedAgent>;
  /** Connects and registers an agent. */
  agent(user: string, place?: { contact?: string; agent?: string }): Promise<ScriptedAgent>;
  end(): Promise<void>;
}

/** Starts a bed. */
export async function openSipBed(options: SipServerOptions = {}): Promise<SipBed> {
  const server = createSipServer(options);
  const front = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  front.on('connection', (socket) => server.accept(socket));
  await once(front, 'listening');
  const url = `ws://127.0.0.1:${String((front.address() as AddressInfo).port)}/sip`;
  const connect = (user: string, place?: { contact?: string; agent?: string }) => connectAgent(url, user, place);
  return {
    server,
    url,
    connect,
    async agent(user, place) {
      const agent = await connect(user, place);
      const { status } = await agent.register();
      if (status !== 200) throw new Error(`${user} was not registered: ${String(status)}`);
      return agent;
    },
    async end() {
      await server.stop();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
