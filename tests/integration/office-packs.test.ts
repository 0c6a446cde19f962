/** Office packs on both databases: kept, refused with the place, handed on, and applied to a real film. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Studio } from '../../core/index.ts';
import { toStudioError, type StudioClient } from '../../core/model/contract/client.ts';
import type { Asset } from '../../core/model/contract/index.ts';
import { mediaImportResult, stillResult } from '../../core/model/contract/index.ts';
import { BUILT_IN_PACKS, applyPack, readPack, type OfficePack } from '../../core/model/office-pack/index.ts';
import { assetEntry } from '../../core/model/timeline/asset.ts';
import { describeOnBoth } from '../support/databases.ts';
import { studioOn } from '../support/studio-on.ts';

const red = (): OfficePack => {
  const pack = BUILT_IN_PACKS.get('studio-red');
  if (!pack) throw new Error('the program has no pack');
  return { ...pack, name: { zh: '岚溪', en: 'Lanxi' } };
};
const entry = (asset: Asset) => assetEntry(asset, asset.name);

describeOnBoth('office packs', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-packs-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open);
    client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪县融媒体中心' });
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const job = async (jobId: string): Promise<unknown> => {
    await studio.idle();
    const { state, result } = await client.jobs.get({ jobId });
    expect(state).toBe('done');
    return result;
  };
  /** A picture of one colour in the media. */
  const picture = async (name: string, background: string): Promise<{ assetId: string; sha256: string }> => {
    const file = path.join(root, name);
    const create = { width: 640, height: 360, channels: 3 as const, background };
    writeFileSync(file, await sharp({ create }).png().toBuffer());
    const { jobId } = await client.media.import({ sources: [{ path: file }] });
    const [made] = mediaImportResult.parse(await job(jobId));
    if (!made || 'error' in made) throw new Error('not imported');
    return made;
  };

  it('are kept, changed, listed before those of the program, removed, put back and handed on', async () => {
    const made = await client.officePacks.save({ pack: red() });
    expect(made).toMatchObject({ builtIn: false, missing: [], pack: red() });
    const { packId, revision: base } = made;
    const changed = await client.officePacks.save({ pack: { ...red(), accent: '#123456' }, packId, base });
    expect(changed.revision).not.toBe(base);
    const ids = async (): Promise<string[]> => (await client.officePacks.list()).map((each) => each.packId);
    expect(await ids()).toEqual([packId, 'studio-red', 'studio-ink']);
    await client.officePacks.setRemoved({ packId, removed: true });
    expect(await ids()).toEqual(['studio-red', 'studio-ink']);
    await client.officePacks.setRemoved({ packId, removed: false });
    const { file } = await client.officePacks.export({ packId });
    expect(path.relative(path.join(root, 'w', 'exports'), file)).toBe(path.join('岚溪', '岚溪.json'));
    expect(readPack(JSON.parse(readFileSync(file, 'utf8')))).toEqual(changed.pack);
    expect((await client.audit.verify({})).ok).toBe(true);
  });

  it('are refused with the place, when somebody else was quicker, and when there is none', async () => {
    const refused = (pack: unknown, more = {}) =>
      expect(
        client.officePacks.save({ pack: pack as Record<string, unknown>, ...more }).catch((error: unknown) => {
          throw toStudioError(error);
        }),
      ).rejects;
    await refused({ ...red(), nameBar: 'comic' }).toMatchObject({
      code: 'bad_input',
      params: { what: expect.stringMatching(/^nameBar: /) as string },
    });
    const file = { sha256: 'ab'.repeat(32), name: '片头.mp4' };
    await refused({ ...red(), opening: { kind: 'file', file, lastsUs: 2_000_000 } }).toMatchObject({
      code: 'pack_file_missing',
      params: { place: 'opening/file', name: '片头.mp4' },
    });
    const { sha256 } = await picture('静.png', '#336699');
    const music = { file: { sha256, name: '静.png' }, gainDb: -12, duckDb: 0, fadeInUs: 0, fadeOutUs: 0 };
    await refused({ ...red(), music }).toMatchObject({
      code: 'bad_input',
      params: { what: 'music/file: “静.png” has no sound' },
    });
    const { packId, revision: base } = await client.officePacks.save({ pack: red() });
    const quick = { ...red(), accent: '#123456' };
    await client.officePacks.save({ pack: quick, packId, base });
    await client.officePacks.save({ pack: quick, packId, base });
    await refused({ ...red(), accent: '#654321' }, { packId, base }).toMatchObject({ code: 'conflict' });
    await refused(red(), { packId: 'none' }).toMatchObject({ code: 'unknown_id' });
    await refused(red(), { packId: 'studio-red' }).toMatchObject({ code: 'unknown_id' });
    await expect(client.officePacks.materials({ packId: 'none' })).rejects.toMatchObject({ code: 'unknown_id' });
  });

  it('whose file has gone from the media say so and are not applied', async () => {
    const { assetId, sha256 } = await picture('片头.png', '#0055AA');
    const opening = { kind: 'file' as const, file: { sha256, name: '片头.png' }, lastsUs: 2_000_000 };
    const { packId } = await client.officePacks.save({ pack: { ...red(), opening } });
    expect((await client.officePacks.materials({ packId })).files).toMatchObject([{ assetId }]);
    await client.media.remove({ assetIds: [assetId] });
    expect((await client.officePacks.list())[0]?.missing).toEqual([{ place: 'opening/file', name: '片头.png' }]);
    await expect(client.officePacks.materials({ packId })).rejects.toMatchObject({ code: 'pack_file_missing' });
  });

  it('open and close a real film: its frames have the colours of the cards and of what was cut', async () => {
    const { assetId } = await picture('茶.png', '#00AA55');
    const { storyId } = await client.stories.create({ title: '清晨的茶园' });
    const project = await client.videos.create({ storyId, title: '茶', clips: [{ assetId }] });
    const { files, cards } = await client.officePacks.materials({ packId: 'studio-red' });
    // Asked for twice, a colour is one picture in the media.
    expect((await client.officePacks.materials({ packId: 'studio-red' })).cards).toEqual(cards);
    const operations = applyPack(project.timeline, {
      ...{ packId: 'studio-red', pack: red(), name: '朱红', mark: false },
      files: new Map(files.map((asset) => [asset.sha256, entry(asset)])),
      cards: new Map(cards.map(({ colour, asset }) => [colour, entry(asset)])),
      words: { office: '岚溪', story: '清晨的茶园' },
    });
    const { projectId, contentHash: baseHash } = project;
    const edited = await client.videos.edit({ projectId, baseHash, operations });
    expect(edited.seq).toBeGreaterThan(project.seq);
    const colours: string[] = [];
    for (const atUs of [0, 4_000_000, 7_900_000]) {
      const { jobId } = await client.videos.still({ projectId, target: 'bilibili', atUs });
      const { file } = stillResult.parse(await job(jobId));
      const { data } = await sharp(file)
        .extract({ left: 1500, top: 100, width: 1, height: 1 })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const [r = 0, g = 0] = data;
      colours.push(r > g ? 'red' : 'green');
    }
    expect(colours).toEqual(['red', 'green', 'red']);
  });
});
