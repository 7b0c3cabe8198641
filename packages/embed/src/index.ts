export { registerImplementations } from './implementations.ts';
