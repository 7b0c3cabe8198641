import { EventEmitter } from './events.mjs';

/**
 * A stream that carries nothing. jsforce hands a stream out beside every promise; we read the promise alone, so `pipe`
 * only keeps the chain of calls alive.
 */
export class PassThrough extends EventEmitter {
  pipe(next) {
    return next;
  }
}

export { PassThrough as Duplex };
