// What Salesforce's own loader does with a component: evaluates it in the sandbox of its namespace, its imports wrapped.
import './gates.js';
import { evaluateFunction, wrapDependency } from '@locker/sandbox';
import * as lwc from 'lwc';

const NAMESPACE = 'c';

/** `loadScript` is the sandbox's own; this one is for resources that are trusted, of which there are none here. */
const platformResourceLoader = {
  loadScript: () => Promise.reject(new Error('not a trusted resource')),
  loadStyle: () => Promise.reject(new Error('not a trusted resource')),
};

const modules = {
  lwc: wrapDependency({ ...lwc }, 'lwc', NAMESPACE),
  'lightning/platformResourceLoader': wrapDependency(
    platformResourceLoader,
    'lightning/platformResourceLoader',
    NAMESPACE,
  ),
  '@salesforce/resourceUrl/multiline': new URL('/multiline.single.js', location.href).href,
};

globalThis.define = (names, factory) => {
  const exports = {};
  const component = evaluateFunction(
    NAMESPACE,
    factory,
  )(...names.map((name) => (name === 'exports' ? exports : modules[name])));
  document.body.append(lwc.createElement('c-host', { is: component ?? exports.default }));
};
