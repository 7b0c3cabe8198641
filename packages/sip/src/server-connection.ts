import { EmitterImpl, TransportState, type Core, type Transport } from 'sip.js';
import type { SipTransport, SipTransportConstructor } from './transport-shape.ts';

export interface ServerConnectionOptions {
  /** Connects to one server; made anew for every attempt. */
  readonly inner: SipTransportConstructor;
  /** Which server the next attempt goes to. */
  readonly server: () => string;
  /** Something came from the server. */
  readonly onActivity: () => void;
  /** Hears every message. */
  readonly onMessage: (way: 'sent' | 'got', message: string) => void;
}

/**
 * The one transport a user agent keeps, whichever server it is connected to: each attempt makes an inner transport of its own.
 * A link that is dead is dropped at once; its closing handshake is nobody's business any more.
 */
export class ServerConnection implements Transport {
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  #state = TransportState.Disconnected;
  #inner: SipTransport | undefined;
  #connecting: Promise<void> | undefined;
  readonly #stateChange = new EmitterImpl<TransportState>();
  readonly #logger: Core.Logger;
  readonly #options: ServerConnectionOptions;

  constructor(logger: Core.Logger, options: ServerConnectionOptions) {
    this.#logger = logger;
    this.#options = options;
  }

  get protocol(): string {
    return this.#inner?.protocol ?? (this.server.startsWith('wss:') ? 'WSS' : 'WS');
  }

  get server(): string {
    return this.#inner?.server ?? this.#options.server();
  }

  get state(): TransportState {
    return this.#state;
  }

  get stateChange(): EmitterImpl<TransportState> {
    return this.#stateChange;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  /** Connects to the server of the moment. Rejects when it cannot be reached, or when {@link drop} came first. */
  connect(): Promise<void> {
    if (this.isConnected()) return Promise.resolve();
    this.#connecting ??= this.#connect();
    return this.#connecting;
  }

  async #connect(): Promise<void> {
    const inner = new this.#options.inner(this.#logger as never, { server: this.#options.server() });
    this.#inner = inner;
    inner.onMessage = (message) => {
      if (inner !== this.#inner) return;
      this.#options.onActivity();
      if (message.trim() === '') return;
      this.#options.onMessage('got', message);
      this.onMessage?.(message);
    };
    inner.onDisconnect = (error) => {
      if (inner === this.#inner) this.drop(error ?? new Error('The server closed the connection.'));
    };
    this.#change(TransportState.Connecting);
    try {
      await inner.connect();
    } catch (error) {
      if (inner === this.#inner) this.#leave();
      throw error;
    }
    if (inner !== this.#inner) throw new Error('The attempt was given up.');
    this.#connecting = undefined;
    this.#change(TransportState.Connected);
    this.onConnect?.();
  }

  disconnect(): Promise<void> {
    this.#end(undefined);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  /** Lets go of the link as it is. The user agent hears the error as a lost connection. */
  drop(error: Error): void {
    this.#end(error);
  }

  async send(message: string): Promise<void> {
    if (!this.#inner || !this.isConnected()) throw new Error('Not connected.');
    this.#options.onMessage('sent', message);
    await this.#inner.send(message);
  }

  #end(error: Error | undefined): void {
    const connected = this.isConnected();
    this.#leave();
    if (connected) this.onDisconnect?.(error);
  }

  #leave(): void {
    const inner = this.#inner;
    if (!inner) return;
    this.#inner = undefined;
    // One that never settles must not stand for the next.
    this.#connecting = undefined;
    inner.onMessage = undefined;
    inner.onDisconnect = undefined;
    // A socket that cannot even be closed is gone as well.
    inner.dispose().catch(() => undefined);
    this.#change(TransportState.Disconnected);
  }

  #change(state: TransportState): void {
    this.#state = state;
    this.#stateChange.emit(state);
  }
}
