import { PassThrough } from './stream.mjs';

export function createLazyStream() {
  return { stream: new PassThrough(), setStream() {} };
}

export function concatStreamsAsDuplex() {
  throw new Error('jsforce: streams of records as text are left out of this build');
}
