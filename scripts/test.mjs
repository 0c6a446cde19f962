// `npm test`: sets up what is missing and runs everything; the last line is "N passed, N failed, N skipped".
//   npm test -- [--only typecheck,lint,layers,unit,renderer,contract,integration,build,e2e,desktop,screens] [--long]
// Each static check counts as one test. A phase that breaks before it could count its tests counts as one failure.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { findRuntime } from './lib/electron.mjs';
import { findChromium, findXvfb } from './lib/pieces.mjs';
import { say, show } from './lib/system.mjs';
import { ROOT, hasFile } from './lib/tree.mjs';
import { countPlaywright, countVitest, failedPlaywright, failedVitest } from './lib/counts.mjs';
import { setup } from './setup.mjs';

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'tongxin-test-'));
/** What the phases add to the environment; setup may change process.env itself. */
const extra = {};
const environment = (more = {}) => ({ ...process.env, ...extra, ...more });
const tool = (script) => path.join(ROOT, 'node_modules', script);
/** Runs a Node script; what it prints is the report people read, so it goes to stdout. */
const OUTPUT = ['ignore', 1, 2];
const node = (args, options = {}) =>
  show(process.execPath, args, { cwd: ROOT, env: environment(), stdio: OUTPUT, ...options });
const hasTests = (folder, pattern) => hasFile(path.join(ROOT, folder), (file) => pattern.test(file));
const UNIT = /\.test\.(?:tsx?|mjs)$/;
const E2E = /\.(?:spec|test)\.ts$/;

const NOTHING = { passed: 0, failed: 0, skipped: 0 };
const oneTest = (good) => ({ passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 });

/** A check of the sources: one script, one test. */
const check = (script) => async () => oneTest((await node([path.join(ROOT, 'scripts', script)])) === 0);

