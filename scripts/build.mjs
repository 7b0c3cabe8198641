// The npm modules by tsc, the browser bundles by rollup.
import { ensureJsforce } from '../packages/salesforce/jsforce/build.mjs';
import { run } from './steps.mjs';

await ensureJsforce();
const steps = [
  ['node_modules/.bin/tsc', ['-b']],
  ['node_modules/.bin/rollup', ['--config', 'rollup.config.mjs']],
];
for (const [command, args] of steps) {
  const code = await run(command, args);
  if (code !== 0) process.exit(code);
}
