import type { OrgReply } from '../exchange.ts';
import type { Org } from '../org.ts';
import type { RestClient } from './rest-client.ts';

/** What a refusal is tried with. */
export interface Scene {
  readonly org: Org;
  readonly ann: RestClient;
  /** Id of the first record of the seed with this last name. */
  idOf(object: string, lastName: string): string;
}

/**
 * One refusal: where the facts have it, what it is, the request, and the answer to the letter. `fields` left out means
 * that the answer has no such key. Messages too long or holding an id are patterns.
 */
export interface Refusal {
  readonly source: string;
  readonly name: string;
  send(scene: Scene): OrgReply;
  readonly status: number;
  readonly code: string;
  readonly message: string | RegExp;
  readonly fields?: readonly string[];
}

/** The least a logged call needs. */
export const TASK = { Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' };

/** A well-formed id no record has. */
export const UNKNOWN_CONTACT = '003gL0000000zzzQAA';

/** Creates a record. */
export function post(object: string, body: unknown) {
  return ({ ann }: Scene): OrgReply => ann.send('POST', `/sobjects/${object}`, body);
}

/** Reads an address. */
export function get(path: string) {
  return ({ ann }: Scene): OrgReply => ann.send('GET', path);
}

/** Runs a SOQL query. */
export function query(soql: string) {
  return ({ ann }: Scene): OrgReply => ann.query(soql);
}

/** Runs a SOSL search. */
export function search(sosl: string) {
  return ({ ann }: Scene): OrgReply => ann.send('GET', `/search?q=${encodeURIComponent(sosl)}`);
}
