/**
 * A second process for tests of the workspace lock. `lock DIR`, `create DIR` or `open DIR`: prints one JSON line,
 * {"ok":true} or the error's data, and then stays until it is killed or its input ends.
 */
import { StudioError } from '../../core/model/errors.ts';
import { createWorkspaceFolder, openWorkspaceFolder } from '../../core/platform/workspace/folder.ts';
import { acquireLock } from '../../core/platform/workspace/lock.ts';

const [, , verb, dir = ''] = process.argv;

async function run(): Promise<void> {
  if (verb === 'lock') await acquireLock(dir);
  else if (verb === 'create') await createWorkspaceFolder(dir);
  else await openWorkspaceFolder(dir);
}

process.stdin.resume().on('end', () => process.exit(0));
try {
  await run();
  process.stdout.write('{"ok":true}\n');
} catch (error) {
  process.stdout.write(
    `${JSON.stringify(error instanceof StudioError ? error.toData() : { message: String(error) })}\n`,
  );
}
