/** Small file systems of a test's own, where the machine lets us mount them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Mounts a tmpfs of `mib` MiB on a new folder; null where that is not allowed (not root, no Linux, most containers). */
export function mountTmpfs(mib: number): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(mib)}m`, 'tmpfs', dir], { stdio: 'pipe' });
    return dir;
  } catch {
    rmdirSync(dir);
    return null;
  }
}

export function unmount(dir: string): void {
  execFileSync('umount', ['-l', dir]);
  rmdirSync(dir);
}