/** Reads a runner's report. Without one, or with a failing runner whose report shows no failure, the phase failed. */
function readReport(file, code, count, failures) {
  let result;
  try {
    const report = JSON.parse(fs.readFileSync(file, 'utf8'));
    result = { ...count(report), names: failures(report, ROOT) };
  } catch {
    return oneTest(false);
  }
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

/** One of Vitest's projects. */
const vitest = (project, folders) => async () => {
  if (!folders.some((folder) => hasTests(folder, UNIT))) return NOTHING;
  const file = path.join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return readReport(file, await node([tool('vitest/vitest.mjs'), ...args]), countVitest, failedVitest);
};

/** One run of Playwright; `prefix` is what stands before the command (xvfb-run), `name` tells its report and results from another's. */
async function playwrightRun(name, project, prefix, args) {
  const file = path.join(reports, `${name}.json`);
  const [program, ...rest] = [
    ...prefix,
    process.execPath,
    tool('playwright/cli.js'),
    'test',
    '--config',
    path.join(ROOT, 'tests/playwright.config.ts'),
    '--project',
    project,
    '--output',
    path.join(ROOT, 'test-results', name),
    ...args,
  ];
  const code = await show(program, rest, {
    cwd: ROOT,
    env: environment({ PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
    stdio: OUTPUT,
  });
  return readReport(file, code, countPlaywright, failedPlaywright);
}

/** One of Playwright's projects in a browser: pages do not notice each other, so two tests run at a time. */
const playwright = (project, folder) => async () => {
  if (!hasTests(folder, E2E)) return NOTHING;
  if (!findChromium()) {
    say(`没有找到 Chromium，${project} 测试无法运行。`, `No Chromium was found: the ${project} tests cannot run.`);
    return oneTest(false);
  }
  return playwrightRun(project, project, [], ['--workers', '2']);
};

/** Tests in the real window. A window takes the focus and the clipboard from another, so two at a time only on a display each. */
async function desktop() {
  if (!hasTests('tests/desktop', E2E)) return NOTHING;
  const prefix = desktopPrefix();
  const shards = prefix(0).length > 0 ? 2 : 1;
  const runs = await Promise.all(
    Array.from({ length: shards }, (_, index) => {
      const shard = shards === 1 ? [] : ['--shard', `${index + 1}/${shards}`];
      return playwrightRun(`desktop-${index + 1}`, 'desktop', prefix(index), ['--workers', '1', ...shard]);
    }),
  );
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  const names = runs.flatMap((run) => run.names ?? []);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), names };
}

/** The desktop tests get a display of their own where there is Xvfb, and the runtime's folder where there is one. */
function desktopPrefix() {
  const runtime = findRuntime();
  if (runtime) extra.ELECTRON_OVERRIDE_DIST_PATH = runtime;
  else say('没有 Electron 运行环境，桌面测试跳过。', 'There is no Electron runtime: the desktop tests are skipped.');
  const xvfb = findXvfb();
  // Displays are looked for from different numbers on, so that two starts never take the same one.
  return (index) => (xvfb ? [xvfb, '-a', '-n', String(99 + 20 * index), '-s', '-screen 0 1920x1080x24', '--'] : []);
}

const PHASES = {
  typecheck: check('typecheck.mjs'),
  lint: check('lint.mjs'),
  layers: check('layers.mjs'),
  unit: vitest('unit', ['core', 'server', 'electron', 'scripts']),
  renderer: vitest('renderer', ['renderer']),
  contract: vitest('contract', ['tests/contract']),
  integration: vitest('integration', ['tests/integration']),
  build: async () =>
    fs.existsSync(path.join(ROOT, 'electron.vite.config.ts')) ? oneTest(await ensureBuilt({ force: true })) : NOTHING,
  e2e: playwright('browser', 'tests/e2e'),
  desktop,
  screens: playwright('screens', 'tests/screens'),
};
/** Checks of the sources; they only read, so they run side by side. */
const SIDE_BY_SIDE = ['typecheck', 'lint', 'layers'];
/** Drawn and judged by `npm run screens`, and with --long. */
const LONG_ONLY = ['screens'];

/** Phase names to run; throws a TypeError for an unknown one. */
function wanted(values) {
  if (values.only === undefined) return Object.keys(PHASES).filter((name) => values.long || !LONG_ONLY.includes(name));
  const names = values.only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !(name in PHASES));
  if (unknown.length > 0)
    throw new TypeError(`unknown phase ${unknown.join(', ')}; known: ${Object.keys(PHASES).join(', ')}`);
  // Tests in a browser or a window need the bundles.
  const bundled = names.some((name) => ['e2e', 'desktop', 'screens'].includes(name));
  return Object.keys(PHASES).filter((name) => names.includes(name) || (name === 'build' && bundled));
}

async function runPhase(name) {
  const started = Date.now();
  let result;
  try {
    result = await PHASES[name]();
  } catch (error) {
    console.error(error);
    result = oneTest(false);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const counts = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
  const empty = result.passed + result.failed + result.skipped === 0;
  return { ...result, line: empty ? null : `${name.padEnd(12)} ${seconds.padStart(7)} s  ${counts}` };
}

async function main() {
  let names;
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, long: { type: 'boolean', default: false } } });
    names = wanted(values);
    if (values.long) extra.TONGXIN_LONG = '1';
  } catch (error) {
    console.error(error.message);
    return 2;
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  const failures = [];
  try {
    if (await setup('test')) {
      const count = (result) => {
        for (const key of Object.keys(total)) total[key] += result[key];
        failures.push(...(result.names ?? []));
        if (result.line === null) return;
        lines.push(result.line);
        console.log(`== ${result.line}`);
      };
      const together = names.filter((name) => SIDE_BY_SIDE.includes(name));
      (await Promise.all(together.map(runPhase))).forEach(count);
      for (const name of names.filter((other) => !together.includes(other))) count(await runPhase(name));
    } else total.failed += 1;
  } finally {
    fs.rmSync(reports, { recursive: true, force: true });
  }
  if (failures.length > 0) console.log(['', 'Failed:', ...failures.map((name) => `  ${name}`)].join('\n'));
  console.log(['', ...lines, `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`].join('\n'));
  return total.failed > 0 ? 1 : 0;
}

process.exitCode = await main();
