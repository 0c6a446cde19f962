/** What lies beside a finished film, and what the film says of an AI: real files, measured from outside. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAFE_AREAS, applyOperations } from '../model/timeline/index.ts';
import type { LimitCheck, FilmFacts } from '../model/platforms/index.ts';
import { AIGC_FIELDS, ownAigc } from '../model/platforms/index.ts';
import { HAS_FFMPEG, inspect, make, quietLog, scratch, tone, x264 } from '../platform/media/fixtures.ts';
import { createMediaEngine } from '../platform/media/index.ts';
import { boxes, filmOf, loudness, tagsOf, testMaker } from '../platform/media/render/fixtures.ts';
import { makeFilms, planCover, planRender, planStill } from './index.ts';
import type { FinishedFilms } from './index.ts';

const { dir: root, remove } = scratch();
const dir = path.join(root, '成 片');
mkdirSync(dir);
afterAll(remove);
const films = testMaker(dir, { planCover, planRender, planStill });
const words = { title: '清晨的茶园：“一”', text: '凌晨四点半。', topics: ['春茶'] };
let made = 0;
const outDir = (): string => path.join(dir, `出-${(made += 1)}`);
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
const jsonOf = (...names: string[]): unknown => JSON.parse(readFileSync(path.join(...names), 'utf8'));
interface Checks {
  format: string;
  file: string;
  aiMade: boolean;
  measured: FilmFacts;
  film: LimitCheck[];
  post: LimitCheck[];
}

let dark = '';
let labelled = '';
const LABEL = JSON.stringify({ Label: '2', ContentProducer: '001191', ProduceID: 'x|y=1' });

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  const plain = ['-f', 'lavfi', '-i', 'color=0x203020:s=360x640:r=30:d=4'];
  dark = make(path.join(dir, 'dark.mp4'), ...plain, ...tone(4), ...x264(), '-c:a', 'aac');
  const say = ['-metadata', `AIGC=${LABEL}`, '-movflags', 'use_metadata_tags'];
  labelled = make(path.join(dir, 'labelled.mp4'), ...plain, ...tone(4), ...x264(), '-c:a', 'aac', ...say);
});

const fourSeconds = (file: string, cues: readonly (readonly [number, number, string])[] = []) =>
  filmOf([{ file, inUs: 0, outUs: 4_000_000 }], cues);

describe.skipIf(!HAS_FFMPEG)('films with what goes with them', () => {
  let out = '';
  let done: FinishedFilms;
  beforeAll(async () => {
    out = outDir();
    const film = await fourSeconds(dark, [
      [500_000, 1_500_000, '春茶开采'],
      [3_000_000, 9_000_000, '每斤1800元'],
    ]);
    done = await makeFilms(films, { ...film, words, targets: ['douyin', 'kuaishou', 'bilibili'], outDir: out });
  }, 120_000);

  test('are named for people, a folder a target, and nothing else is there', () => {
    const beside = (target: string, stem: string): string[] =>
      ['checks.json', 'post.json', 'post.txt', `${stem}.mp4`, `${stem}.srt`].map((name) => path.join(target, name));
    const covers = (target: string, ...sizes: string[]): string[] =>
      sizes.map((size) => path.join(target, `清晨的茶园：“一”-${size}.jpg`));
    expect(filesOf(out)).toEqual(
      [
        ...beside('douyin', '清晨的茶园：“一”-抖音-1080x1920'),
        ...covers('douyin', '抖音-封面-1080x1920', '抖音-封面-1080x1440', '抖音-封面-1440x1080'),
        ...beside('kuaishou', '清晨的茶园：“一”-快手-1080x1920'),
        ...covers('kuaishou', '快手-封面-1080x1920'),
        ...beside('bilibili', '清晨的茶园：“一”-哔哩哔哩-1920x1080'),
        ...covers('bilibili', '哔哩哔哩-封面-1146x717'),
      ].sort(),
    );
    expect(done.result.outputs.map(({ file }) => file)).toEqual(done.films.map(({ files }) => files[0]));
    expect(done.films.flatMap(({ files }) => files.map((file) => path.relative(out, file))).sort()).toEqual(
      filesOf(out),
    );
  });

  test('captions end with the film; words and topics are there to copy', () => {
    const srt = readFileSync(path.join(out, 'douyin/清晨的茶园：“一”-抖音-1080x1920.srt'), 'utf8');
    expect(srt.trimEnd()).toBe(
      '1\n00:00:00,500 --> 00:00:01,500\n春茶开采\n\n2\n00:00:03,000 --> 00:00:04,000\n每斤1800元',
    );
    expect(readFileSync(path.join(out, 'douyin/post.txt'), 'utf8')).toBe('清晨的茶园：“一”\n\n凌晨四点半。\n\n#春茶\n');
    expect(jsonOf(out, 'kuaishou/post.json')).toEqual({
      ...{ format: 'tongxin-post/1', target: 'kuaishou', ...words, aiMade: false },
      covers: [{ file: '清晨的茶园：“一”-快手-封面-1080x1920.jpg', shape: '9:16', width: 1080, height: 1920 }],
      cover: { atUs: 1_333_333, chosen: false },
    });
  });

  test('checks.json tells what ffprobe and the loudness meter say of the finished file', () => {
    for (const { target, file } of done.result.outputs) {
      const checks = jsonOf(out, target, 'checks.json') as Checks;
      const { measured } = checks;
      const { streams, packets } = inspect(file);
      expect(checks).toMatchObject({ format: 'tongxin-checks/1', file: path.basename(file), aiMade: false });
      expect(measured).toMatchObject({
        ...{ bytes: readFileSync(file).length, durationUs: 4_000_000, container: 'mp4', frameRate: '30/1' },
        ...{ codec: 'h264', profile: 'High', pixelFormat: 'yuv420p', faststart: true, aigc: null },
        ...{ width: streams[0]?.['width'], height: streams[0]?.['height'] },
        audio: { codec: 'aac', channels: 2, rate: 48_000 },
      });
      const keys = packets.filter(({ flags }) => flags.includes('K')).map(({ pts_time }) => Number(pts_time));
      expect(keys).toEqual([0, 2]);
      expect(measured.keyFrameUs).toBe(2_000_000);
      expect(measured.videoKbit).toBeCloseTo(Number(streams[0]?.['bit_rate']) / 1000, -1);
      expect(measured.audio?.kbit).toBeCloseTo(Number(streams[1]?.['bit_rate']) / 1000, -1);
      expect(measured.peakKbit).toBeGreaterThanOrEqual(measured.videoKbit);
      const heard = loudness(file);
      expect(measured.lufs).toBeCloseTo(heard.lufs, 1);
      expect(measured.truePeakDb).toBeCloseTo(heard.peak, 1);
      expect(boxes(file).indexOf('moov')).toBeLessThan(boxes(file).indexOf('mdat'));
      expect(checks.film.every(({ source, checked }) => source !== '' && checked !== '')).toBe(true);
      expect(checks.film.filter(({ level }) => level !== 'ok')).toEqual([]);
    }
    expect(done.result.warnings).toBeUndefined();
  });

  test('without captions the file of an earlier film goes; a second film of the story has files of its own', async () => {
    const film = await fourSeconds(dark);
    await makeFilms(films, { ...film, words, targets: ['douyin'], outDir: out });
    await makeFilms(films, { ...film, words, targets: ['douyin'], outDir: out, number: 2, draft: true });
    const stem = '清晨的茶园：“一”-抖音-1080x1920';
    expect(filesOf(path.join(out, 'douyin'))).toEqual(
      [
        ...['checks.json', 'post.json', 'post.txt', `${stem}.mp4`],
        ...['checks-2.json', 'post-2.json', 'post-2.txt', `${stem}-2.mp4`],
        ...['1080x1920', '1080x1440', '1440x1080'].flatMap((size) =>
          ['', '-2'].map((tail) => `清晨的茶园：“一”-抖音-封面-${size}${tail}.jpg`),
        ),
      ].sort(),
    );
    expect(readFileSync(path.join(out, 'douyin/post-2.txt'), 'utf8')).toMatch(/^【草稿 未经审核】\n\n清晨/);
    expect(jsonOf(out, 'douyin/post-2.json')).toMatchObject({ draft: true });
  }, 60_000);

  test('a limit that is not kept is in the answer: WeChat Channels wants three seconds', async () => {
    const film = await filmOf([{ file: dark, inUs: 0, outUs: 1_000_000 }]);
    const { result } = await makeFilms(films, { ...film, words, targets: ['channels'], outDir: outDir() });
    expect(result.warnings?.filter(({ what }) => what === 'durationUs')).toEqual([
      {
        ...{ target: 'channels', what: 'durationUs', value: 1_000_000, limit: { min: 3_000_000 }, level: 'warn' },
        ...{ source: 'shipinhao/index.ts', grade: 'code' },
      },
    ]);
  }, 60_000);
});

const media = createMediaEngine({ log: quietLog });
const probe = (file: string) => media.probe(file, { name: path.basename(file) });

/** Rectangle of the bright pixels of one frame, pixels; null without any. */
async function bright(
  file: string,
  frame: number,
): Promise<{ x: number; y: number; right: number; bottom: number } | null> {
  const args = ['-v', 'error', '-i', `file:${file}`, '-vf', `select=eq(n\\,${frame})`, '-frames:v', '1'];
  const png = execFileSync('ffmpeg', [...args, '-f', 'image2pipe', '-c:v', 'png', '-'], { maxBuffer: 1 << 28 });
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const box = { x: info.width, y: info.height, right: 0, bottom: 0 };
  data.forEach((value, i) => {
    if (value < 200) return;
    const [x, y] = [i % info.width, Math.floor(i / info.width)];
    Object.assign(box, { x: Math.min(box.x, x), y: Math.min(box.y, y) });
    Object.assign(box, { right: Math.max(box.right, x + 1), bottom: Math.max(box.bottom, y + 1) });
  });
  return box.right === 0 ? null : box;
}

