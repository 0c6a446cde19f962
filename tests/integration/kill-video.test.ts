/** Kill -9 in the middle of editing a film: what was acknowledged is there, and its journal says the same. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseOperations, timelineContent, type Timeline } from '../../core/model/timeline/index.ts';
import type { MediaImportResult } from '../../core/model/contract/index.ts';
import { afterEdits, editNumbered, manyCues } from '../support/film-edits.ts';
import { ROUNDS, runAndKill } from '../support/kill.ts';
import { withDatabase } from '../support/packaging.ts';
import { makeStudio, type TestStudio } from '../support/studio.ts';

interface House {
  first: TestStudio;
  projectId: string;
  assetId: string;
  start: Timeline;
}

const hashOf = (timeline: Timeline): string =>
  createHash('sha256').update(timelineContent(timeline), 'utf8').digest('hex');

/** A story with a film of one clip and many captions; nothing runs when this returns. */
async function filmToEdit(): Promise<House> {
  const first = await makeStudio();
  const { client } = first;
  const file = path.join(first.root, '采茶.mp4');
  const input = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=4'];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...input, '-pix_fmt', 'yuv420p', file]);
  const { jobId } = await client.media.import({ sources: [{ path: file }] });
  const [entry] = (await first.finished(jobId)).result as MediaImportResult;
  if (!entry || 'error' in entry) throw new Error('the film was not imported');
  const { assetId } = entry;
  const { storyId } = await client.stories.create({ title: '半山炒茶' });
  const { projectId, timeline } = await client.videos.create({ storyId, clips: [{ assetId }], cues: manyCues() });
  await first.studio.idle();
  await first.studio.stop();
  return { first, projectId, assetId, start: timeline };
}

/** What the child had acknowledged: hashes by the number of the edit. */
function acknowledged(said: readonly string[]): Map<number, string> {
  const lines = said.filter((line) => line.startsWith('edited ')).map((line) => line.split(' '));
  return new Map(lines.map(([, seq = '', hash = '']) => [Number(seq), hash]));
}

/** The journal holds every edit up to the last once, in order, as it was asked for, with the hash of what came of it. */
async function expectJournal({ first, projectId, assetId }: House, films: readonly Timeline[]): Promise<void> {
  const rows = await withDatabase(first.dir, ({ kysely }) =>
    kysely
      .selectFrom('video_edit')
      .select(['seq', 'operations', 'hash'])
      .where('project_id', '=', projectId)
      .orderBy('seq')
      .execute(),
  );
  expect(rows.map(({ seq, hash }) => [seq, hash])).toEqual(films.slice(1).map((film, i) => [i + 1, hashOf(film)]));
  for (const { seq, operations } of rows) {
    expect(parseOperations(JSON.parse(operations))).toEqual(editNumbered(seq, assetId));
  }
}

/** One kill; returns the number of the last edit that stands. */
async function oneRound(house: House, round: number, before: number): Promise<number> {
  const { first, projectId, assetId, start } = house;
  const args = ['edit', first.dir, projectId, assetId];
  const said = await runAndKill(args, path.join(first.root, 'home'), 5 + round * 7, (round * 13) % 40);
  const acks = acknowledged(said);
  const last = Math.max(...acks.keys());
  expect([...acks.keys()]).toEqual(Array.from({ length: last - before }, (_, i) => before + 1 + i));
  const t = await makeStudio({ root: first.root });
  const video = await t.client.videos.get({ projectId });
  // The last acknowledged edit, or the one the kill cut off from its answer.
  expect([last, last + 1]).toContain(video.seq);
  const films = afterEdits(start, assetId, video.seq);
  expect(video.timeline).toEqual(films[video.seq]);
  for (const [seq, hash] of acks) expect(films[seq] && hashOf(films[seq]), `edit ${String(seq)}`).toBe(hash);
  expect(video.contentHash).toBe(films[video.seq] && hashOf(films[video.seq]!));
  // Whoever lost the answer sends the same again: it is done once.
  const operations = editNumbered(video.seq, assetId);
  const again = await t.client.videos.edit({ projectId, baseHash: hashOf(films[video.seq - 1]!), operations });
  expect(again).toMatchObject({ seq: video.seq, contentHash: video.contentHash });
  expect((await t.client.workspace.check()).problems).toEqual([]);
  await t.studio.stop();
  await expectJournal(house, films);
  return video.seq;
}

it(
  `kill -9 while a film is edited, ${String(ROUNDS)} rounds: it is as the last acknowledged edit left it, or one later`,
  { timeout: ROUNDS * 30_000 },
  async () => {
    const house = await filmToEdit();
    let seq = 0;
    for (let round = 0; round < ROUNDS; round += 1) seq = await oneRound(house, round, seq);
    expect(seq).toBeGreaterThan(ROUNDS);
    await (await makeStudio({ root: house.first.root })).stop();
  },
);
