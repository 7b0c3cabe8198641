export { Connection } from 'jsforce/src/connection';
