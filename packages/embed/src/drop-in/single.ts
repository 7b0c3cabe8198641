import './registrations.ts';
import * as core from '@multiline/core';
import * as elements from '@multiline/elements';
import { loadEngine } from './engines.ts';

const dropIn = { ...core, ...elements, load: loadEngine };

Object.defineProperty(globalThis, 'MultiLine', {
  value: Object.assign(dropIn, { ready: Promise.resolve(dropIn) }),
  configurable: true,
});
