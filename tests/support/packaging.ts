/** What tests of review and packages start from: an office with reviewers, a story with a picture and a video, quick films. */
import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { StudioClient } from '../../core/model/contract/client.ts';
import type { ArticleDocJson, MediaImportResult, RenderOutput } from '../../core/model/contract/index.ts';
import type { FilmFacts } from '../../core/model/platforms/index.ts';
import { assetEntry, emptyTimeline, timelineContent, timelineSchema } from '../../core/model/timeline/index.ts';
import type { Timeline } from '../../core/model/timeline/index.ts';
import { openSqlite } from '../../core/platform/db/sqlite.ts';
import { filmFacts } from '../../core/platform/media/render/facts.ts';
import { LEAST_COST } from '../../core/platform/vault/passphrase.ts';
import type { VaultOptions } from '../../core/platform/vault/index.ts';
import { createWorkspaceFolder, openWorkspaceFolder } from '../../core/platform/workspace/folder.ts';
import type { DatabaseHandle, FilmMaker, RenderOrder, StudioPorts } from '../../core/ports/index.ts';
import { createHash, randomUUID } from 'node:crypto';
import type { TestStudio } from './studio.ts';

const run = promisify(execFile);

async function film(ffmpeg: string, order: RenderOrder, out: string): Promise<void> {
  const [clip] = order.timeline.storyline;
  const asset = order.timeline.assets.find((a) => a.assetId === clip?.assetId);
  if (!clip || !asset) throw new Error('the timeline is empty');
  const mark = order.draft === true ? ',drawbox=w=40:h=20:color=red:t=fill' : '';
  await run(
    ffmpeg,
    [
      '-v',
      'error',
      '-loop',
      '1',
      '-i',
      await order.source(asset.sha256),
      '-t',
      '0.4',
      '-vf',
      `scale=108:192${mark}`,
    ].concat(['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-y', out]),
    order.signal ? { signal: order.signal } : {},
  );
}

/** The machine's ports with a film maker that makes real films quickly: small ones, of the first picture. */
export function withSmallFilms(ports: StudioPorts): StudioPorts {
  const notHere = (): Promise<never> => Promise.reject(new Error('not made here'));
  const filmsOn = (real: FilmMaker) => ({
    render: async (order: RenderOrder) => {
      const ffmpeg = (await ports.media.tools()).find((tool) => tool.name === 'ffmpeg')?.path;
      if (ffmpeg === null || ffmpeg === undefined) throw new Error('ffmpeg is needed');
      const ffprobe = (await ports.media.tools()).find((tool) => tool.name === 'ffprobe')?.path ?? 'ffprobe';
      const facts = new Map<string, FilmFacts>();
      const outputs: RenderOutput[] = [];
      for (const target of order.targets) {
        const file = path.join(order.outDir, order.nameOf?.(target, { width: 108, height: 192 }) ?? `${target}.mp4`);
        await mkdir(path.dirname(file), { recursive: true });
        await film(ffmpeg, order, file);
        const output = { target, file, durationUs: 400_000, width: 108, height: 192, frameRate: '25/1' };
        const { size } = await stat(file);
        const measured = { videoCodec: 'h264', bytes: size, lufs: null, truePeakDb: null };
        outputs.push({ ...output, ...measured, segments: { encoded: 1, reused: 0, copied: 0 } });
        facts.set(target, await filmFacts({ ffprobe, signal: order.signal }, file, { lufs: null, truePeakDb: null }));
      }
      // Covers are the real ones, made small.
      const covers = order.covers ? await real.covers({ ...order, covers: order.covers, longSide: 192 }) : null;
      order.onProgress?.(1);
      return { outputs, cpuSeconds: 0, wallSeconds: 0, facts, covers, aiMade: order.aiMade === true };
    },
    still: notHere,
    covers: notHere,
    plan: notHere,
    encoders: notHere,
  });
  return { ...ports, films: (cacheDir) => filmsOn(ports.films(cacheDir)) };
}

