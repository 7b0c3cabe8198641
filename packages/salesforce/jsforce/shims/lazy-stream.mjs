import { PassThrough } from './stream.mjs';

export function createLazyStream() {
  return { stream: new PassThrough(), setStream() {} };
}
