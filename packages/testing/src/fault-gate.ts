import { MultiLineError } from '@multiline/core';

interface Fault {
  readonly verb: string | undefined;
  readonly apply: 'fail' | 'hang' | 'cut';
  readonly error?: MultiLineError;
}

/** The switches of a back end that misbehaves on demand. Faults queue up; each takes one request. */
export interface Faults {
  /**
   * The next requests are refused before anything is done.
   *
   * @param verb only requests of this method, e.g. `logActivity`; any without
   */
  fail(times: number, error: MultiLineError, verb?: string): void;
  /** The next requests get no answer until their signal aborts or `release()` lets them go on. */
  hang(times?: number, verb?: string): void;
  /** The next requests do their work, but the connection breaks before the answer: `network`. */
  cutAfterWrite(times?: number, verb?: string): void;
  /** Lets every hanging request go on. */
  release(): void;
  /** Takes back the faults that have not struck yet. */
  clear(): void;
  /** How many requests were made so far. */
  readonly requests: number;
  /** The methods asked for, in order. */
  readonly served: readonly string[];
}

/** Stands between a caller and the work, and lets faults in. */
export interface FaultGate {
  readonly faults: Faults;
  /** Counts the request, applies the next fault that fits, else does the work. */
  pass<Result>(verb: string, signal: AbortSignal | undefined, work: () => Result): Promise<Result>;
}

/** Makes a gate. */
export function faultGate(): FaultGate {
  const queue: Fault[] = [];
  const served: string[] = [];
  const hanging = new Set<() => void>();

  function add(times: number, fault: Fault): void {
    for (let i = 0; i < times; i++) queue.push(fault);
  }

  function take(verb: string): Fault | undefined {
    const index = queue.findIndex((fault) => fault.verb === undefined || fault.verb === verb);
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  }

  function hang(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const release = (): void => {
        hanging.delete(release);
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        hanging.delete(release);
        reject(signal?.reason as Error);
      };
      hanging.add(release);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  return {
    faults: {
      fail: (times, error, verb) => add(times, { verb, apply: 'fail', error }),
      hang: (times = 1, verb) => add(times, { verb, apply: 'hang' }),
      cutAfterWrite: (times = 1, verb) => add(times, { verb, apply: 'cut' }),
      release() {
        for (const release of [...hanging]) release();
      },
      clear() {
        queue.length = 0;
      },
      get requests() {
        return served.length;
      },
      get served() {
        return served;
      },
    },
    async pass(verb, signal, work) {
      signal?.throwIfAborted();
      served.push(verb);
      const fault = take(verb);
      if (fault?.apply === 'fail' && fault.error) throw fault.error;
      if (fault?.apply === 'hang') await hang(signal);
      // One turn at least: nobody may count on an answer within the same turn.
      await null;
      signal?.throwIfAborted();
      const result = structuredClone(work());
      if (fault?.apply === 'cut') throw new MultiLineError('network', { message: 'The connection was cut.' });
      return result;
    },
  };
}
