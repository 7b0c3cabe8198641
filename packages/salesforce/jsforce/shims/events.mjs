/** The part of Node's emitter that jsforce uses: listeners by name, in order, `error` without a listener throws. */
export class EventEmitter {
  #listeners = new Map();

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  addListener(name, listener) {
    return this.on(name, listener);
  }

  once(name, listener) {
    const first = (...values) => {
      this.removeListener(name, first);
      listener(...values);
    };
    return this.on(name, first);
  }

  removeListener(name, listener) {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((other) => other !== listener),
    );
    return this;
  }

  removeAllListeners(name) {
    this.#listeners.delete(name);
    return this;
  }

  listeners(name) {
    return this.#listeners.get(name) ?? [];
  }

  emit(name, ...values) {
    const listeners = this.listeners(name);
    if (name === 'error' && listeners.length === 0) throw values[0];
    for (const listener of listeners) listener.apply(this, values);
    return listeners.length > 0;
  }
}
