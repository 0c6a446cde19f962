// `npm start`: sets up what is missing, builds what changed, and opens the studio: the Electron window where there can be
// one, else the browser on 127.0.0.1; says which and why.
//   npm start -- [--browser] [--sample] [--workspace DIR] [--port N] [--no-open]
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { chooseRuntime, reasonOfDeath } from './lib/electron.mjs';
import { hasDisplay } from './lib/pieces.mjs';
import { isWindows, say, which } from './lib/system.mjs';
import { ROOT } from './lib/tree.mjs';
import { setup } from './setup.mjs';

/** A window that ends with an error within this time never opened. */
const AT_ONCE_MS = 8_000;

function readArguments() {
  const options = {
    browser: { type: 'boolean', default: false },
    sample: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    workspace: { type: 'string' },
    port: { type: 'string' },
  };
  const { values } = parseArgs({ options, allowPositionals: false });
  if (values.port !== undefined && !(/^\d+$/.test(values.port) && Number(values.port) <= 65_535))
    throw new TypeError(`--port ${values.port}`);
  // npm runs scripts in the checkout's root; INIT_CWD is where the person stands.
  if (values.workspace !== undefined)
    values.workspace = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.workspace);
  return values;
}

/**
 * Starts the studio's process and lives as long as it does: Ctrl+C reaches both (same terminal), other signals are passed on.
 * `onOutput` sees its stdout; its stderr is shown. Resolves to `{code, stderr, ms}`.
 */
function runStudio(program, args, { env, onOutput }) {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => onOutput(text));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-20_000);
      process.stderr.write(text);
    });
    const forward = (signal) => child.kill(signal);
    const wait = () => undefined;
    process.on('SIGINT', wait).on('SIGTERM', forward).on('SIGHUP', forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', forward).off('SIGHUP', forward);
      // Stopped by Ctrl+C or a polite signal is a clean end; anything else that killed it is a failure.
      const stopped = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
      resolve({ code: code ?? (stopped ? 0 : 1), stderr, ms: Date.now() - started });
    });
  });
}

const shellArguments = ({ workspace, sample }) => [
  ...(workspace === undefined ? [] : ['--workspace', workspace]),
  ...(sample ? ['--sample'] : []),
];

/** Opens the desktop window. Returns its exit code, or the reason it never opened. */
async function openWindow(program, options) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const end = await runStudio(program, [ROOT, ...shellArguments(options)], {
    env,
    onOutput: (text) => process.stdout.write(text),
  });
  return end.code !== 0 && end.ms < AT_ONCE_MS ? reasonOfDeath(end.stderr) : end.code;
}

/** Opens an address in the person's browser, if the system knows how. Failure is no error: the address was printed. */
function openInBrowser(url) {
  const [program, ...args] = isWindows
    ? ['rundll32', 'url.dll,FileProtocolHandler', url]
    : [which(process.platform === 'darwin' ? 'open' : 'xdg-open'), url];
  if (!program) return;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** Serves the studio on 127.0.0.1 until it is stopped. Returns the exit code. */
async function openServer(options) {
  const args = [path.join(ROOT, 'out/http/index.js'), '--port', options.port ?? '0', ...shellArguments(options)];
  let line = '';
  let opened = false;
  const onOutput = (text) => {
    process.stdout.write(text);
    if (opened) return;
    line += text;
    const url = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\/\S*(?=\s)/.exec(line)?.[0];
    if (!url) return;
    opened = true;
    if (!options['no-open'] && hasDisplay()) openInBrowser(url);
  };
  const end = await runStudio(process.execPath, args, { onOutput });
  return end.code;
}

async function main() {
  let options;
  try {
    options = readArguments();
  } catch (error) {
    say(
      `参数不对：${error.message}`,
      'Usage: npm start -- [--browser] [--sample] [--workspace DIR] [--port N] [--no-open]',
    );
    return 2;
  }
  if (!(await setup('start'))) return 1;
  const announce = () => say('正在构建界面（源码有变动）…', 'Building the studio (the sources changed) …');
  if (!(await ensureBuilt({ announce }))) {
    say('构建没有成功（原因见上）。', 'The build did not succeed (the reason is above).');
    return 1;
  }
  let reason = { zh: '按 --browser 的要求', en: 'as asked by --browser' };
  if (!options.browser) {
    const choice = await chooseRuntime();
    if (choice.program) {
      say('打开桌面窗口。', 'Opening the desktop window.');
      const result = await openWindow(choice.program, options);
      if (typeof result === 'number') return result;
      reason = result;
    } else reason = choice;
  }
  say(`在浏览器中打开：${reason.zh}。按 Ctrl+C 结束。`, `Opening in the browser: ${reason.en}. Ctrl+C ends it.`);
  return openServer(options);
}

process.exitCode = await main();
