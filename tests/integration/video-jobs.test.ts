/** Films and stills as jobs of a real workspace. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderResult, stillResult } from '../../core/model/contract/index.ts';
import { codeOf, makeStudio, samplesDir, type TestStudio } from '../support/studio.ts';

const sample = path.join(samplesDir, 'video/talk-720p30.mp4');

let t: TestStudio;
let projectId = '';
let blob = '';
/** The file as its person has it, outside the workspace. */
const outside = (): string => path.join(t.root, '采茶.mp4');
const exportsDir = (): string => path.join(t.dir, 'exports');

function exported(): void {
  it('stands in exports/ under the title, whole, and never over another', async () => {
    const files: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const job = await t.finished(
        (await t.client.videos.render({ projectId, targets: ['douyin', 'channels'] })).jobId,
      );
      expect(job.state).toBe('done');
      const { outputs } = renderResult.parse(job.result);
      expect(outputs.map(({ target }) => target)).toEqual(['douyin', 'channels']);
      expect(outputs.every(({ file }) => existsSync(file))).toBe(true);
      expect(outputs[0]?.segments).toEqual({ encoded: round === 0 ? 1 : 0, reused: round === 0 ? 0 : 1, copied: 0 });
      files.push(outputs[0]?.file ?? '');
    }
    const title = '春茶 _开采__ 每斤_1800_元_';
    expect(files).toEqual(
      ['', ' 2'].map((n) => path.join(exportsDir(), `${title}${n}`, 'douyin', `${title}-抖音-1080x1920.mp4`)),
    );
    expect(readdirSync(exportsDir()).sort()).toEqual([title, `${title} 2`]);
  }, 60_000);

  it('a still is a picture beside them', async () => {
    const ask = { projectId, target: 'douyin', atUs: 200_000 };
    const job = await t.finished((await t.client.videos.still(ask)).jobId);
    const still = stillResult.parse(job.result);
    expect(still).toMatchObject({ width: 1080, height: 1920 });
    expect(path.basename(still.file)).toMatch(/ douyin-6\.png$/);
    expect(existsSync(still.file)).toBe(true);
    const again = stillResult.parse((await t.finished((await t.client.videos.still(ask)).jobId)).result);
    expect(path.basename(again.file)).toMatch(/ douyin-6 2\.png$/);
  });

  it('a cover is looked at as it stands, as it is tried, and as a version froze it', async () => {
    const { contentHash: before } = await t.client.videos.get({ projectId });
    const ask = { projectId, shape: '3:4', longSide: 200 };
    const plain = await t.client.videos.cover(ask);
    expect(plain).toMatchObject({ width: 150, height: 200, problems: [], title: null, from: { chosen: false } });
    expect(Buffer.from(plain.jpeg, 'base64').subarray(0, 2).toString('hex')).toBe('ffd8');
    const cover = { atUs: 400_000, title: { look: 'band', texts: { title: '春茶🍵' } } };
    const tried = await t.client.videos.cover({ ...ask, cover });
    expect(tried).toMatchObject({ from: { atUs: 400_000, chosen: true }, problems: [{ code: 'glyphs', chars: '🍵' }] });
    expect(tried.title?.y).toBeGreaterThan(500);
    // Tried is not kept; kept, it is what stands, and the version before is as it was.
    expect(await t.client.videos.cover(ask)).toEqual(plain);
    const operations = [{ type: 'setCover' as const, cover }];
    await t.client.videos.edit({ projectId, baseHash: before, operations, checkpoint: true });
    expect(await t.client.videos.cover(ask)).toEqual(tried);
    expect(await t.client.videos.cover({ ...ask, contentHash: before })).toEqual(plain);
    expect(await codeOf(t.client.videos.cover({ ...ask, contentHash: '0'.repeat(64) }))).toBe('unknown_id');
    const { contentHash: titled } = await t.client.videos.get({ projectId });
    await t.client.videos.edit({ projectId, baseHash: titled, operations: [{ type: 'setCover', cover: null }] });
    expect(await t.client.videos.cover(ask)).toEqual(plain);
    expect(await t.client.videos.cover({ ...ask, contentHash: titled })).toEqual(tried);
    expect(await codeOf(t.client.videos.cover({ ...ask, shape: '5:4' }))).toBe('bad_input');
    // As one platform of the shape gets it.
    const platforms = { channels: { '3:4': { fill: { x: 0, y: 500, zoom: 3000 } } } };
    const of = async (target: string) => t.client.videos.cover({ ...ask, target, cover: { platforms } });
    const [own, other] = [await of('channels'), await of('douyin')];
    expect(other.jpeg).toBe(plain.jpeg);
    expect(own.jpeg).not.toBe(plain.jpeg);
    expect(await codeOf(of('weibo'))).toBe('bad_input');
  }, 60_000);

  it('refuses at the door what cannot be made', async () => {
    expect(await codeOf(t.client.videos.render({ projectId, targets: ['tiktok'] }))).toBe('bad_input');
    expect(await codeOf(t.client.videos.still({ projectId: 'none', target: 'douyin', atUs: 0 }))).toBe('unknown_id');
  });
}