/** The machine's ports with what opens and locks the signing key; a new passphrase costs as little to try as it may. */
export function withKeys(ports: StudioPorts, options: Omit<VaultOptions, 'cost'>): StudioPorts {
  const keys: VaultOptions = { cost: LEAST_COST, ...options };
  const workspaces: StudioPorts['workspaces'] = {
    ...ports.workspaces,
    create: (dir) => createWorkspaceFolder(dir, { keys }),
    open: (dir) => openWorkspaceFolder(dir, { keys }),
  };
  return { ...ports, workspaces };
}

export const PEOPLE = [
  ['王编', 'editor', '1357'],
  ['李初', 'reviewer', '2468'],
  ['赵复', 'reviewer', '3579'],
  ['孙终', 'reviewer', '4680'],
] as const;

/** Signs a person of {@link PEOPLE} in, in a session of their own. */
export async function signedIn(house: Pick<TestStudio, 'another'>, name: string): Promise<StudioClient> {
  const { client } = house.another();
  const pin = PEOPLE.find(([known]) => known === name)?.[2] ?? '';
  await client.session.signIn({ name, pin });
  return client;
}

export async function addPeople(client: StudioClient): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, role, pin] of PEOPLE) ids.set(name, (await client.users.add({ name, role, pin })).userId);
  return ids;
}

export async function addPicture(
  house: { client: StudioClient; finished: TestStudio['finished']; root: string },
  seed: string,
): Promise<{ assetId: string; sha256: string; name: string }> {
  const [r = 0, g = 0, b = 0] = createHash('sha256').update(seed).digest();
  const name = `采茶-${seed}.png`;
  const file = path.join(house.root, name);
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g, b } } });
  await writeFile(file, await picture.png().toBuffer());
  const { jobId } = await house.client.media.import({ sources: [{ path: file }] });
  const [one] = (await house.finished(jobId)).result as MediaImportResult;
  if (!one || !('assetId' in one)) throw new Error('the picture was refused');
  return { assetId: one.assetId, sha256: one.sha256, name };
}

export function storyDoc(assetId: string | null, text = '凌晨四点半，雾还压着茶园。'): ArticleDocJson {
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text }] };
  return { type: 'doc', content: [paragraph, ...(assetId === null ? [] : [{ type: 'image', attrs: { assetId } }])] };
}

/** A timeline that shows one picture. */
export async function pictureTimeline(client: StudioClient, assetId: string): Promise<Timeline> {
  const asset = await client.media.get({ assetId });
  const clip = { id: 'c1', assetId, inUs: 0, outUs: 1_000_000 };
  return timelineSchema.parse({ ...emptyTimeline(), assets: [assetEntry(asset, asset.name)], storyline: [clip] });
}

const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Puts a video under a story, as the cutting room saves one. */
export async function addVideo(
  database: DatabaseHandle,
  of: { storyId: string; userId: string; title?: string; timeline: Timeline },
): Promise<string> {
  const id = randomUUID();
  const timeline = timelineContent(of.timeline);
  const by = { created_by: of.userId, created_at: 1, updated_by: of.userId, updated_at: 1, removed_at: null };
  const counts = { seq: 0, duration_us: 1_000_000, clips: of.timeline.storyline.length, cues: 0, cover_asset_id: null };
  await database.kysely
    .insertInto('video_project')
    .values({
      id,
      story_id: of.storyId,
      title: of.title ?? '一分钟',
      ...by,
      timeline,
      timeline_hash: hash(timeline),
      ...counts,
    })
    .execute();
  return id;
}

/** Replaces a video's timeline, as an edit does. */
export async function editVideo(database: DatabaseHandle, projectId: string, timeline: Timeline): Promise<void> {
  const text = timelineContent(timeline);
  await database.kysely
    .updateTable('video_project')
    .set({ timeline: text, timeline_hash: hash(text) })
    .where('id', '=', projectId)
    .execute();
}

/** A second handle on an open workspace's database. */
export async function withDatabase<T>(dir: string, work: (database: DatabaseHandle) => Promise<T>): Promise<T> {
  const handle = await openSqlite(path.join(dir, 'studio.db'));
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

/** All three reviewers sign, in the order of {@link PEOPLE}. */
export async function signAll(house: Pick<TestStudio, 'another'>, storyId: string): Promise<void> {
  for (const name of ['李初', '赵复', '孙终']) await (await signedIn(house, name)).review.sign({ storyId });
}
