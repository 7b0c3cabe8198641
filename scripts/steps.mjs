import { spawn } from 'node:child_process';

/** Runs a program with our output; resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Node with our TypeScript sources: no build before a test or a start. */
export const sourceFlags = ['--conditions=@multiline/source', '--import', 'tsx'];
