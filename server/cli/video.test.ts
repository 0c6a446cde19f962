/** `video new`, `video show`, `video edit`: what they make, what they refuse, and that a refusal changes nothing. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, refusalOf, tongxin } from '../../tests/support/cli.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { parseTimeline, timelineContent, type Timeline } from '../../core/model/timeline/index.ts';

/** Two seconds of 25 frames a second, with sound; three seconds of 30 frames, without. */
const FILMS = [
  ['采茶 一.mp4', ['testsrc2=size=160x90:rate=25:duration=2', 'sine=duration=2']],
  ['炒茶.mp4', ['testsrc2=size=90x160:rate=30:duration=3']],
] as const;
const SRT = '1\n00:00:00,200 --> 00:00:00,900\n清晨五点\n\n2\n00:00:01,000 --> 00:00:01,500\n上山\n';

let house: TestStudio;
let root = '';
let storyId = '';
let [first, second] = ['', ''];
const W = ['--workspace', 'work'];
const at = (): { cwd: string } => ({ cwd: root });

function film(name: string, inputs: readonly string[]): void {
  const sources = inputs.flatMap((input) => ['-f', 'lavfi', '-i', input]);
  const codecs = ['-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...sources, ...codecs, path.join(root, name)]);
}

beforeAll(async () => {
  // Only for its folder: the commands make their own workspace.
  house = await makeStudio({ workspace: false });
  root = house.root;
  await answerOf('init', ['init', ...W], at());
  await writeFile(path.join(root, '茶.txt'), '老周的茶\n\n清早五点，雾还没有散。\n');
  await writeFile(path.join(root, '字幕.srt'), SRT);
  ({ storyId } = await answerOf('story-import', ['story', 'import', '茶.txt', ...W], at()));
  for (const [name, inputs] of FILMS) film(name, inputs);
  const argv = ['media', 'import', ...FILMS.map(([name]) => name), ...W];
  [first = '', second = ''] = (await answerOf('media-import', argv, at())).map((entry) =>
    'assetId' in entry ? entry.assetId : '',
  );
});
afterAll(() => house.stop());

const NEW = (...more: string[]): string[] => ['video', 'new', '--story', storyId, ...more, ...W];
const show = (projectId: string): Promise<Timeline> => answerOf('video-show', ['video', 'show', projectId, ...W], at());
const videos = async (): Promise<number> => (await answerOf('video-list', ['video', 'list', ...W], at())).length;

describe('video new', () => {
  it('takes several clips with their ranges, in order, on the frames of their sources', async () => {
    // Several after one --clip, or each after its own.
    const clips = ['--clip', `${first}:210000-1390000`, '--clip', second, `${first}:-400000`, `${second}:2500000-`];
    const made = await answerOf('video-new', NEW(...clips), at());
    const { storyline, fit, captions } = await show(made.projectId);
    expect(storyline.map(({ assetId, inUs, outUs }) => [assetId, inUs, outUs])).toEqual([
      [first, 200_000, 1_400_000],
      [second, 0, 3_000_000],
      [first, 0, 400_000],
      [second, 2_500_000, 3_000_000],
    ]);
    expect(made.durationUs).toBe(1_200_000 + 3_000_000 + 400_000 + 500_000);
    expect([fit, captions.cues]).toEqual(['blur', []]);
  });

  it.each(['crop', 'contain'] as const)('--fit %s is the fit of the whole film', async (fit) => {
    const { projectId } = await answerOf('video-new', NEW('--clip', first, '--fit', fit), at());
    const timeline = await show(projectId);
    expect(timeline.fit).toBe(fit);
    expect(timeline.storyline.map((clip) => clip.fit)).toEqual([null]);
  });

  it('--captions: in the time of the film', async () => {
    const clips = ['--clip', `${second}:1000000-2000000`, first];
    const { projectId } = await answerOf('video-new', NEW(...clips, '--captions', '字幕.srt'), at());
    const { cues } = (await show(projectId)).captions;
    expect(cues.map(({ startUs, endUs, text }) => [startUs, endUs, text])).toEqual([
      [200_000, 900_000, '清晨五点'],
      [1_000_000, 1_500_000, '上山'],
    ]);
  });

  it('says it to people, with the title of the story or one of its own', async () => {
    const said = await tongxin(NEW('--clip', `${first}:0-1000000`), at());
    expect(said.stdout).toMatch(/^Made the video “老周的茶”: 1 clips, 0 captions, 1 s\.\n[\w-]+\n$/);
    const own = await tongxin(NEW('--clip', `${first}:0-1000000`, '--title', '一分钟'), at());
    expect(own.stdout).toContain('“一分钟”');
  });
});

describe('video new refuses, and makes nothing', () => {
  let before = 0;
  beforeEach(async () => {
    before = await videos();
    await mkdir(path.join(root, '夹.srt'), { recursive: true });
    await writeFile(path.join(root, '空.srt'), '');
    await writeFile(path.join(root, '字.srt'), '只有文字');
    await writeFile(path.join(root, '稿.docx'), SRT);
  });

  const clip = (range: string) => () => ['--clip', `${first}${range}`];
  const captions = (name: string) => () => ['--clip', first, '--captions', name];
  it.each<[string, () => string[], 1 | 2, string]>([
    ['an end outside the source', clip(':0-2500000'), 1, 'range_outside_source'],
    ['a beginning outside the source', clip(':5000000-6000000'), 1, 'range_outside_source'],
    ['one bad clip after a good one', () => ['--clip', first, `${second}:0-9000000`], 1, 'range_outside_source'],
    ['an end before its beginning', clip(':1000000-400000'), 1, 'bad_timeline'],
    ['an asset that is not known', () => ['--clip', first, 'nope'], 1, 'unknown_id'],
    ['a range that is none', clip(':1s-2s'), 2, 'wrong_arguments'],
    ['no clip', () => [], 2, 'wrong_arguments'],
    ['a fit that is none', () => ['--clip', first, '--fit', 'stretch'], 2, 'wrong_arguments'],
    ['text without captions', captions('字.srt'), 1, 'not_captions'],
    ['an empty caption file', captions('空.srt'), 1, 'empty_file'],
    ['a caption file of another kind', captions('稿.docx'), 1, 'unsupported_format'],
    ['a caption file that is missing', captions('没有.srt'), 2, 'file_missing'],
    ['a folder as the caption file', captions('夹.srt'), 2, 'file_unreadable'],
  ])('%s', async (_what, args, code, error) => {
    expect((await refusalOf(NEW(...args()), code, at())).code).toBe(error);
    expect(await videos()).toBe(before);
  });

  it('a story that is not known, naming it', async () => {
    const error = await refusalOf(['video', 'new', '--story', 'nope', '--clip', first, ...W], 1, at());
    expect(error).toMatchObject({ code: 'unknown_id' });
    expect(error.message).toContain('nope');
    expect(await videos()).toBe(before);
  });
});

describe('video show', () => {
  it('is a whole timeline, with the hashes and the names of the files as they came', async () => {
    const { projectId } = await answerOf('video-new', NEW('--clip', `${second}:0-1000000`, first), at());
    const { stdout } = await tongxin(['video', 'show', projectId, '--json', ...W], at());
    const document: unknown = JSON.parse(stdout);
    // Nothing is left out, nothing is added, nothing is brought into another shape.
    expect(parseTimeline(document)).toStrictEqual(document);
    const { assets } = document as Timeline;
    const expected = FILMS.map(([name], i) => ({
      ...{ assetId: [first, second][i], name, kind: 'video', hasAudio: i === 0 },
      sha256: createHash('sha256')
        .update(readFileSync(path.join(root, name)))
        .digest('hex'),
    }));
    expect(assets).toHaveLength(2);
    expect(assets).toEqual(expect.arrayContaining(expected.map((one) => expect.objectContaining(one) as unknown)));
    // For people it is the same document, on several lines.
    const people = await tongxin(['video', 'show', projectId, ...W], at());
    expect(JSON.parse(people.stdout)).toEqual(document);
  });

  it('refuses a project that is not known', async () => {
    expect((await refusalOf(['video', 'show', 'nope', ...W], 1, at())).code).toBe('unknown_id');
  });
});

describe('video edit', () => {
  let projectId = '';
  const EDIT = (file: string, id = projectId): string[] => ['video', 'edit', id, '--ops', file, ...W];
  const operations = (value: unknown): Promise<void> => writeFile(path.join(root, '改.json'), JSON.stringify(value));
  const hashOf = (timeline: Timeline): string =>
    createHash('sha256').update(timelineContent(timeline), 'utf8').digest('hex');
  const GOOD = [
    { type: 'splitClip', atUs: 1_000_000, newId: 'n' },
    { type: 'setGain', clipId: 'n', gainDb: -6 },
    { type: 'moveClip', clipId: 'n', to: 0 },
    { type: 'addCue', cue: { id: 'q', startUs: 0, endUs: 800_000, text: '上山' } },
  ];
  beforeAll(async () => {
    ({ projectId } = await answerOf('video-new', NEW('--clip', first, second), at()));
  });

  it('does several operations at once; the hash is that of what show prints', async () => {
    const before = await show(projectId);
    await operations(GOOD);
    const { versionHash } = await answerOf('video-edit', EDIT('改.json'), at());
    const after = await show(projectId);
    expect([versionHash, versionHash === hashOf(before)]).toEqual([hashOf(after), false]);
    expect(after.storyline.map(({ id, inUs, outUs, gainDb }) => [id, inUs, outUs, gainDb])).toEqual([
      ['n', 1_000_000, 2_000_000, -6],
      ['c1', 0, 1_000_000, 0],
      ['c2', 0, 3_000_000, 0],
    ]);
    expect(after.captions.cues).toMatchObject([{ id: 'q', text: '上山' }]);
    await writeFile(path.join(root, '记号.json'), `\uFEFF${JSON.stringify([{ type: 'removeCue', cueId: 'q' }])}`);
    const people = await tongxin(EDIT('记号.json'), at());
    expect(people.stdout).toBe(`Did 1 edits: ${hashOf(await show(projectId))}\n`);
  });

  it.each<[string, object, string]>([
    ['a clip that is not there', { type: 'removeClip', clipId: 'none' }, 'unknown_id'],
    ['an end outside the source', { type: 'trimClip', clipId: 'c2', outUs: 9_000_000 }, 'range_outside_source'],
    ['a split at the very beginning', { type: 'splitClip', atUs: 0, newId: 'm' }, 'bad_timeline'],
    ['an operation nobody knows', { type: 'explode' }, 'bad_timeline'],
    ['a field nobody knows', { type: 'removeClip', clipId: 'c2', ripple: true }, 'bad_timeline'],
    [
      'a colour table that is not kept',
      { type: 'setPicture', clipId: 'c2', lut: { sha256: 'ab'.repeat(32), name: '茶园', strength: 50 } },
      'bad_timeline',
    ],
  ])('all or none: %s among good ones', async (_what, bad, code) => {
    const before = await show(projectId);
    const good = [
      { type: 'setGain', clipId: 'c1', gainDb: 3 },
      { type: 'setFit', clipId: null, fit: 'crop' },
    ];
    for (const list of [
      [bad, ...good],
      [...good, bad],
      [good[0], bad, good[1]],
    ]) {
      await operations(list);
      expect((await refusalOf(EDIT('改.json'), 1, at())).code).toBe(code);
      expect(await show(projectId)).toEqual(before);
    }
  });

  it.each([
    ['no JSON', 'removeClip c1'],
    ['empty', ''],
    ['no list', '{"type":"removeClip","clipId":"c1"}'],
    ['an empty list', '[]'],
  ])('a file that is %s', async (_what, text) => {
    const before = await show(projectId);
    await writeFile(path.join(root, '坏.json'), text);
    expect((await refusalOf(EDIT('坏.json'), 1, at())).code).toBe('bad_timeline');
    expect(await show(projectId)).toEqual(before);
  });

  it('a file that is missing, no file, a project that is not known', async () => {
    await operations([{ type: 'setFit', clipId: null, fit: 'crop' }]);
    expect((await refusalOf(EDIT('没有.json'), 2, at())).code).toBe('file_missing');
    expect((await refusalOf(['video', 'edit', projectId, ...W], 2, at())).code).toBe('wrong_arguments');
    expect((await refusalOf(EDIT('改.json', 'nope'), 1, at())).code).toBe('unknown_id');
  });
});
