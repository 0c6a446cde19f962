/** Tests in a real browser (tests/e2e), in the real desktop window (tests/desktop), and the pictures of every screen (tests/screens). */
import path from 'node:path';
import { defineConfig, type LaunchOptions } from 'playwright/test';
import { useOwnTools } from '../scripts/lib/own-tools.mjs';
import { findChromium } from '../scripts/lib/pieces.mjs';

const root = path.resolve(import.meta.dirname, '..');
useOwnTools();
const chromium = findChromium();

/** Chromium refuses its own sandbox to root; nothing may be fetched or updated behind a test's back. */
const launchOptions: LaunchOptions = {
  ...(chromium === null ? {} : { executablePath: chromium }),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
};

const json = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
  outputDir: path.join(root, 'test-results'),
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: json ? [['list'], ['json', { outputFile: json }]] : [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    // A control that is not there is told in half a minute, not at the end of the test's time.
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Written only where somebody looks for a fault: it costs a tenth of the run, and a failed test leaves its picture and page.
    trace: process.env.TONGXIN_TRACE === '1' ? 'retain-on-failure' : 'off',
    launchOptions,
  },
  projects: [
    { name: 'browser', testDir: path.join(root, 'tests/e2e') },
    { name: 'desktop', testDir: path.join(root, 'tests/desktop') },
    { name: 'screens', testDir: path.join(root, 'tests/screens') },
  ],
});
