// Imported before any element: an element that upgrades looks for implementations by name at once.
import { register } from '@multiline/core';
import { registerImplementations } from '../implementations.ts';
import type { EarlyDropIn } from './global.ts';

registerImplementations();

const bootstrap = globalThis.MultiLine as Partial<EarlyDropIn> | undefined;
if (bootstrap) {
  for (const registration of bootstrap.early ?? []) register(...registration);
  delete bootstrap.early;
  bootstrap.register = register;
}
