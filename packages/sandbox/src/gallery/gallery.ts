import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { createBundles } from './bundles.ts';
import { listExamples } from './example-list.ts';

export interface GalleryOptions {
  /** The folder of the examples. */
  readonly examples: string;
  /** Folders of sources the examples are made of. */
  readonly sources: readonly string[];
  /** The folder of the drop-in's build, and the promise of it; the folder of its service worker, which is not built. */
  readonly dropIn: { readonly folder: string; readonly built: Promise<void>; readonly serviceWorker: string };
}

export interface Gallery {
  /** Answers what belongs to the gallery; resolves with whether it did. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
};

/**
 * The gallery at `/`: every example live at `/<name>/`, its sources at `/source/<name>/<file>`, and the drop-in's files at the
 * root as an integrator would host them. A record's address in the practice org (`/lightning/r/…`) is an example too.
 */
export function createGallery({ examples, sources, dropIn }: GalleryOptions): Gallery {
  const bundles = createBundles(examples, sources);

  async function find(path: string): Promise<{ type: string; body: Uint8Array | string } | null> {
    if (path === 'examples.json')
      return { type: 'application/json', body: JSON.stringify(await listExamples(examples)) };
    if (path.startsWith('source/')) return file(examples, path.slice('source/'.length), 'text/plain; charset=utf-8');
    if (path.startsWith('lightning/r/')) return file(examples, 'lightning/index.html');
    if (path === 'multiline-sw.js') return file(dropIn.serviceWorker, path);
    if (/^multiline[\w.-]*\.js(\.map)?$|^multiline\//.test(path)) {
      await dropIn.built;
      return file(dropIn.folder, path);
    }
    if (path.endsWith('.js')) {
      const body = await bundles.read(path);
      if (body) return { type: TYPES['.js'] ?? '', body };
    }
    return file(examples, path === '' ? 'gallery/index.html' : path.endsWith('/') ? `${path}index.html` : path);
  }

  return {
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
      try {
        const found = await find(path);
        if (!found) return false;
        response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-cache' });
        response.end(request.method === 'HEAD' ? undefined : found.body);
      } catch (error) {
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(error instanceof Error ? error.message : String(error));
      }
      return true;
    },
    stop: () => bundles.stop(),
  };
}

/** A file of a folder, never outside of it; a folder without a slash is none. */
async function file(folder: string, path: string, type?: string): Promise<{ type: string; body: Uint8Array } | null> {
  const full = normalize(join(folder, path));
  const known = type ?? TYPES[extname(full)];
  if (!full.startsWith(folder + sep) || !known || full.includes('node_modules')) return null;
  const body = await readFile(full).catch(() => null);
  return body && { type: known, body };
}
