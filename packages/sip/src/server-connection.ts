import { EmitterImpl, TransportState, type Core, type Transport } from 'sip.js';
import type { Reader } from './transport/read-message.ts';
import type { SipTransport } from './transport-shape.ts';

/** A connection to one server that lets nothing malformed through, and can be handed what has come another way. */
export interface GuardedConnection extends SipTransport, Reader {
  onMessage: Reader['onMessage'];
  receive(message: string): void;
}

export type GuardedConnectionConstructor = new (
  logger: never,
  options: { readonly server: string },
) => GuardedConnection;

export interface ServerConnectionOptions {
  /** Connects to one server; made anew for every attempt. */
  readonly inner: GuardedConnectionConstructor;
  /** Which server the next attempt goes to. */
  readonly server: () => string;
  /** Something came from the server. */
  readonly onActivity: () => void;
  /** Hears every message. */
  readonly onMessage: (way: 'sent' | 'got', message: string) => void;
}

/** Sockets on their way to a server, of which the first one there is taken. */
interface Race {
  readonly contenders: Set<GuardedConnection>;
  readonly over: Promise<void>;
  readonly won: () => void;
  readonly lost: (error: unknown) => void;
}

/**
 * The one transport a user agent keeps, whichever server it is connected to: each attempt makes an inner transport of its own.
 * A link that is dead is dropped at once; its closing handshake is nobody's business any more.
 */
export class ServerConnection implements Transport {
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: Reader['onMessage'];
  #state = TransportState.Disconnected;
  #inner: GuardedConnection | undefined;
  #race: Race | undefined;
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

  /**
   * Connects to the server of the moment; asked again meanwhile, by one more socket beside those on their way. Where the first
   * packet of one was lost the system repeats it after 1, 3 and 7 s; another need not wait for that. Rejects when the server
   * cannot be reached, or when {@link drop} came first.
   */
  connect(): Promise<void> {
    if (this.isConnected()) return Promise.resolve();
    const race = (this.#race ??= newRace());
    const inner = new this.#options.inner(this.#logger as never, { server: this.#options.server() });
    race.contenders.add(inner);
    this.#change(TransportState.Connecting);
    inner.connect().then(
      () => {
        if (race === this.#race) this.#win(race, inner);
        else dispose(inner);
      },
      (error: unknown) => {
        race.contenders.delete(inner);
        dispose(inner);
        if (race !== this.#race || race.contenders.size > 0) return;
        this.#leave();
        race.lost(error);
      },
    );
    return race.over;
  }

  #win(race: Race, inner: GuardedConnection): void {
    this.#race = undefined;
    this.#inner = inner;
    for (const other of race.contenders) if (other !== inner) dispose(other);
    inner.onMessage = (text, message) => {
      this.#options.onActivity();
      if (text.trim() === '') return;
      this.#options.onMessage('got', text);
      this.onMessage?.(text, message);
    };
    inner.onDisconnect = (error) => {
      this.drop(error ?? new Error('The server closed the connection.'));
    };
    this.#change(TransportState.Connected);
    this.onConnect?.();
    race.won();
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
    if (!this.#inner || !this.isConnected()) {
      // SIP.js takes the failure of a confirmation for a second answer to what it confirms. It is said again when we are back.
      if (message.startsWith('ACK ')) return;
      throw new Error('Not connected.');
    }
    this.#options.onMessage('sent', message);
    await this.#inner.send(message);
  }

  /** Takes in a message that came another way as if this server had sent it. */
  receive(message: string): void {
    if (this.isConnected()) this.#inner?.receive(message);
  }

  #end(error: Error | undefined): void {
    const connected = this.isConnected();
    this.#leave();
    if (connected) this.onDisconnect?.(error);
  }

  #leave(): void {
    const [race, inner] = [this.#race, this.#inner];
    if (!race && !inner) return;
    this.#race = this.#inner = undefined;
    for (const contender of race?.contenders ?? []) dispose(contender);
    race?.lost(new Error('The attempt was given up.'));
    if (inner) dispose(inner);
    this.#change(TransportState.Disconnected);
  }

  #change(state: TransportState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChange.emit(state);
  }
}

function newRace(): Race {
  let won: Race['won'] = () => undefined;
  let lost: Race['lost'] = () => undefined;
  const over = new Promise<void>((resolve, reject) => {
    won = resolve;
    lost = reject;
  });
  return { contenders: new Set(), over, won, lost };
}

function dispose(inner: SipTransport): void {
  inner.onMessage = undefined;
  inner.onDisconnect = undefined;
  // A socket that cannot even be closed is gone as well.
  inner.dispose().catch(() => undefined);
}
