import { describe, expect, it } from 'vitest';
import { failedPlaywright, failedVitest } from './lib/counts.mjs';

const test = (status, fullName, message) => ({ status, fullName, failureMessages: message ? [message] : [] });

describe('what failed', () => {
  it('is named for Vitest, a file that fails by itself included', () => {
    const report = {
      testResults: [
        {
          name: '/house/core/a.test.ts',
          status: 'failed',
          assertionResults: [
            test('passed', 'a holds'),
            test('failed', 'a breaks', '\u001b[31m\n  Error: one\u001b[39m\n    at x'),
          ],
        },
        { name: '/house/core/b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
        { name: '/house/core/c.test.ts', status: 'passed', assertionResults: [test('passed', 'c holds')] },
      ],
    };
    expect(failedVitest(report, '/house')).toEqual([
      'core/a.test.ts > a breaks: Error: one',
      'core/b.test.ts: Cannot find module',
    ]);
  });

  it('is named for Playwright, what passed only when repeated included', () => {
    const spec = (title, ok, status, error) => ({
      title,
      ok,
      file: 'x.spec.ts',
      line: 7,
      tests: [{ status, results: [{ error }] }],
    });
    const report = {
      errors: [{ message: 'no browser' }],
      suites: [
        {
          specs: [spec('holds', true, 'expected')],
          suites: [
            {
              specs: [
                spec('breaks', false, 'unexpected', { message: 'Error: two\nat y' }),
                spec('wavers', true, 'flaky'),
              ],
            },
          ],
        },
      ],
    };
    expect(failedPlaywright(report)).toEqual([
      'x.spec.ts:7 > breaks: Error: two',
      'x.spec.ts:7 > wavers: ',
      'no browser',
    ]);
  });
});
