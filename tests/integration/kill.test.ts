/** Kill -9 in the middle of saving and importing: what was acknowledged is there, nothing half-made stands. */
import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUNDS, filesBelow, runAndKill } from '../support/kill.ts';
import { makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';

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
