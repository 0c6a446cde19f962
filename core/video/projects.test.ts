import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { codeOf, errorOf, makeStudio, samplesDir, type TestStudio } from '../../tests/support/studio.ts';
import type { MediaImportResult } from '../model/contract/index.ts';
import { assetEntry } from '../model/timeline/index.ts';

let t: TestStudio;
let storyId: string;

async function importFiles(...files: string[]): Promise<string[]> {
  const { jobId } = await t.client.media.import({ sources: files.map((file) => ({ path: file })) });
  const result = (await t.finished(jobId)).result as MediaImportResult;
  return result.map((entry) => {
    if ('error' in entry) throw new Error(entry.error.code);
    return entry.assetId;
  });
}

async function picture(name: string): Promise<string> {
  const file = path.join(t.root, name);
  await writeFile(
    file,
    await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a33' } })
      .png()
      .toBuffer(),
  );
  return file;
}

const talk = path.join(samplesDir, 'video/talk-720p30.mp4');
const phone = path.join(samplesDir, 'video/phone-vertical-vfr.mp4');

beforeEach(async () => {
  t = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  storyId = (await t.client.stories.create({ title: '老周的第四十个春茶季' })).storyId;
});
afterEach(async () => {
  await t.stop();
});

describe('video projects', () => {
  it('are made of clips, snapped to the frames of their sources', async () => {
    const [talkId = '', phoneId = ''] = await importFiles(talk, phone);
    const clips = [
      { assetId: talkId, inUs: 1_010_000, outUs: 2_020_000 },
      { assetId: phoneId, inUs: 512_345, outUs: 1_512_345 },
    ];
    const video = await t.client.videos.create({ storyId, clips });
    expect(video.title).toBe('老周的第四十个春茶季');
    const [first, second] = video.timeline.storyline;
    // 30 frames a second: 1.01 s is nearest to frame 30, 2.02 s to frame 61.
    expect(first).toMatchObject({ inUs: 1_000_000, outUs: 2_033_333 });
    // Of variable rate: the nearest of its own frames, 20 a second at most.
    expect(second?.inUs).not.toBe(512_345);
    expect(Math.abs((second?.inUs ?? 0) - 512_345)).toBeLessThan(60_000);
    expect(video.durationUs).toBe(1_033_333 + (second?.outUs ?? 0) - (second?.inUs ?? 0));
    expect((await t.client.videos.list({ storyId })).items).toMatchObject([{ projectId: video.projectId, clips: 2 }]);
    expect((await t.client.media.get({ assetId: talkId })).storyIds).toEqual([storyId]);
  });

  it('refuse what lies outside a source, what is not there, and sound as a picture', async () => {
    const [talkId = ''] = await importFiles(talk);
    const wish = (inUs: number, outUs: number) =>
      codeOf(t.client.videos.create({ storyId, clips: [{ assetId: talkId, inUs, outUs }] }));
    expect(await wish(0, 99_000_000)).toBe('range_outside_source');
    expect(await wish(-5_000_000, 1_000_000)).toBe('range_outside_source');
    expect(await wish(2_000_000, 1_000_000)).toBe('bad_timeline');
    expect(await codeOf(t.client.videos.create({ storyId, clips: [{ assetId: 'nope' }] }))).toBe('unknown_id');
    expect(await codeOf(t.client.videos.create({ storyId: 'nope', clips: [{ assetId: talkId }] }))).toBe('unknown_id');
    expect((await t.client.videos.list({})).total).toBe(0);
  });

  it('are edited all or none, journaled, and answer a repeated edit as the first time', async () => {
    const [a = '', b = ''] = await importFiles(
      await picture('甲.png'),
      await picture('乙.png').then(async (file) => {
        await writeFile(
          file,
          await sharp({ create: { width: 30, height: 90, channels: 3, background: '#3a3' } })
            .png()
            .toBuffer(),
        );
        return file;
      }),
    );
    const video = await t.client.videos.create({ storyId, clips: [{ assetId: a }] });
    const asset = assetEntry(await t.client.media.get({ assetId: b }), '乙.png');
    const operations = [
      { type: 'addAsset' as const, asset },
      { type: 'insertClip' as const, clip: { id: 'n1', assetId: b, outUs: 2_000_000 } },
    ];
    const edit = { projectId: video.projectId, baseHash: video.contentHash, operations };
    const first = await t.client.videos.edit(edit);
    expect(first.seq).toBe(1);
    expect(await t.client.videos.edit(edit)).toEqual(first);
    const other = { ...edit, operations: [{ type: 'splitClip' as const, atUs: 1_000_000, newId: 'n2' }] };
    const conflict = await errorOf(t.client.videos.edit(other));
    expect(conflict).toMatchObject({ code: 'conflict', details: { contentHash: first.contentHash } });
    const half = { projectId: video.projectId, baseHash: first.contentHash };
    const wrong = [other.operations[0]!, { type: 'removeClip' as const, clipId: 'nope' }];
    expect(await codeOf(t.client.videos.edit({ ...half, operations: wrong }))).toBe('unknown_id');
    const now = await t.client.videos.get({ projectId: video.projectId });
    expect(now).toMatchObject({ contentHash: first.contentHash, seq: 1, durationUs: 5_000_000, clips: 2 });
    expect((await t.client.workspace.check()).problems).toEqual([]);
  });

  it('take no file that the library does not know, nor one described otherwise', async () => {
    const [a = ''] = await importFiles(await picture('甲.png'));
    const video = await t.client.videos.create({ storyId, clips: [{ assetId: a }] });
    const asset = assetEntry(await t.client.media.get({ assetId: a }), '甲.png');
    const add = (changed: Partial<typeof asset>) =>
      codeOf(
        t.client.videos.edit({
          projectId: video.projectId,
          baseHash: video.contentHash,
          operations: [
            {
              type: 'patch',
              tables: { assets: { remove: [a], put: [{ at: 0, item: { ...asset, ...changed } }] } },
              set: {},
            },
          ],
        }),
      );
    expect(await add({ sha256: 'a'.repeat(64) })).toBe('bad_timeline');
    expect(await add({ width: 8000 })).toBe('bad_timeline');
    expect(
      await codeOf(
        t.client.videos.edit({
          projectId: video.projectId,
          baseHash: video.contentHash,
          operations: [{ type: 'addAsset', asset: { ...asset, assetId: 'made-up' } }],
        }),
      ),
    ).toBe('unknown_id');
  });

  it('are hidden and brought back', async () => {
    const [a = ''] = await importFiles(await picture('甲.png'));
    const { projectId } = await t.client.videos.create({ storyId, clips: [{ assetId: a }], title: '采茶' });
    await t.client.videos.rename({ projectId, title: '采茶，第二剪' });
    await t.client.videos.remove({ projectIds: [projectId] });
    expect((await t.client.videos.list({ storyId })).total).toBe(0);
    await t.client.videos.unremove({ projectIds: [projectId] });
    expect((await t.client.videos.list({ storyId })).items[0]?.title).toBe('采茶，第二剪');
  });
});

