import { writeFileSync } from 'node:fs';

/** Leaves the browser tests' counts where TEST_COUNTS says. A file that did not run counts as one failure. */
export function countsReporter() {
  return {
    onTestRunFinished({ sessions }) {
      if (!process.env.TEST_COUNTS) return;
      const counts = { passed: 0, failed: 0 };
      for (const { testResults, errors, passed } of sessions) {
        const before = counts.failed;
        if (testResults) count(testResults, counts);
        if (!passed && counts.failed === before) counts.failed += Math.max(1, errors.length);
      }
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
    },
  };
}

function count({ tests, suites }, counts) {
  for (const { passed, skipped } of tests) {
    if (!skipped) counts[passed ? 'passed' : 'failed'] += 1;
  }
  for (const suite of suites) count(suite, counts);
}
