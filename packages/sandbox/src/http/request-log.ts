/** One request the sandbox served. `status` is 0 when the connection was cut or left hanging on purpose. */
export interface ServedRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly status: number;
  /** Epoch milliseconds of its arrival. */
  readonly at: number;
}

/** The requests served since the start or the last `clear`, oldest first; the control plane's own are not counted. */
export interface RequestLog {
  add(request: ServedRequest): void;
  list(): ServedRequest[];
  clear(): void;
}

/** More than any test or demo looks back on; a sandbox left running for days must not grow for ever. */
const KEPT = 5000;

/** An empty request log. */
export function createRequestLog(): RequestLog {
  let served: ServedRequest[] = [];
  return {
    add(request) {
      served.push(request);
      if (served.length > KEPT) served = served.slice(-KEPT);
    },
    list: () => [...served],
    clear() {
      served = [];
    },
  };
}
