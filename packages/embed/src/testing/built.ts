import { readFile } from 'node:fs/promises';

const dist = new URL('../../dist/', import.meta.url);

/** The two classic scripts: one that brings the rest along, and one that has it all. */
export const builds = ['multiline.js', 'multiline.single.js'];

/** A file that was built. */
export const read = (name: string): Promise<string> => readFile(new URL(name, dist), 'utf8');

/** What the first script knows of the chunks: which is first, which is the desk's, and what each needs. */
export const table = async (): Promise<{ first: string; desk: string; chunks: Record<string, [string, string[]]> }> =>
  JSON.parse(await read('multiline.json')) as never;