describe('captions of a video project', () => {
  it('are read from files of any kind', async () => {
    const captions = path.join(samplesDir, 'captions/gb18030.srt');
    const read = await t.client.videos.readCaptions({ source: { path: captions } });
    expect(read.format).toBe('srt');
    expect(read.cues.length).toBeGreaterThan(0);
    expect(read.repairs.map((r) => r.code)).not.toEqual([]);
    const [a = ''] = await importFiles(await picture('甲.png'));
    const video = await t.client.videos.create({ storyId, clips: [{ assetId: a }], cues: read.cues });
    expect(video.timeline.captions.cues).toHaveLength(read.cues.length);
    expect(await codeOf(t.client.videos.readCaptions({ source: { path: talk } }))).toMatch(
      /not_captions|unsupported_format/,
    );
  });

  it('are written as files, both languages as lines of one cue', async () => {
    const [a = ''] = await importFiles(await picture('甲.png'));
    const cue = { startUs: 0, endUs: 1_000_000, text: '春茶开采', translation: 'Spring tea', position: 'top' as const };
    const clips = [{ assetId: a }];
    const { projectId } = await t.client.videos.create({ storyId, clips, cues: [cue], title: '采茶：一' });
    const written = async (format: 'srt' | 'vtt' | 'ass'): Promise<string> => {
      const { file } = await t.client.videos.exportCaptions({ projectId, format });
      expect(path.basename(file)).toBe(`采茶：一.${format}`);
      expect(path.relative(t.dir, file).split(path.sep)[0]).toBe('exports');
      return readFile(file, 'utf8');
    };
    expect(await written('srt')).toBe('1\n00:00:00,000 --> 00:00:01,000\n{\\an8}春茶开采\nSpring tea\n');
    expect(await written('vtt')).toContain('00:00:00.000 --> 00:00:01.000 line:0\n春茶开采\nSpring tea\n');
    expect(await written('ass')).toContain('{\\an8}春茶开采\\NSpring tea');
    const empty = await t.client.videos.create({ storyId, clips, title: '没有字幕' });
    expect(await codeOf(t.client.videos.exportCaptions({ projectId: empty.projectId, format: 'srt' }))).toBe(
      'no_captions',
    );
  });

  it('are read from the subtitles inside a source, at its own times', async () => {
    const [srt, file] = [path.join(t.root, 'a.srt'), path.join(t.root, '乡音.mp4')];
    await writeFile(srt, '1\n00:00:00,500 --> 00:00:01,000\n<i>路</i>修好了\n');
    const input = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25:duration=2', '-i', srt];
    const codecs = ['-c:v', 'libx264', '-c:s', 'mov_text', '-metadata:s:s:0', 'language=chi', file];
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...input, ...codecs]);
    const [assetId = '', plainId = ''] = await importFiles(file, talk);
    const [found, ...more] = await t.client.videos.textTracks({ assetIds: [plainId, assetId] });
    expect(more).toEqual([]);
    const track = { track: 1, codec: 'mov_text', language: 'chi', title: '', readable: true };
    expect(found).toEqual({ assetId, tracks: [track] });
    const read = await t.client.videos.readTextTrack({ assetId, track: 1 });
    expect(read.cues).toEqual([{ startUs: 500_000, endUs: 1_000_000, text: '路修好了' }]);
    // As for files, what could not be kept is listed.
    expect(read.repairs.map(({ code }) => code)).toContain('inline_style_dropped');
    expect(await codeOf(t.client.videos.readTextTrack({ assetId, track: 0 }))).toBe('unknown_id');
    expect(await codeOf(t.client.videos.readTextTrack({ assetId: 'none', track: 1 }))).toBe('unknown_id');
  });
});
