/** Reads vitest's JSON report into counts and reasons. @module */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{ reason: string, install: string | undefined, tests: number }} Skip
 */

/** How `describeWith` in test/support/requirements.ts writes a missing requirement into a suite's name. */
const MARK = /\[skipped: (?<reason>.*?)(?: \| install: (?<install>.*?))?\]$/;

/**
 * Counts a report. A file that could not be loaded counts as one failure, also where its tests are unknown.
 * @param {{ testResults: readonly object[] }} report
 * @returns {{ totals: Totals, skips: Skip[] }} the skips grouped by reason, in order of appearance
 */
export function readReport(report) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const skips = new Map();
  for (const file of report.testResults) {
    const failedBefore = totals.failed;
    for (const test of file.assertionResults) countTest(test, file.name, totals, skips);
    if (file.status === "failed" && totals.failed === failedBefore) totals.failed += 1;
  }
  return { totals, skips: [...skips.values()] };
}

function countTest(test, fileName, totals, skips) {
  if (test.status === "passed") totals.passed += 1;
  else if (test.status === "failed") totals.failed += 1;
  else {
    totals.skipped += 1;
    const skip = skipOf(test, fileName);
    const known = skips.get(skip.reason);
    if (known === undefined) skips.set(skip.reason, skip);
    else known.tests += 1;
  }
}

function skipOf(test, fileName) {
  for (const title of [...test.ancestorTitles, test.title]) {
    const mark = MARK.exec(title);
    if (mark) return { reason: mark.groups.reason, install: mark.groups.install, tests: 1 };
  }
  return { reason: `no reason given in ${fileName}`, install: undefined, tests: 1 };
}
