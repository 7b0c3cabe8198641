// Everything but the tests: types, lint, format, import rules, unused code, manifest up to date, size budgets, package lint.
import { execFile } from 'node:child_process';
import { ensureJsforce } from '../packages/salesforce/jsforce/build.mjs';

const bin = (name) => `node_modules/.bin/${name}`;
const steps = {
  'types of the packages': [bin('tsc'), ['-b', '--pretty', 'false']],
  'types of tests and examples': [bin('tsc'), ['-p', 'tsconfig.tests.json', '--pretty', 'false']],
  lint: [bin('eslint'), ['.', '--max-warnings', '0']],
  format: [bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  'import rules': [bin('depcruise'), ['packages', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  'unused code': [bin('knip'), ['--no-progress']],
  'manifest and element pages': [process.execPath, ['scripts/element-docs.mjs', '--check']],
  'error pages': [process.execPath, ['scripts/error-docs.mjs', '--check']],
  'policy page': [process.execPath, ['scripts/policy-docs.mjs', '--check']],
  'token page': [process.execPath, ['scripts/token-docs.mjs', '--check']],
  'size budgets': [process.execPath, ['packages/embed/budgets.mjs']],
  'package lint': [process.execPath, ['scripts/lint-packages.mjs']],
};

await ensureJsforce();
const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const [name, [command, args]] of Object.entries(steps)) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
  const began = Date.now();
  const { code, output } = await capture(command, args);
  console.log(`${code === 0 ? '✔' : '✖'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code === 0) passed += 1;
  else {
    failed += 1;
    console.log(output);
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function capture(command, args) {
  return new Promise((resolve) => {
    execFile(command, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error ? 1 : 0, output: `${stdout}${stderr}` });
    });
  });
}
