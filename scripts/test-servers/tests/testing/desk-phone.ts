import type { SipTransport, SipTransportConstructor } from '@multiline/sip';

/** A WebSocket for SIP that says of the phone behind it that it is no MultiLine: what a server takes for a desk phone. */
class DeskPhoneTransport implements SipTransport {
  readonly protocol = 'WS';
  readonly server: string;
  state = 'Disconnected';
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  #socket: WebSocket | undefined;

  constructor(_logger: never, { server }: { readonly server: string }) {
    this.server = server;
  }

  connect(): Promise<void> {
    const socket = (this.#socket = new WebSocket(this.server, 'sip'));
    socket.onmessage = ({ data }) => this.onMessage?.(String(data));
    socket.onclose = () => {
      this.state = 'Disconnected';
      this.onDisconnect?.();
    };
    return new Promise((resolve, reject) => {
      socket.onerror = () => {
        reject(new Error('No connection.'));
      };
      socket.onopen = () => {
        this.state = 'Connected';
        this.onConnect?.();
        resolve();
      };
    });
  }

  async disconnect(): Promise<void> {
    this.#socket?.close();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  isConnected(): boolean {
    return this.state === 'Connected';
  }

  async send(message: string): Promise<void> {
    this.#socket?.send(message.replace(/^User-Agent: .*$/m, 'User-Agent: Desk phone'));
  }
}

export const asDeskPhone: { readonly transport: SipTransportConstructor } = { transport: DeskPhoneTransport };
