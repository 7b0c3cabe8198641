import 'virtual:phone-parts';

export * from '@multiline/core';
export * from '@multiline/elements';
export { loadEngine } from './engines.ts';
export { bringElements } from './later-elements.ts';
