/** `node --import tsx server/http/index.ts`: the studio in a browser of this computer. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createStudio, nodePorts, startLink, takeKeyPassphrase, type Studio } from '../../core/index.ts';
import { toStudioError } from '../../core/model/contract/client.ts';
import { errorHint, errorMessage, type Language, type StudioError } from '../../core/model/errors.ts';
import { startHttp } from './server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const USAGE = `node --import tsx server/http/index.ts [--port N] [--host 127.0.0.1] [--workspace DIR] [--sample] [--renderer DIR]`;

interface Arguments {
  port: number;
  workspace: string | null;
  sample: boolean;
  rendererDir: string;
}

const language: Language = (process.env.LC_ALL ?? process.env.LANG ?? '').startsWith('zh') ? 'zh-CN' : 'en';

/** Sentences go to stderr: stdout holds nothing but addresses. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function explain(error: StudioError): string {
  return `${errorMessage(error.code, error.params, language)}\n${errorHint(error.code, error.params, language)}`;
}

/** Throws a TypeError with a sentence for arguments that do not fit. */
function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      workspace: { type: 'string' },
      sample: { type: 'boolean', default: false },
      renderer: { type: 'string', default: path.join(ROOT, 'out/renderer') },
    },
  });
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw new TypeError(`--port: ${values.port}`);
  if (values.host !== '127.0.0.1' && values.host !== 'localhost') {
    throw new TypeError(`--host: ${values.host} (only 127.0.0.1: what is served here is not encrypted)`);
  }
  const from = process.env.INIT_CWD ?? process.cwd();
  return {
    port,
    workspace: values.workspace === undefined ? null : path.resolve(from, values.workspace),
    sample: values.sample,
    rendererDir: path.resolve(from, values.renderer),
  };
}

/** The sample, the named workspace, or the last one used when it can be had; else none (the first-start page). */
async function openWorkspace(studio: Studio, args: Arguments): Promise<void> {
  const client = studio.client(studio.newSession({ shell: 'browser', localFiles: true, trust: 'owner' }));
  if (args.sample) {
    await client.workspace.sample(args.workspace === null ? {} : { dir: args.workspace });
    return;
  }
  if (args.workspace !== null) {
    await studio.open(args.workspace);
    return;
  }
  const [last] = (await client.workspace.current()).recent;
  if (!last || !existsSync(last.dir)) return;
  try {
    await studio.open(last.dir);
  } catch (error) {
    const known = toStudioError(error);
    if (known.code === 'workspace_in_use') throw known;
    say(explain(known));
  }
}

async function start(args: Arguments): Promise<void> {
  const keyPassphrase = takeKeyPassphrase(process.env);
  const studio = createStudio(nodePorts({ assetsDir: path.join(ROOT, 'assets'), logName: 'server', keyPassphrase }));
  try {
    await openWorkspace(studio, args);
    const server = await startHttp(studio, args);
    const link = await startLink(studio);
    const print = (): void => void process.stdout.write(`Tongxin Studio: ${server.newAddress()}\n`);
    print();
    // In the background there is no terminal to press Enter in, and reading from one would stop the process.
    const enter = process.stdin.isTTY ? createInterface({ input: process.stdin }).on('line', print) : null;
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(130);
      stopping = true;
      enter?.close();
      Promise.all([server.close(), link.close()])
        .then(() => studio.stop())
        .then(() => process.exit(0))
        .catch((error: unknown) => {
          say(explain(toStudioError(error)));
          process.exit(1);
        });
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    await studio.stop();
    throw error;
  }
}

/** Exit codes as the command line's: 1 refused or failed, 2 wrong arguments. */
async function main(): Promise<void> {
  let args: Arguments;
  try {
    args = readArguments(process.argv.slice(2));
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
  try {
    await start(args);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      say(language === 'en' ? `Port ${args.port} cannot be used (${code}).` : `端口 ${args.port} 不能用（${code}）。`);
    } else {
      say(explain(toStudioError(error)));
    }
    process.exit(1);
  }
}

await main();