describe.skipIf(!HAS_FFMPEG)('a film in which something is made by an AI', () => {
  test.each(['douyin', 'xiaohongshu', 'bilibili'] as const)(
    'says so on its opening, large enough, long enough, in the safe area: %s',
    async (target) => {
      const film = await fourSeconds(dark);
      const order = { ...film, words, targets: [target], outDir: outDir(), aiMade: true };
      const { result } = await makeFilms(films, order);
      const [output] = result.outputs;
      if (!output) throw new Error('no film');
      const { file, width, height } = output;
      const short = Math.min(width, height);
      const safe = SAFE_AREAS[target];
      for (const frame of [0, 30, 60, 89]) {
        const box = await bright(file, frame);
        expect(box, `frame ${frame}`).not.toBeNull();
        if (!box) continue;
        expect(box.bottom - box.y).toBeGreaterThanOrEqual(0.05 * short);
        expect(box.right - box.x).toBeGreaterThan(6 * 0.05 * short);
        expect(box.x).toBeGreaterThanOrEqual((width * safe.left) / 1000);
        expect(box.y).toBeGreaterThanOrEqual((height * safe.top) / 1000);
        expect(box.right).toBeLessThanOrEqual(width - (width * safe.right) / 1000);
        expect(box.bottom).toBeLessThanOrEqual(height - (height * safe.bottom) / 1000);
      }
      expect(await bright(file, 90)).toBeNull();
      const own = tagsOf(file)['AIGC'] ?? '';
      expect(own).toBe(ownAigc());
      expect(Object.keys(JSON.parse(own) as object)).toEqual([...AIGC_FIELDS]);
    },
    60_000,
  );

  test('a film that nobody declares has no label, in the picture or in the file', async () => {
    const { result } = await makeFilms(films, {
      ...(await fourSeconds(dark)),
      words,
      targets: ['douyin'],
      outDir: outDir(),
    });
    const file = result.outputs[0]?.file ?? '';
    expect(await bright(file, 30)).toBeNull();
    expect(tagsOf(file)['AIGC']).toBeUndefined();
  }, 60_000);

  test("a source's own label is a declaration, and is in every output as it came; a plain copy would drop it", async () => {
    const out = outDir();
    const targets = ['douyin', 'kuaishou', 'bilibili', 'archive'];
    const { result } = await makeFilms(films, { ...(await fourSeconds(labelled)), words, targets, outDir: out });
    expect(result.outputs.map(({ segments }) => segments.copied)).toEqual([0, 1, 0, 0]);
    for (const { target, file } of result.outputs) {
      expect(tagsOf(file)['AIGC'], target).toBe(LABEL);
      expect(await bright(file, 45), target).not.toBeNull();
      const checks = jsonOf(out, target, 'checks.json') as Checks;
      expect(checks).toMatchObject({ aiMade: true, measured: { aigc: LABEL } });
      expect(checks.film.find(({ what }) => what === 'aigc')).toMatchObject({ value: true, level: 'ok' });
      expect(jsonOf(out, target, 'post.json')).toMatchObject({ aiMade: true });
    }
    // At the door, too: whoever imports such a file is told, and nobody else.
    expect((await probe(labelled)).problems).toMatchObject([{ code: 'ai_made' }]);
    expect((await probe(dark)).problems).toEqual([]);
    const file = result.outputs[0]?.file ?? '';
    const copy = make(path.join(dir, 'copy.mp4'), '-i', `file:${file}`, '-c', 'copy');
    expect(tagsOf(copy)['AIGC']).toBeUndefined();
    const kept = make(path.join(dir, 'kept.mp4'), '-i', `file:${file}`, '-c', 'copy', '-movflags', 'use_metadata_tags');
    expect(tagsOf(kept)['AIGC']).toBe(LABEL);
  }, 120_000);

  test.each([
    [
      'an element',
      `<TC260:AIGC>{"Label":"1","ProduceID":"a&amp;b"}</TC260:AIGC>`,
      '',
      '{"Label":"1","ProduceID":"a&b"}',
    ],
    ['an attribute', '', ` TC260:AIGC="{&quot;Label&quot;:&quot;3&quot;}"`, '{"Label":"3"}'],
    ['a mark nobody can read', '<TC260:AIGC>yes</TC260:AIGC>', '', ownAigc()],
  ])(
    "a picture's mark is a declaration too: %s",
    async (_what, inside, attribute, said) => {
      const xmp =
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
        `<rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"${attribute}>${inside}` +
        '</rdf:Description></rdf:RDF></x:xmpmeta>';
      const picture = path.join(dir, `画-${(made += 1)}.png`);
      const grey = sharp({ create: { width: 90, height: 160, channels: 3, background: { r: made, g: 40, b: 40 } } });
      writeFileSync(picture, await grey.withXmp(xmp).png().toBuffer());
      expect((await probe(picture)).problems.map(({ code }) => code)).toEqual(['ai_made']);
      const film = await filmOf([{ file: picture, inUs: 0, outUs: 1_000_000 }]);
      const { result } = await makeFilms(films, { ...film, words, targets: ['douyin'], outDir: outDir() });
      const file = result.outputs[0]?.file ?? '';
      expect(tagsOf(file)['AIGC']).toBe(said);
      expect(await bright(file, 15)).not.toBeNull();
    },
    60_000,
  );
});

describe.skipIf(!HAS_FFMPEG)('what the office declares in the film itself', () => {
  test('is labelled as what a file says of itself', async () => {
    const film = await fourSeconds(dark);
    const [asset] = film.timeline.assets;
    const timeline = applyOperations(film.timeline, [
      { type: 'declareAi', assetId: asset?.assetId ?? '', aiMade: true },
    ]).timeline;
    const out = outDir();
    const { films: done } = await makeFilms(films, { ...film, timeline, targets: ['douyin'], outDir: out, words });
    const file = done[0]?.files[0] ?? '';
    expect(tagsOf(file)['AIGC']).toBe(ownAigc());
    expect((jsonOf(path.dirname(file), 'checks.json') as Checks).aiMade).toBe(true);
    expect((jsonOf(path.dirname(file), 'post.json') as { aiMade: boolean }).aiMade).toBe(true);
  });
});
