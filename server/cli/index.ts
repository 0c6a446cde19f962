/** Entry of the command line: `node --import tsx server/cli/index.ts COMMAND …`. */
import process from 'node:process';
import { nodeIo } from './io.ts';
import { runCli } from './run.ts';

export { nodeIo, ownEnvironment, type CliIo } from './io.ts';
export { runCli } from './run.ts';

/** Ends the process once what was written has left it. */
function leave(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

// Imported (by the desktop program, by scripts/tongxin.mjs) this file only lends its functions.
if (/[\\/]server[\\/]cli[\\/]index\.ts$/.test(process.argv[1] ?? '')) {
  leave(await runCli(process.argv.slice(2), nodeIo()));
}
