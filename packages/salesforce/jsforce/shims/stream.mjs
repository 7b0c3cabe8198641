import { EventEmitter } from './events.mjs';

/**
 * A stream that carries nothing. jsforce hands a stream out beside every promise; we read the promise alone, so `pipe`
 * only keeps the chain of calls alive, and records pushed into a query's stream go to its listeners.
 */
export class PassThrough extends EventEmitter {
  pipe(next) {
    return next;
  }

  push(record) {
    return record === null ? this.emit('end') : this.emit('data', record);
  }
}

export { PassThrough as Duplex, PassThrough as Readable, PassThrough as Transform, PassThrough as Writable };
