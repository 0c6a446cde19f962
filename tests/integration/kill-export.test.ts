/** Kill -9 in the middle of rendering and packaging: what stands under a final name is whole, and jobs go on. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ffprobe from '@ffprobe-installer/ffprobe';
import { describe, expect, it } from 'vitest';
import { verifyPackage } from '../../core/index.ts';
import type { MediaImportResult } from '../../core/model/contract/index.ts';
import { ROUNDS, filesBelow, runAndKill } from '../support/kill.ts';
import { makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';

interface House {
  first: TestStudio;
  storyId: string;
  projectId: string;
  key: string;
  /** Frames of the film. */
  frames: number;
}

/** A story with a film of one second, signed by three reviewers; nothing runs when this returns. */
async function approvedStory(): Promise<House> {
  const first = await makeStudio({ jobKinds: ['media.import'] });
  const { client } = first;
  const { storyId } = await client.stories.create({
    title: '半山炒茶',
    doc: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '锅温二百度上下。' }] }] },
  });
  const sources = [{ path: path.join(samplesDir, 'video/talk-720p30.mp4') }];
  const { jobId } = await client.media.import({ sources, storyId });
  const clips = ((await first.finished(jobId)).result as MediaImportResult).map((entry) => {
    if ('error' in entry) throw new Error(entry.error.code);
    return { assetId: entry.assetId, inUs: 1_000_000, outUs: 2_000_000 };
  });
  const cues = [{ startUs: 200_000, endUs: 900_000, text: '手比温度计准' }];
  const { projectId } = await client.videos.create({ storyId, clips, cues });
  await client.review.submit({ storyId });
  for (const name of ['何静文', '陶然', '程予安']) {
    await client.users.add({ name, role: 'reviewer', pin: '2468' });
    const reviewer = first.another();
    await reviewer.client.session.signIn({ name, pin: '2468' });
    await reviewer.client.review.sign({ storyId });
  }
  const { publicKey } = await client.keys.export();
  await first.studio.stop();
  return { first, storyId, projectId, key: publicKey, frames: 30 };
}

function framesOf(file: string): number {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-count_packets', '-show_entries', 'stream=nb_read_packets'];
  return Number(
    execFileSync(ffprobe.path, [...args, '-of', 'csv=p=0', file])
      .toString()
      .trim(),
  );
}

/** Waits until nothing is queued or running any more, then stops the studio. */
async function settle(house: House): Promise<void> {
  const t = await makeStudio({ root: house.first.root });
  await t.studio.idle();
  const left = await t.client.jobs.list({ limit: 200 });
  expect(left.filter((job) => job.state === 'queued' || job.state === 'running')).toEqual([]);
  expect((await t.client.workspace.check()).problems).toEqual([]);
  await t.studio.stop();
}

const made = (said: readonly string[]): string[] =>
  said.filter((line) => line.startsWith('made ')).map((line) => line.slice('made '.length));

describe.skipIf(!existsSync(samplesDir))('kill -9', () => {
  it(`while rendering, ${ROUNDS} rounds: every film is whole`, { timeout: ROUNDS * 120_000 }, async () => {
    const house = await approvedStory();
    const home = path.join(house.first.root, 'home');
    for (let round = 0; round < ROUNDS; round += 1) {
      const after = (round * 611) % 2000;
      const said = await runAndKill(['render', house.first.dir, house.projectId], home, 2 + (round % 2), after);
      for (const file of made(said)) expect(existsSync(file), file).toBe(true);
      const films = (): string[] =>
        filesBelow(path.join(house.first.dir, 'exports')).filter((file) => file.endsWith('.mp4'));
      for (const film of films()) expect(framesOf(film), film).toBe(house.frames);
      await settle(house);
      for (const film of films()) expect(framesOf(film), film).toBe(house.frames);
    }
    await (await makeStudio({ root: house.first.root })).stop();
  });

  it(`while packaging, ${ROUNDS} rounds: a package is whole or not there`, { timeout: ROUNDS * 120_000 }, async () => {
    const house = await approvedStory();
    const home = path.join(house.first.root, 'home');
    const out = path.join(house.first.root, '发布包');
    mkdirSync(out);
    for (let round = 0; round < ROUNDS; round += 1) {
      const after = (round * 911) % 3000;
      const args = ['package', house.first.dir, house.storyId, out];
      const said = await runAndKill(args, home, 2 + (round % 2), after);
      const standing = (): string[] => readdirSync(out).filter((name) => !name.startsWith('.'));
      for (const dir of made(said)) expect(standing()).toContain(path.basename(dir));
      for (const name of standing()) {
        expect(await verifyPackage(path.join(out, name), house.key), name).toMatchObject({ ok: true, problems: [] });
      }
      await settle(house);
      // The job that was cut off has been done, and nothing of its first try is left.
      expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
      for (const name of standing()) {
        expect(await verifyPackage(path.join(out, name), house.key), name).toMatchObject({ ok: true, problems: [] });
      }
    }
    await (await makeStudio({ root: house.first.root })).stop();
  });
});
