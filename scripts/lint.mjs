// `npm run lint [-- --fix]`: ESLint (no warning allowed), style sheets, formatting; then the list of what is above the soft limits.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkAllCss } from './check-css.mjs';
import { ROOT } from './lib/tree.mjs';
import { sizeNotes } from './sizes.mjs';

const fix = process.argv.includes('--fix');

/** Runs a tool of node_modules; resolves to its exit code. */
function tool(name, script, args) {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('close', (code) => {
      console.log(`lint ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      resolve(code ?? 1);
    });
  });
}

const prettier = () =>
  tool('formatting', 'prettier/bin/prettier.cjs', [fix ? '--write' : '--check', '.', '--log-level', 'warn']);
const eslint = () => tool('code', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0', ...(fix ? ['--fix'] : [])]);
// Both write the same files when fixing: one after the other then, at the same time otherwise.
const codes = fix ? [await eslint(), await prettier()] : await Promise.all([eslint(), prettier()]);

const css = checkAllCss();
for (const problem of css) console.log(problem);
console.log(`lint style sheets: ${css.length === 0 ? 'ok' : 'FAILED'}`);

const notes = sizeNotes();
if (notes.length > 0) console.log(`Above the soft limits (not an error):\n  ${notes.join('\n  ')}`);
process.exitCode = codes.some((code) => code !== 0) || css.length > 0 ? 1 : 0;
