#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { createGallery } from './gallery/gallery.ts';
import { startSandbox } from './http/sandbox.ts';

/** The project this sandbox stands in. */
const project = fileURLToPath(new URL('../../../', import.meta.url));

const port = Number(process.env['PORT'] ?? 8000);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`MultiLine sandbox: PORT must be a port number, not "${process.env['PORT']}"`);
  process.exit(1);
}

try {
  const gallery = createGallery({
    examples: `${project}examples`,
    sources: ['core', 'elements', 'browser', 'sip', 'salesforce', 'testing', 'embed'].map(
      (name) => `${project}packages/${name}/src`,
    ),
    dropIn: {
      folder: `${project}packages/embed/dist`,
      built: dropInBuilt(),
      serviceWorker: `${project}packages/embed/src/service-worker`,
    },
  });
  const sandbox = await startSandbox({ port, gallery: gallery.serve });
  console.log(`MultiLine sandbox ready: ${sandbox.url}`);
  const stop = () => void Promise.all([sandbox.stop(), gallery.stop()]).then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  console.error(`MultiLine sandbox: port ${port} is already in use. Choose another one: PORT=9123`);
  process.exit(1);
}

/** Whoever starts us builds the drop-in beside us and says when it is done, so that the desk need not wait for it. */
function dropInBuilt(): Promise<void> {
  if (!process.send) return Promise.resolve();
  return new Promise((resolve) => process.once('message', () => resolve()));
}
