import { StreamPromise } from 'jsforce/src/util/promise';
import { PassThrough } from './stream.mjs';

/** HTTP by `fetch`. It settles when the network fails, which jsforce's own browser transport does not, and heeds `signal`. */
export default class Transport {
  httpRequest({ url, method, headers, body, signal }) {
    return StreamPromise.create(() => ({
      stream: new PassThrough(),
      promise: exchange(url, { method, headers, body, signal, credentials: 'omit', cache: 'no-store' }),
    }));
  }
}

async function exchange(url, init) {
  const response = await fetch(url, init);
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

const absent = (name) =>
  class {
    constructor() {
      throw new Error(`jsforce: ${name} is left out of this build`);
    }
  };

export const CanvasTransport = absent('CanvasTransport');
export const HttpProxyTransport = absent('HttpProxyTransport');
export const JsonpTransport = absent('JsonpTransport');
export const XdProxyTransport = absent('XdProxyTransport');
