import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One example as the front page lists it. */
export interface Example {
  /** Its folder, and its path: `/desk/`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Files whose source is shown, the page itself first. */
  readonly files: readonly string[];
}

/** The examples of a folder: every folder in it with an `index.html`, named by its title and description. */
export async function listExamples(folder: string): Promise<Example[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map(({ name }) => readExample(folder, name)),
  );
  return found.filter((example) => example !== null).sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
}

async function readExample(folder: string, name: string): Promise<(Example & { order: number }) | null> {
  const html = await readFile(join(folder, name, 'index.html'), 'utf8').catch(() => null);
  if (html === null) return null;
  const files = await readdir(join(folder, name));
  const shown = files.filter(
    (file) => /\.(ts|css|html)$/.test(file) && !file.endsWith('.test.ts') && file !== 'index.html',
  );
  return {
    name,
    title: /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? name,
    description: metaOf(html, 'description') ?? '',
    order: Number(metaOf(html, 'gallery-order') ?? 100),
    files: ['index.html', ...shown.sort()],
  };
}

function metaOf(html: string, name: string): string | undefined {
  return new RegExp(`<meta\\s+name="${name}"\\s+content="([^"]*)"`).exec(html)?.[1];
}
