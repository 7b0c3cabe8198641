// Starts the sandbox with its gallery: one port, one ready line, Ctrl-C stops everything.
import { spawn } from 'node:child_process';
import { ensureJsforce } from '../packages/salesforce/jsforce/build.mjs';
import { ensureDropIn } from './drop-in.mjs';
import { sourceFlags } from './steps.mjs';

await ensureJsforce();
const sandbox = spawn(process.execPath, [...sourceFlags, 'packages/sandbox/src/cli.ts'], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => sandbox.kill(signal));
sandbox.on('exit', (code) => process.exit(code ?? 0));

// The examples by script tag need the built drop-in; the desk does not wait for it.
await ensureDropIn().catch((error) => console.error(`The drop-in could not be built: ${error.message}`));
if (sandbox.connected) {
  sandbox.send('drop-in built');
  sandbox.disconnect();
}
