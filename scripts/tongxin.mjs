// `npm run -s tongxin -- COMMAND …`: the command line, no build step. From the bundle where it is made from these very sources, else
// from the sources, read in this same process; stdout is the command's.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuilt } from './lib/build.mjs';
import { ROOT } from './lib/tree.mjs';

const entry = path.join(ROOT, 'server/cli/index.ts');
process.argv[1] = entry;
if (isBuilt()) {
  await import(pathToFileURL(path.join(ROOT, 'out/http/cli.js')).href);
} else {
  const { register } = await import('tsx/esm/api');
  // tsx looks for a tsconfig.json in the working folder, which may be anyone's.
  process.env.TSX_TSCONFIG_PATH ??= path.join(ROOT, 'tsconfig.json');
  register();
  await import(pathToFileURL(entry).href);
}