function originals(): void {
  it('the file outside changed, then gone: the film shows what came in', async () => {
    const ask = { projectId, target: 'douyin', atUs: 300_000 };
    const still = async (): Promise<Buffer> =>
      readFileSync(stillResult.parse((await t.finished((await t.client.videos.still(ask)).jobId)).result).file);
    const before = await still();
    writeFileSync(outside(), 'something else');
    expect((await still()).equals(before)).toBe(true);
    rmSync(outside());
    expect((await still()).equals(before)).toBe(true);
    const { items } = await t.client.media.list({});
    expect(items.map(({ sha256, original }) => [sha256, original])).toEqual([[blob, 'there']]);
  });

  it('a source whose bytes were changed at the same size: original_altered; the same file puts it right, another one never', async () => {
    const store = path.join(t.dir, 'blobs');
    const held =
      (readdirSync(store, { recursive: true }) as string[]).find((name) => path.basename(name) === blob) ?? '';
    const file = path.join(store, held);
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
    writeFileSync(file, changed);
    const render = async () =>
      t.finished((await t.client.videos.still({ projectId, target: 'douyin', atUs: 0 })).jobId);
    expect((await render()).error?.code).toBe('original_altered');
    const { items } = await t.client.media.list({});
    const asset = items.find(({ sha256 }) => sha256 === blob);
    expect(asset?.original).toBe('altered');

    const give = async (name: string, content: Uint8Array) => {
      const source = path.join(t.root, name);
      writeFileSync(source, content);
      const restores = asset?.assetId ?? '';
      const job = await t.finished((await t.client.media.import({ sources: [{ path: source }], restores })).jobId);
      return (job.result as { error?: { code: string } }[])[0];
    };
    expect((await give('new.mp4', changed))?.error?.code).toBe('not_the_original');
    expect(readFileSync(file).equals(changed)).toBe(true);
    // The name does not matter, the content does.
    expect(await give('另一个名字.mp4', bytes)).toMatchObject({ assetId: asset?.assetId, duplicate: true });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect((await render()).state).toBe('done');
    expect((await t.client.media.get({ assetId: asset?.assetId ?? '' })).original).toBe('there');
  });

  it('a source whose bytes are gone: source_vanished, nothing left behind', async () => {
    const before = readdirSync(exportsDir());
    const store = path.join(t.dir, 'blobs');
    for (const name of readdirSync(store, { recursive: true }) as string[]) {
      if (path.basename(name).includes(blob)) rmSync(path.join(store, name));
    }
    const job = await t.finished((await t.client.videos.render({ projectId, targets: ['bilibili'] })).jobId);
    expect([job.state, job.error?.code]).toEqual(['failed', 'source_vanished']);
    expect(readdirSync(exportsDir())).toEqual(before);
  });
}

describe.skipIf(!existsSync(sample))('films of a workspace', () => {
  beforeAll(async () => {
    t = await makeStudio({ jobKinds: ['media.import', 'video.render', 'video.still'] });
    const { storyId } = await t.client.stories.create({ title: '春茶' });
    copyFileSync(sample, outside());
    const job = await t.finished((await t.client.media.import({ sources: [{ path: outside() }] })).jobId);
    const [asset] = job.result as { assetId: string; sha256: string }[];
    blob = asset?.sha256 ?? '';
    const video = await t.client.videos.create({
      ...{ storyId, title: '春茶 "开采": 每斤<1800>元?' },
      clips: [{ assetId: asset?.assetId ?? '', inUs: 2_000_000, outUs: 2_500_000 }],
      cues: [{ startUs: 0, endUs: 400_000, text: '每斤1800元' }],
    });
    projectId = video.projectId;
    // As a killed process leaves it.
    mkdirSync(path.join(exportsDir(), '.making-dead'), { recursive: true });
    writeFileSync(path.join(exportsDir(), '.making-dead', 'douyin.mp4'), 'half');
  });
  afterAll(() => t.stop());

  exported();
  originals();
});
