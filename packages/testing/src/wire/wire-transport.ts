/** What the network knows of one connected user agent. */
export interface Connection {
  /** The address it connected to. */
  readonly server: string;
  /** Hands it a message. */
  deliver(text: string): void;
  /** Ends the connection as a failing network would. */
  drop(): void;
}

/** The network's side of a transport. */
export interface Exchange {
  /** Rejects when nobody listens at that address. */
  connect(connection: Connection): Promise<void>;
  receive(connection: Connection, text: string): void;
  disconnected(connection: Connection): void;
}

export type WireTransportState = 'Connecting' | 'Connected' | 'Disconnecting' | 'Disconnected';

/** The shape of SIP.js's `Transport`, as far as a user agent uses it. */
export interface WireTransport {
  readonly protocol: string;
  readonly server: string;
  readonly state: WireTransportState;
  readonly stateChange: {
    addListener(listener: (state: WireTransportState) => void): void;
    removeListener(listener: (state: WireTransportState) => void): void;
  };
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  dispose(): Promise<void>;
  isConnected(): boolean;
  send(message: string): Promise<void>;
}

export type WireTransportConstructor = new (logger: unknown, options: { readonly server?: string }) => WireTransport;

/** A transport constructor that is bound to one network. */
export function wireTransport(exchange: Exchange): WireTransportConstructor {
  return class implements WireTransport {
    readonly protocol = 'WS';
    readonly server: string;
    onConnect: (() => void) | undefined;
    onDisconnect: ((error?: Error) => void) | undefined;
    onMessage: ((message: string) => void) | undefined;
    #state: WireTransportState = 'Disconnected';
    #connection: Connection | undefined;
    readonly #listeners = new Set<(state: WireTransportState) => void>();

    constructor(_logger: unknown, options: { readonly server?: string }) {
      this.server = options.server ?? 'ws://wire.test';
    }

    readonly stateChange = {
      addListener: (listener: (state: WireTransportState) => void): void => void this.#listeners.add(listener),
      removeListener: (listener: (state: WireTransportState) => void): void => void this.#listeners.delete(listener),
    };

    get state(): WireTransportState {
      return this.#state;
    }

    isConnected(): boolean {
      return this.#state === 'Connected';
    }

    async connect(): Promise<void> {
      if (this.#state !== 'Disconnected') return;
      const connection: Connection = {
        server: this.server,
        deliver: (text) => {
          if (connection === this.#connection && this.isConnected()) this.onMessage?.(text);
        },
        drop: () => {
          this.#close(connection, new Error('The connection was lost.'));
        },
      };
      this.#connection = connection;
      this.#change('Connecting');
      try {
        await exchange.connect(connection);
      } catch (error) {
        this.#connection = undefined;
        this.#change('Disconnected');
        throw error;
      }
      this.#change('Connected');
      this.onConnect?.();
    }

    disconnect(): Promise<void> {
      const connection = this.#connection;
      if (connection) {
        exchange.disconnected(connection);
        this.#close(connection);
      }
      return Promise.resolve();
    }

    dispose(): Promise<void> {
      return this.disconnect();
    }

    send(message: string): Promise<void> {
      const connection = this.#connection;
      if (!connection || !this.isConnected()) return Promise.reject(new Error('Not connected.'));
      exchange.receive(connection, message);
      return Promise.resolve();
    }

    #close(connection: Connection, error?: Error): void {
      if (connection !== this.#connection) return;
      const connected = this.isConnected();
      this.#connection = undefined;
      this.#change('Disconnected');
      if (connected) this.onDisconnect?.(error);
    }

    #change(state: WireTransportState): void {
      this.#state = state;
      for (const listener of this.#listeners) listener(state);
    }
  };
}
