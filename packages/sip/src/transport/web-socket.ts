import { EmitterImpl, TransportState, type Core, type Transport } from 'sip.js';

const CONNECT_MS = 5_000;

/** SIP over a WebSocket (RFC 7118): one connection to one server, opened once. What it hears may be several lines, or none. */
export class WebSocketTransport implements Transport {
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  readonly protocol: string;
  readonly server: string;
  readonly stateChange = new EmitterImpl<TransportState>();
  #state = TransportState.Disconnected;
  #socket: WebSocket | undefined;
  #closed: Promise<void> = Promise.resolve();

  constructor(_: Core.Logger, { server }: { readonly server: string }) {
    this.server = server;
    this.protocol = server.startsWith('wss:') ? 'WSS' : 'WS';
  }

  get state(): TransportState {
    return this.#state;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.server, 'sip');
      const timeout = setTimeout(() => socket.close(1000), CONNECT_MS);
      this.#socket = socket;
      this.#change(TransportState.Connecting);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => {
        clearTimeout(timeout);
        // Who has given it up meanwhile closes it.
        if (this.#state !== TransportState.Connecting) return;
        this.#change(TransportState.Connected);
        this.onConnect?.();
        resolve();
      };
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
        if (this.isConnected()) this.onMessage?.(typeof data === 'string' ? data : new TextDecoder().decode(data));
      };
      this.#closed = new Promise((closed) => {
        socket.onclose = ({ code }) => {
          clearTimeout(timeout);
          const lost = this.isConnected();
          const error = new Error(`WebSocket closed ${this.server} (code: ${String(code)})`);
          this.#change(TransportState.Disconnected);
          if (lost) this.onDisconnect?.(error);
          reject(error);
          closed();
        };
      });
    });
  }

  disconnect(): Promise<void> {
    if (this.#state === TransportState.Connecting || this.isConnected()) {
      const connected = this.isConnected();
      this.#change(TransportState.Disconnecting);
      if (connected) this.onDisconnect?.();
      this.#socket?.close(1000);
    }
    return this.#closed;
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  send(message: string): Promise<void> {
    if (!this.#socket || !this.isConnected()) return Promise.reject(new Error('Not connected.'));
    this.#socket.send(message);
    return Promise.resolve();
  }

  #change(state: TransportState): void {
    this.#state = state;
    this.stateChange.emit(state);
  }
}
