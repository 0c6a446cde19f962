// Counts tests in the runners' JSON reports.

/** Vitest: `{passed, failed, skipped}`. A file that failed without a failing test in it (a broken import, a hook) counts as one failure. */
export function countVitest(report) {
  let fileFailures = 0;
  for (const file of report.testResults) {
    const failing = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !failing) fileFailures += 1;
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + fileFailures,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** Playwright: `{passed, failed, skipped}`. A test that passed only when repeated counts as failed; an error outside tests as one failure each. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + (report.errors ?? []).length, skipped };
}
