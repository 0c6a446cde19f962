/**
 * What is seen is what goes out: captions and titles drawn in the page against the same moments of the finished film, at the
 * film's size, inside the box that is drawn; moving pictures at the preview's size. Thresholds: those of the cutting room's plan.
 * Every cue and title with `npm run test:long`, a few of them always.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import type { Operation, Timeline } from '../../core/model/timeline/index.ts';
import { TITLE_LOOKS } from '../../core/model/timeline/index.ts';
import { testMaker } from '../../core/platform/media/render/fixtures.ts';
import { planCover, planRender, planStill } from '../../core/video/plan/index.ts';
import { cli } from './cli.ts';
import { expect, samples, test, type Served } from './support.ts';

const LONG = process.env['TONGXIN_LONG'] === '1';
const CUES = LONG ? 30 : 4;
const TITLES = LONG ? 20 : 3;
const MOMENTS = LONG ? 12 : 4;
const MOVING = ['phone-vertical-vfr.mp4', 'talk-720p30.mp4', 'cockatoo.mp4'];
const SECOND = 1_000_000;
const WORDS = [
  '老周今年六十三岁，守着半山村的四十亩茶园。',
  '去年，村里的茶叶卖到了杭州、上海和南京。',
  '“茶要一芽一叶，”他说，“不能急。”',
  '清明前三天\n全家人都上山',
];
const NUMBERS = '一二三四五六七八九十';
/** Digits and Latin letters, whose places the two builds of libass agree on since both leave them to the autohinter (media/render/fonts.ts). */
const LATIN = [
  'The first tea of spring 头采茶',
  '每斤600元，比去年高15%',
  ...(LONG
    ? [
        'AVATAR, Wave & To: kerning “fi fl”',
        '微信号 ChaYuan_1988（WeChat）',
        'jumping quickly over 24,630 boxes',
        'MINIMUM WIDTH / iiilll / ©',
      ]
    : []),
];
/** A second language below the first. */
const TRANSLATION = 'One bud, one leaf: there is no hurry about it';
/** Seconds each is on; it is looked at in the middle, where nothing fades. */
const EACH = 2;

test.use({ serverArgs: ['--sample'], viewport: { width: 1080, height: 1920 } });
test.describe.configure({ timeout: LONG ? 900_000 : 240_000 });

/** Structural likeness of the luma of two pictures of the same size inside a box, as a film holds it, by ffmpeg's own filter. */
function likeness(a: string, b: string, box: Box | null): number {
  const crop = box ? `crop=${[box.width, box.height, box.left, box.top].join(':')},` : '';
  const luma = `${crop}scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,extractplanes=y`;
  const graph = `[0]${luma}[a];[1]${luma}[b];[a][b]ssim`;
  const args = ['-nostdin', '-hide_banner', '-i', a, '-i', b, '-lavfi', graph, '-f', 'null', '-'];
  const said = spawnSync('ffmpeg', args, { encoding: 'utf8' }).stderr;
  return Number(/SSIM .*All:([\d.]+)/.exec(said)?.[1] ?? Number.NaN);
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What is drawn in either of two pictures on the same even ground, to even pixels. Null: nothing. */
async function drawnIn(files: readonly string[], ground: number): Promise<Box | null> {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (const file of files) {
    const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
    for (let i = 0; i < data.length; i += info.channels) {
      if (Math.abs(data[i]! - ground) <= 24) continue;
      const at = i / info.channels;
      const [x, y] = [at % info.width, Math.floor(at / info.width)];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  if (right < 0) return null;
  [left, top] = [left - (left % 2), top - (top % 2)];
  return { left, top, width: right - left + 2 - ((right - left) % 2), height: bottom - top + 2 - ((bottom - top) % 2) };
}

/** The frame of a film at a time, scaled to `size` where one is given. */
function frameOf(film: string, us: number, out: string, size?: { width: number; height: number }): void {
  const scale = size ? ['-vf', `scale=${String(size.width)}:${String(size.height)}:flags=area`] : [];
  // What is asked for is on from half a frame before.
  const seek = ['-ss', (us / SECOND - 0.01).toFixed(6), '-i', film];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...seek, '-frames:v', '1', ...scale, out]);
}

/** A project made by the command line: so many clips, then operations. Answers its timeline with the assets' ids. */
function project(served: Served, clips: readonly string[], ops: readonly Operation[]): Timeline {
  const [story] = cli(served, 'story', 'list') as { storyId: string }[];
  const wanted = clips.flatMap((clip) => ['--clip', clip]);
  const made = cli(served, 'video', 'new', '--story', story!.storyId, ...wanted) as { projectId: string };
  const file = path.join(served.root, 'ops.json');
  writeFileSync(file, JSON.stringify(ops));
  if (ops.length > 0) cli(served, 'video', 'edit', made.projectId, '--ops', file);
  return cli(served, 'video', 'show', made.projectId) as Timeline;
}

/** Renders a timeline as the command line does, for one platform. Answers the film's file. */
function film(served: Served, timeline: Timeline, media: string): string {
  const file = path.join(served.root, 'film.json');
  const out = path.join(served.root, 'film');
  mkdirSync(out);
  writeFileSync(file, JSON.stringify(timeline));
  const args = ['render', '--timeline', file, '--media', media, '--targets', 'douyin', '--out', out];
  const { outputs } = cli(served, ...args) as { outputs: { file: string }[] };
  return path.resolve(out, outputs[0]!.file);
}

/** Opens the story's video and shows nothing but the film, as large as the film is. */
async function openFull(page: Page): Promise<void> {
  await page.reload();
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('tabpanel', { name: '视频' }).getByRole('link').first().click();
  await expect(page.locator('.captions-canvas').first()).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('switch', { name: '安全区' }).uncheck({ force: true });
  await page.getByRole('button', { name: '全屏' }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.getBoundingClientRect().height)).toBe(1920);
  await page.keyboard.press('Home');
}

