import { readFileSync } from 'node:fs';

const version = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** The peers' names, with the versions that are measured. */
export const SIP_JS = `SIP.js ${version('sip.js')}`;
export const JSSIP = `JsSIP ${version('jssip')}`;
