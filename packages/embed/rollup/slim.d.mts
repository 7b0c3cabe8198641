import type { MetadataJson } from 'libphonenumber-js/core';
import type { Plugin } from 'rollup';

/** Leaves of libphonenumber's metadata what whole numbers need, in place. */
export declare function wholeNumbersOnly(metadata: MetadataJson): MetadataJson;

/** SIP.js's grammar without the words for what it expected. */
export function withoutWords(code: string): string;

/** libphonenumber without what its files bring for browsers of 2015. */
export declare function todaysLanguage(): Plugin;