/** Thirds of a second forward, by keys. */
async function forward(page: Page, thirds: number): Promise<void> {
  for (let i = 0; i < thirds; i += 1) await page.keyboard.press('Shift+ArrowRight');
}

/** What the page shows, once its video has found its place, and two pictures a moment apart are the same. */
async function seen(page: Page, file: string): Promise<void> {
  let before = '';
  await expect
    .poll(
      async () => {
        // On a busy machine a seek takes longer than the moment: the frame before would be taken twice. Each time, because of many
        // places asked for one after the other the next is looked for when the one before is found.
        await page.waitForFunction(() => [...document.querySelectorAll('video')].every(({ seeking }) => !seeking));
        await page.waitForFunction(() => document.querySelector('.captions-canvas[data-ready="false"]') === null);
        const now = (await page.screenshot({ path: file })).toString('base64');
        const same = now === before;
        before = now;
        return same;
      },
      { intervals: [150] },
    )
    .toBe(true);
}

const cue = (
  i: number,
  text = `${NUMBERS[Math.floor(i / WORDS.length)]!}，${WORDS[i % WORDS.length]!}`,
): Operation => ({
  type: 'addCue',
  cue: {
    id: `cue-${String(i)}`,
    startUs: i * EACH * SECOND,
    endUs: (i + 1) * EACH * SECOND,
    text,
  },
});

const title = (i: number): Operation => {
  const look = TITLE_LOOKS[i % TITLE_LOOKS.length]!;
  const texts = Object.fromEntries(
    look.lines.map(({ field, sample }) => [field, `${sample}${NUMBERS[i % 10]!}${i % 2 === 0 ? 'No. 4' : ''}`]),
  );
  const startUs = (CUES + i) * EACH * SECOND;
  return {
    type: 'addTitle',
    title: { id: `title-${String(i)}`, look: look.id, startUs, endUs: startUs + EACH * SECOND, texts },
  };
};

