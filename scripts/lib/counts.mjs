// Counts tests in the runners' JSON reports, and names those that failed.
import { stripVTControlCharacters } from 'node:util';

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

/** The first line that says something of a runner's message, without colours. */
const firstLine = (message) =>
  stripVTControlCharacters(message ?? '')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? '';

/** Vitest's failing tests: `file > name: first line of the message`; a file that failed by itself stands without a name. */
export function failedVitest(report, root) {
  return report.testResults.flatMap((file) => {
    const name = file.name.replace(`${root}/`, '');
    const failing = file.assertionResults.filter((test) => test.status === 'failed');
    if (failing.length === 0) return file.status === 'failed' ? [`${name}: ${firstLine(file.message)}`] : [];
    return failing.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
  });
}

/** Playwright's failing tests in the same form, with those that passed only when repeated. */
export function failedPlaywright(report) {
  const inSuite = (suite) => [
    ...(suite.suites ?? []).flatMap(inSuite),
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok || spec.tests.some((test) => test.status === 'flaky'))
      .map((spec) => {
        const results = spec.tests.flatMap((test) => test.results);
        const message = results.find((result) => result.error)?.error.message;
        return `${spec.file}:${spec.line} > ${spec.title}: ${firstLine(message)}`;
      }),
  ];
  return [...(report.suites ?? []).flatMap(inSuite), ...(report.errors ?? []).map((error) => firstLine(error.message))];
}
