import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** Asterisk says no; its own words. */
export class Refused extends Error {}

const clean = (value) => String(value).replace(/[\r\n]+/g, ' ');

/**
 * Asterisk's manager interface. Answers `{ ask, list, onEvent, onClose, close }`: one action and its response, an action that
 * answers with a list of events, what happens meanwhile, and the end of it all.
 */
export async function manager({ host, port, username, secret }) {
  const socket = connect(port, host);
  await once(socket, 'connect');
  const waiting = new Map();
  const listeners = new Set();
  let count = 0;

  function message(fields) {
    const asked = waiting.get(fields.ActionID);
    if (asked && 'Response' in fields) asked.answered(fields);
    else if (asked) asked.event(fields);
    else if ('Event' in fields) for (const listener of listeners) listener(fields);
  }

  let fields = {};
  createInterface({ input: socket }).on('line', (line) => {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    if (name) fields[name] = value;
    else if (line === '' && Object.keys(fields).length > 0) {
      message(fields);
      fields = {};
    }
  });
  const gone = () => {
    for (const { failed } of waiting.values()) failed(new Error('Asterisk has closed the manager connection.'));
    waiting.clear();
  };
  socket.on('close', gone).on('error', gone);

  function send(action, fields, listed) {
    const id = String(++count);
    const events = [];
    const { promise, resolve, reject } = deferred();
    const done = (settle, value) => {
      waiting.delete(id);
      settle(value);
    };
    waiting.set(id, {
      failed: (error) => reject(error),
      answered(response) {
        if (response.Response === 'Error') done(reject, new Refused(response.Message));
        else if (!listed) done(resolve, response);
      },
      event(event) {
        if (event.EventList === 'Complete') done(resolve, events);
        else events.push(event);
      },
    });
    const lines = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}: ${clean(one)}`),
    );
    socket.write([`Action: ${action}`, `ActionID: ${id}`, ...lines, '', ''].join('\r\n'));
    return promise;
  }

  const ask = (action, fields = {}) => send(action, fields, false);
  await ask('Login', { Username: username, Secret: secret });
  return {
    ask,
    list: (action, fields = {}) => send(action, fields, true),
    onEvent: (listener) => listeners.add(listener),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.destroy(),
  };
}

/** `Promise.withResolvers` is younger than Node 20. */
function deferred() {
  let resolve, reject;
  const promise = new Promise((...settlers) => ([resolve, reject] = settlers));
  return { promise, resolve, reject };
}