test('captions and titles stand in the film as they are drawn in the page', async ({ studio: page, served }) => {
  const media = path.join(served.root, 'media');
  mkdirSync(media);
  const picture = path.join(media, '灰底.png');
  await sharp({ create: { width: 1080, height: 1920, channels: 3, background: '#808080' } })
    .png()
    .toFile(picture);
  const [{ assetId } = { assetId: '' }] = cli(served, 'media', 'import', picture) as { assetId: string }[];
  const items = CUES + TITLES + LATIN.length;
  const made = project(
    served,
    [`${assetId}:0-${String(items * EACH * SECOND)}`],
    [
      ...Array.from({ length: CUES }, (_, i) => cue(i)),
      ...Array.from({ length: TITLES }, (_, i) => title(i)),
      ...LATIN.map((text, i): Operation => {
        const plain = cue(CUES + TITLES + i, text);
        return i === 0 && plain.type === 'addCue'
          ? { ...plain, cue: { ...plain.cue, translation: TRANSLATION } }
          : plain;
      }),
    ],
  );
  // Stills of the film's own graph: nothing of the encoder's loss is measured here.
  const maker = testMaker(served.root, { planCover, planRender, planStill });
  const still = async (timeline: Timeline, i: number, name: string): Promise<string> => {
    const source = () => Promise.resolve(picture);
    const outDir = test.info().outputPath(`${name}-${String(i)}`);
    mkdirSync(outDir);
    return (await maker.still({ timeline, source, target: 'douyin', atUs: (i * EACH + 1) * SECOND, outDir })).file;
  };
  // The same film with one character changed, and with one caption left out: the proof must notice.
  const wrong: Timeline = structuredClone(made);
  const { cues } = wrong.captions;
  cues[0]!.text = cues[0]!.text.replace('周', '同');
  cues.splice(1, 1);

  await openFull(page);
  await forward(page, 3);
  const worst = { cue: 1, title: 1, latin: 1 };
  for (let i = 0; i < items; i += 1) {
    const inPage = test.info().outputPath(`page-${String(i)}.png`);
    await seen(page, inPage);
    const inFilm = await still(made, i, 'film');
    const box = await drawnIn([inPage, inFilm], 128);
    expect(box, `something is drawn of number ${String(i + 1)}`).not.toBeNull();
    const kind = i < CUES ? 'cue' : i < CUES + TITLES ? 'title' : 'latin';
    worst[kind] = Math.min(worst[kind], likeness(inPage, inFilm, box));
    if (i < 2) {
      const unlike = likeness(inPage, await still(wrong, i, 'wrong'), box);
      expect(unlike, `the wrong number ${String(i + 1)} is noticed`).toBeLessThan(0.998);
    }
    await forward(page, 3 * EACH);
  }
  test.info().annotations.push({ type: 'least likeness', description: JSON.stringify(worst) });
  expect(worst.cue).toBeGreaterThanOrEqual(0.998);
  expect(worst.title).toBeGreaterThanOrEqual(0.998);
  expect(worst.latin).toBeGreaterThanOrEqual(0.998);
});

test('moving pictures stand in the film as they are seen in the page', async ({ studio: page, served }) => {
  test.skip(!existsSync(samples), 'the sample files are not beside the checkout');
  const media = path.join(served.root, 'media');
  mkdirSync(media);
  const files = MOVING.map((name) => path.join(media, name));
  for (const file of files) copyFileSync(path.join(samples, 'video', path.basename(file)), file);
  const assets = cli(served, 'media', 'import', ...files) as { assetId: string }[];
  const each = Math.ceil(MOMENTS / files.length);
  const made = project(
    served,
    assets.map(({ assetId }) => `${assetId}:0-${String(each * SECOND)}`),
    [],
  );
  const right = film(served, made, media);
  await openFull(page);
  for (let i = 0; i < files.length; i += 1) {
    await forward(page, 3 * each);
    await expect(page.getByText('预览还没准备好')).toHaveCount(0, { timeout: 120_000 });
  }
  await page.keyboard.press('Home');
  await forward(page, 1);
  let worst = 1;
  const half = { width: 540, height: 960 };
  for (let i = 0; i < each * files.length; i += 1) {
    const [inPage, inFilm] = ['page', 'film'].map((name) => test.info().outputPath(`${name}-${String(i)}.png`)) as [
      string,
      string,
    ];
    await seen(page, inPage);
    const small = inPage.replace('.png', '-540.png');
    await sharp(inPage).resize(half.width, half.height, { kernel: 'lanczos3' }).toFile(small);
    frameOf(right, (i + 1 / 3) * SECOND, inFilm, half);
    const like = likeness(small, inFilm, null);
    worst = Math.min(worst, like);
    await forward(page, 3);
  }
  test.info().annotations.push({ type: 'least likeness', description: String(worst) });
  expect(worst).toBeGreaterThanOrEqual(0.95);
});
