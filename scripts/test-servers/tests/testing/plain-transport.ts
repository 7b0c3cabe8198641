import type { SipTransport } from '@multiline/sip';

/** A WebSocket for SIP, for those who write or read messages otherwise than the phone behind it. */
export class PlainTransport implements SipTransport {
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
    socket.onmessage = ({ data }) => this.received(String(data));
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

  /** What leaves, as this phone writes it. */
  protected written(message: string): string {
    return message;
  }

  protected received(message: string): void {
    this.onMessage?.(message);
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
    this.#socket?.send(this.written(message));
  }
}
