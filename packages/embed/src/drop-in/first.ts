// Imported before any element: an element that upgrades looks for implementations by name at once.
import { register } from '@multiline/core';
import { registerImplementations } from '../implementations.ts';
import type { EarlyDropIn } from './global.ts';

registerImplementations();

const bootstrap = globalThis.MultiLine as EarlyDropIn | undefined;
for (const registration of bootstrap?.early.splice(0) ?? []) register(...registration);
if (bootstrap) bootstrap.register = register;
