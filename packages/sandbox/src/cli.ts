#!/usr/bin/env node
import { startSandbox } from './http/sandbox.ts';

const port = Number(process.env['PORT'] ?? 8000);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`MultiLine sandbox: PORT must be a port number, not "${process.env['PORT']}"`);
  process.exit(1);
}

try {
  const sandbox = await startSandbox({ port });
  console.log(`MultiLine sandbox ready: ${sandbox.url}`);
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  console.error(`MultiLine sandbox: port ${port} is already in use. Choose another one: PORT=9123`);
  process.exit(1);
}
