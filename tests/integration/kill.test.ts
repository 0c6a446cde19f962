/** Kill -9 in the middle of saving and importing: what was acknowledged is there, nothing half-made stands. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync, readdirSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeStudio, repoRoot, samplesDir, type TestStudio } from '../support/studio.ts';

const ROUNDS = process.env['TONGXIN_LONG'] === '1' ? 20 : 5;

/** Runs the child until it has said `acks` lines (and `after` ms more), kills it, and returns what it had said. */
async function runAndKill(args: string[], home: string, acks: number, after: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(repoRoot, 'tests/support/kill-child.ts'), ...args],
    {
      cwd: repoRoot,
      env: { ...process.env, TONGXIN_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let errors = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > acks) setTimeout(resolve, after);
    });
    void exited.then(() => reject(new Error(`the child ended by itself: ${errors}`)));
  });
  child.kill('SIGKILL');
  await exited;
  return out.split('\n').slice(0, -1);
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name));
}

/** Every file under blobs/ is whole: its bytes have the hash it is called by. */
function expectWholeBlobs(dir: string): void {
  for (const file of filesBelow(path.join(dir, 'blobs'))) {
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(path.basename(file));
  }
}

async function reopen(before: TestStudio): Promise<TestStudio> {
  return makeStudio({ root: before.root });
}

describe('kill -9', () => {
  it(
    `while saving, ${String(ROUNDS)} rounds: every acknowledged save is there`,
    { timeout: ROUNDS * 30_000 },
    async () => {
      const first = await makeStudio();
      await first.studio.stop();
      for (let round = 0; round < ROUNDS; round += 1) {
        const said = await runAndKill(
          ['save', first.dir],
          path.join(first.root, 'home'),
          15 + round * 7,
          (round * 13) % 40,
        );
        const last = new Map<string, string[]>();
        for (const line of said) {
          const [word, storyId = '', hash = ''] = line.split(' ');
          if (word === 'saved') last.set(storyId, [...(last.get(storyId) ?? []), hash]);
        }
        expect(last.size).toBeGreaterThan(0);
        const t = await reopen(first);
        for (const [storyId, hashes] of last) {
          const story = await t.client.stories.get({ storyId });
          // The draft is the last acknowledged save or one the kill cut off from its answer; never an older one.
          if (story.contentHash !== hashes.at(-1)) expect(hashes).not.toContain(story.contentHash);
        }
        expect((await t.client.workspace.check()).problems).toEqual([]);
        await t.studio.stop();
      }
      await (await reopen(first)).stop();
    },
  );

  it.skipIf(!existsSync(samplesDir))(
    `while importing, ${String(ROUNDS)} rounds: no half file, the job goes on at the next start`,
    { timeout: ROUNDS * 90_000 },
    async () => {
      const first = await makeStudio();
      await first.studio.stop();
      for (let round = 0; round < ROUNDS; round += 1) {
        const files = makeFiles(path.join(first.root, `files-${String(round)}`), round);
        const acks = 1 + (round % 3);
        const said = await runAndKill(
          ['import', first.dir, ...files],
          path.join(first.root, 'home'),
          acks,
          (round * 37) % 150,
        );
        const t = await reopen(first);
        expectWholeBlobs(t.dir);
        for (const line of said.filter((l) => l.startsWith('asset '))) {
          await t.client.media.get({ assetId: line.slice('asset '.length) });
        }
        const jobs = await t.client.jobs.list({});
        const imported = jobs.find((j) => j.kind === 'media.import');
        if (imported) {
          const done = await t.finished(imported.jobId);
          expect(done.state).toBe('done');
          const result = done.result as { assetId?: string; duplicate: boolean }[];
          expect(result.map((r) => r.assetId)).not.toContain(undefined);
          expect(result).toHaveLength(files.length);
        }
        expectWholeBlobs(t.dir);
        expect((await t.client.workspace.check()).problems).toEqual([]);
        await t.studio.stop();
      }
      await (await reopen(first)).stop();
    },
  );
});

/** Real footage made distinct, so that no round meets a duplicate of the one before. */
function makeFiles(dir: string, round: number): string[] {
  mkdirSync(dir, { recursive: true });
  return ['cockatoo.mp4', 'talk-720p30.mp4', 'person-720p.mp4'].map((name) => {
    const file = path.join(dir, name);
    copyFileSync(path.join(samplesDir, 'video', name), file);
    // A trailing `free` box: legal in MP4, ignored by players, different bytes.
    const box = Buffer.alloc(12);
    box.writeUInt32BE(12, 0);
    box.write('free', 4);
    box.writeUInt32BE(round + 1, 8);
    appendFileSync(file, box);
    return file;
  });
}
