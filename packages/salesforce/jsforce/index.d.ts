/** What this package uses of jsforce's `Connection`; the built file beside is jsforce's own code (see build.mjs). */

export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  /** Heeded by the transport of this build; another one goes on and its answer is dropped. */
  signal?: AbortSignal;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends one request and answers whatever the server said; rejects only when it said nothing. */
export interface HttpTransport {
  httpRequest(request: HttpRequest, options?: object): Promise<HttpResponse>;
}

export interface ConnectionConfig {
  version: string;
  instanceUrl: string;
  accessToken?: string;
  /** Called when a token is refused; `callback(error)` or `callback(null, token)`. */
  refreshFn?: (connection: Connection, callback: (error: Error | null, accessToken?: string) => void) => void;
}

export class Connection {
  constructor(config: ConnectionConfig);
  version: string;
  instanceUrl: string;
  accessToken: string | null | undefined;
  readonly _transport: HttpTransport;
  /** The body of the answer, parsed; rejects for a status of 400 and above, and for 300. */
  request<T = unknown>(request: HttpRequest, options?: { transport?: HttpTransport }): Promise<T>;
}
