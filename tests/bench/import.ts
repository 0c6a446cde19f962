/** Import speed: a large file through the whole door, against copying it and hashing the copy with the system's tools. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeStudio, samplesDir } from '../support/studio.ts';
import { inTurn } from './measure.ts';

const BYTES = 256 * 1024 * 1024;

/** A real clip with a large `free` box behind it: legal, plays, and large enough to measure. */
function makeLargeFile(file: string, salt: number): void {
  copyFileSync(path.join(samplesDir, 'video/talk-720p30.mp4'), file);
  const box = Buffer.alloc(BYTES - statSync(file).size, salt);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4);
  appendFileSync(file, box);
}

export async function benchImport(rounds: number): Promise<string[]> {
  if (spawnSync('sha256sum', ['--version']).status !== 0) return ['import speed: not measured (no sha256sum)'];
  const t = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  const work = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-'));
  let salt = 1;
  const fresh = (): string => {
    const file = path.join(work, `clip-${String(salt)}.mp4`);
    makeLargeFile(file, salt);
    salt += 1;
    // Both readers start from a warm cache; writing back the dirty pages must not fall into the measured time.
    execFileSync('sync');
    return file;
  };
  const result = await inTurn(
    rounds,
    async () => {
      const file = fresh();
      const start = performance.now();
      const { jobId } = await t.client.media.import({ sources: [{ path: file }] });
      await t.finished(jobId);
      const spent = performance.now() - start;
      rmSync(file);
      return spent;
    },
    () => {
      const file = fresh();
      const start = performance.now();
      const copy = path.join(work, 'copy');
      execFileSync('cp', ['--reflink=never', file, copy]);
      execFileSync('sha256sum', [copy]);
      execFileSync('sync', [copy]);
      const spent = performance.now() - start;
      rmSync(file);
      rmSync(copy);
      return Promise.resolve(spent);
    },
  );
  const story = await documentTime(t.client);
  await t.stop();
  rmSync(work, { recursive: true, force: true });
  const speed = (ms: number): string => `${(BYTES / 1024 / 1024 / (ms / 1000)).toFixed(0)} MB/s`;
  return [
    `import of 256 MB (copy, hash, probe, fsync): ${speed(result.ours)}; cp + sha256sum + sync: ${speed(result.peer)}; time ratio ${result.ratio.toFixed(2)}`,
    story,
  ];
}

async function documentTime(client: Awaited<ReturnType<typeof makeStudio>>['client']): Promise<string> {
  const file = path.join(os.tmpdir(), `bench-${String(process.pid)}.txt`);
  writeFileSync(file, `标题\n${'一段正文。'.repeat(2000)}\n`.repeat(5));
  const start = performance.now();
  const { jobId } = await client.stories.import({ source: { path: file } });
  for (;;) {
    const job = await client.jobs.get({ jobId });
    if (job.state === 'done') break;
    if (job.state !== 'queued' && job.state !== 'running') throw new Error(`import ended as ${job.state}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  rmSync(file);
  return `import of a 50,000-character text: ${(performance.now() - start).toFixed(0)} ms`;
}
