import { writeFile } from 'node:fs/promises';

/** Node's tests in brief: a line per file, failures in full, and the counts for whoever asked by TEST_COUNTS. */
export default async function* report(events) {
  let passed = 0;
  const failures = [];
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    // A file is reported as a test of its own; it counts only when it failed as such.
    const file = data.nesting === 0 && data.name === data.file;
    if (type === 'test:pass') {
      if (!file) passed += 1;
    } else if (data.details?.error?.failureType !== 'subtestsFailed') {
      failures.push(data);
    }
  }
  for (const { name, file, line, details } of failures) {
    const { cause } = details.error;
    yield `\n✖ ${name}\n  ${file}:${line}\n${String(cause?.stack ?? cause ?? details.error).replace(/^/gm, '  ')}\n`;
  }
  yield `\nNode: ${passed} passed, ${failures.length} failed\n`;
  if (process.env.TEST_COUNTS) {
    await writeFile(process.env.TEST_COUNTS, JSON.stringify({ passed, failed: failures.length }));
  }
}
