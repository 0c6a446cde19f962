/** Peaks and filmstrips as jobs: made with an import, served like posters, made again when the cache is gone. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Studio } from '../../core/index.ts';
import type { StudioClient } from '../../core/model/contract/client.ts';
import type { Asset, MediaImportResult } from '../../core/model/contract/index.ts';
import { decodePeaks, decodeScenes, indexOf } from '../../core/model/strips/index.ts';
import { startHttp } from '../../server/http/server.ts';
import { Browser } from '../support/browser.ts';
import { describeOnBoth } from '../support/databases.ts';
import { codeOf } from '../support/studio.ts';
import { studioOn } from '../support/studio-on.ts';

/** The jobs of a film that was made ready two times. */
const TWICE = ['media.peaks', 'media.poster', 'media.proxy', 'media.strip'].flatMap((kind) => [kind, kind]);
const ALL = { poster: true, proxy: true, peaks: true, strip: true };
const NONE = { poster: false, proxy: false, peaks: false, strip: false };

describeOnBoth('peaks and filmstrips', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-strips-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open);
    client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪' });
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  /** Imports a film of 3 s with a tone and a black picture, a sound of 2 s, and one picture. */
  async function importThree(): Promise<Record<'film' | 'sound' | 'picture', Asset>> {
    const at = (name: string): string => path.join(root, name);
    const run = (...args: string[]) => execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...args]);
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'];
    const red = ['-f', 'lavfi', '-i', 'color=red:size=320x180:rate=25'];
    run(...red, ...tone, '-t', '3', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', at('a.mp4'));
    run(...tone, '-t', '2', at('b.wav'));
    run(...red, '-frames:v', '1', at('c.png'));
    const { jobId } = await client.media.import({ sources: ['a.mp4', 'b.wav', 'c.png'].map((n) => ({ path: at(n) })) });
    await studio.idle();
    const result = (await client.jobs.get({ jobId })).result as MediaImportResult;
    const [film, sound, picture] = await Promise.all(
      result.map((entry) => client.media.get({ assetId: 'assetId' in entry ? entry.assetId : '' })),
    );
    if (!film || !sound || !picture) throw new Error('not imported');
    return { film, sound, picture };
  }

  const kinds = async (assetId: string): Promise<string[]> => {
    const jobs = await client.jobs.list({ limit: 200 });
    const of = await client.media.get({ assetId });
    return jobs.flatMap(({ kind, title }) => (title === of.name && kind !== 'media.import' ? [kind] : [])).sort();
  };

  it('come with an import, are served like a poster, and are made again once', async () => {
    const { film, sound, picture } = await importThree();
    expect(film).toMatchObject(ALL);
    expect(sound).toMatchObject({ ...ALL, strip: false });
    expect(picture).toMatchObject({ ...NONE, poster: true });

    const server = await startHttp(studio, { port: 0, rendererDir: root });
    try {
      const browser = await Browser.enter(server);
      const peaks = await browser.get(`/media/${film.assetId}/peaks`);
      expect([peaks.status, peaks.headers['content-type']]).toEqual([200, 'application/vnd.tongxin.peaks']);
      expect(decodePeaks(peaks.body)?.levels.length).toBe(Math.ceil((film.durationUs ?? 0) / 10_000));
      const strip = await browser.get(`/media/${film.assetId}/strip`);
      expect([strip.status, strip.headers['content-type']]).toEqual([200, 'image/jpeg']);
      expect(indexOf(strip.body)).toMatchObject({ width: 160, height: 90, timesUs: [0, 1_200_000, 2_400_000] });
      expect((await browser.get(`/media/${sound.assetId}/strip`)).status).toBe(404);
      const stranger = new Browser(server);
      expect([401, 403]).toContain((await stranger.get(`/media/${film.assetId}/peaks`)).status);
    } finally {
      await server.close();
    }

    // Somebody empties the cache while the room is open.
    rmSync(path.join(root, 'w', 'cache', 'derived'), { recursive: true });
    expect(await client.media.get({ assetId: film.assetId })).toMatchObject(NONE);
    const ask = { assetIds: [film.assetId, sound.assetId, picture.assetId, 'gone'] };
    await client.media.prepare(ask);
    await client.media.prepare(ask);
    await studio.idle();
    for (const before of [film, sound, picture]) {
      const { poster, proxy, peaks, strip } = before;
      expect(await client.media.get({ assetId: before.assetId })).toMatchObject({ poster, proxy, peaks, strip });
    }
    expect(await kinds(film.assetId)).toEqual(TWICE);
    // Nothing is missing: nothing is queued.
    await client.media.prepare(ask);
    expect((await kinds(film.assetId)).length).toBe(8);
    expect(readdirSync(path.join(root, 'w', 'cache', 'derived', '.tmp'))).toEqual([]);
  }, 120_000);

  it('scenes are looked for only where somebody asks, from the proxy, and are served', async () => {
    const { film, sound } = await importThree();
    expect(film.scenes).toBe(false);
    const ask = { assetIds: [film.assetId, sound.assetId], scenes: true };
    // Without its proxy a film has none yet; whoever asks gets the proxy first.
    rmSync(path.join(root, 'w', 'cache', 'derived'), { recursive: true });
    await client.media.prepare(ask);
    await studio.idle();
    expect((await client.media.get({ assetId: film.assetId })).scenes).toBe(false);
    await client.media.prepare(ask);
    await client.media.prepare(ask);
    await studio.idle();
    expect((await client.media.get({ assetId: film.assetId })).scenes).toBe(true);
    expect((await client.media.get({ assetId: sound.assetId })).scenes).toBe(false);
    expect((await kinds(film.assetId)).filter((kind) => kind === 'media.scenes')).toHaveLength(1);
    const server = await startHttp(studio, { port: 0, rendererDir: root });
    try {
      const found = await (await Browser.enter(server)).get(`/media/${film.assetId}/scenes`);
      expect(decodeScenes(found.body.toString('utf8'))).toEqual([]);
    } finally {
      await server.close();
    }
  }, 120_000);

  it('are refused when the file is damaged, leave nothing behind, and come with a retry once it is whole', async () => {
    const { film } = await importThree();
    const blob = path.join(root, 'w', 'blobs', film.sha256.slice(0, 2), film.sha256);
    const folder = path.join(root, 'w', 'cache', 'derived', film.sha256.slice(0, 2), film.sha256);
    const whole = readFileSync(blob);
    truncateSync(blob, Math.floor(whole.length / 2));
    rmSync(path.join(folder, 'peaks.peaks'));
    rmSync(path.join(folder, 'strip.jpg'));
    // The filmstrip comes from the proxy, which is whole.
    await client.media.prepare({ assetIds: [film.assetId] });
    await studio.idle();
    expect(await client.media.get({ assetId: film.assetId })).toMatchObject({ ...ALL, peaks: false });
    expect(readdirSync(folder).sort()).toEqual(['poster.jpg', 'proxy.m4v', 'strip.jpg']);
    expect(readdirSync(path.join(root, 'w', 'cache', 'derived', '.tmp'))).toEqual([]);
    const failed = (await client.jobs.list({ limit: 200 })).find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ kind: 'media.peaks', title: 'a.mp4', error: { code: 'tool_failed' } });

    // It is not tried over and over, but by hand.
    await client.media.prepare({ assetIds: [film.assetId] });
    expect((await kinds(film.assetId)).filter((kind) => kind === 'media.peaks')).toHaveLength(2);
    writeFileSync(blob, whole);
    await client.jobs.retry({ jobId: failed?.jobId ?? '' });
    await studio.idle();
    expect(await client.media.get({ assetId: film.assetId })).toMatchObject({ ...ALL, proxyLeadUs: 500_000 });
    expect(await codeOf(client.media.prepare({ assetIds: [] }))).toBe('bad_input');
    // A preview that an older studio made begins with its film, and stays as it is.
    renameSync(path.join(folder, 'proxy.m4v'), path.join(folder, 'proxy.mp4'));
    expect(await client.media.get({ assetId: film.assetId })).toMatchObject({ ...ALL, proxyLeadUs: 0 });
  }, 120_000);
});
