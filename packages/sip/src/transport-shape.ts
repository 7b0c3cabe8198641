/** What an account needs of a connection to one server: the shape of SIP.js's `Transport`. The wire of `@multiline/testing` has it too. */
export interface SipTransport {
  readonly protocol: string;
  readonly server?: string | undefined;
  readonly state: string;
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  dispose(): Promise<void>;
  isConnected(): boolean;
  send(message: string): Promise<void>;
}

/** Makes a transport to `options.server`. SIP.js's own logger comes first; a transport may ignore it. */
// The logger of SIP.js is not part of our surface: a constructor that wants one says so itself.
export type SipTransportConstructor = new (logger: never, options: { readonly server: string }) => SipTransport;
