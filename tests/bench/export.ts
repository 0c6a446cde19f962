/** Export: processor time of a film against the same filter graphs and encoders by hand, in one ffmpeg process. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseTimeline } from '../../core/model/timeline/index.ts';
import { createLocator } from '../../core/platform/media/locate.ts';
import { createFilmMaker } from '../../core/platform/media/render/index.ts';
import { planCover, planRender, planStill } from '../../core/video/index.ts';
import type { FilmMaker, Log, RenderPlan } from '../../core/ports/index.ts';
import { samplesDir } from '../support/studio.ts';
import { inTurn } from './measure.ts';

const nothing = (): void => undefined;
const log: Log = { info: nothing, warn: nothing, error: nothing, close: () => Promise.resolve() };
const FILES = ['talk-720p30.mp4', 'street-cars.mp4'].map((name) => path.join(samplesDir, 'video', name));
const shaOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** 720p speech and 768x432 traffic, ten seconds of each, on a tall canvas over their blurred selves, captions throughout. */
function ordinaryFilm() {
  const base = { kind: 'video', durationUs: 24_000_000, hasAudio: true };
  const [talk, cars] = FILES.map((file, i) => ({
    ...base,
    assetId: `a${String(i)}`,
    sha256: shaOf(file),
    name: path.basename(file),
  }));
  return parseTimeline({
    version: 1,
    assets: [
      { ...talk, width: 1280, height: 720, frameRate: '30/1' },
      { ...cars, width: 768, height: 432, frameRate: '25/2', hasAudio: false },
    ],
    storyline: [
      { id: 'c0', assetId: 'a0', inUs: 2_000_000, outUs: 12_000_000 },
      { id: 'c1', assetId: 'a1', inUs: 2_000_000, outUs: 12_000_000 },
    ],
    captions: {
      cues: Array.from({ length: 8 }, (_, i) => {
        const startUs = i * 2_500_000;
        return {
          id: `q${String(i)}`,
          startUs,
          endUs: startUs + 2_300_000,
          text: '今年的明前茶每斤卖到1800元，比去年涨了三成',
        };
      }),
    },
  });
}

/** The plan's own graphs in one process: clips joined by `concat`, sound at a gain known beforehand. */
function byHand(ffmpeg: string, plan: RenderPlan, dir: string, fonts: string, scripts: string[]): number {
  const [group] = plan.groups;
  const segments = group?.segments ?? [];
  const own = (i: number, graph: string): string =>
    graph
      .replaceAll('[0:', `[${String(i)}:`)
      .replace(/\[(v|front|copy|back)\]/g, (_, name: string) => `[${name}${String(i)}]`)
      .replace('@ass@', scripts[i] ?? '')
      .replace('@fonts@', fonts);
  const pictures = segments.map((segment, i) => own(i, segment.graph));
  const sounds = plan.sound.map((sound, i) =>
    sound.take === null
      ? `anullsrc=r=48000:cl=stereo,atrim=end_sample=${String(sound.samples)}[s${String(i)}]`
      : `[${String(i)}:${String(sound.take.stream)}]${sound.take.filter}[s${String(i)}]`,
  );
  const joined = segments.map((_, i) => `[v${String(i)}][s${String(i)}]`).join('');
  const concat = `${joined}concat=n=${String(segments.length)}:v=1:a=1[v][mix];[mix]volume=3dB[a]`;
  const inputs = segments.flatMap((segment, i) => {
    const seek =
      segment.seekUs === null
        ? []
        : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', (segment.seekUs / 1e6).toFixed(6)];
    return [...seek, '-i', FILES[i] ?? ''];
  });
  const args = [
    ...['-nostdin', '-hide_banner', '-y', '-v', 'info', '-nostats', '-benchmark', '-copyts', ...inputs],
    ...['-filter_complex', [...pictures, ...sounds, concat].join(';'), '-map', '[v]', '-map', '[a]'],
    ...[...(group?.encoder ?? []), '-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart', 'hand.mp4'],
  ];
  const run = spawnSync(ffmpeg, args, { cwd: dir, maxBuffer: 1 << 28 });
  const bench = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(run.stderr.toString());
  if (run.status !== 0 || !bench) throw new Error(run.stderr.toString().slice(-2000));
  return Number(bench[1]) + Number(bench[2]);
}

export async function benchExport(rounds: number): Promise<string[]> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-'));
  const tools = createLocator({ settings: {}, env: process.env, log });
  const { path: ffmpeg } = await tools.ffmpeg();
  const timeline = ordinaryFilm();
  const files = new Map(FILES.map((file) => [shaOf(file), file]));
  const order = { timeline, targets: ['douyin'], source: async (sha: string) => files.get(sha) ?? '' };
  const makerOn = (cacheDir: string): FilmMaker =>
    createFilmMaker({ log, tools, cacheDir, planCover, planRender, planStill });
  const outDir = path.join(work, 'out');
  mkdirSync(outDir);
  let round = 0;
  const plan = await makerOn(path.join(work, 'plan')).plan(order);
  const ours = async (): Promise<number> => {
    const cache = path.join(work, `cache-${String((round += 1))}`);
    const { cpuSeconds } = await makerOn(cache).render({ ...order, outDir });
    return cpuSeconds;
  };
  // The first, unmeasured round leaves the fonts where the peer takes them too.
  await ours();
  const scripts = (plan.groups[0]?.segments ?? []).map((segment, i) => {
    writeFileSync(path.join(work, `${String(i)}.ass`), segment.ass ?? '');
    return `${String(i)}.ass`;
  });
  const fonts = path.join('cache-1', 'fonts-autohinted');
  const result = await inTurn(rounds, ours, () => Promise.resolve(byHand(ffmpeg, plan, work, fonts, scripts)));
  rmSync(work, { recursive: true, force: true });
  return [
    `export of 20 s to douyin (blur, captions, loudness): ${result.ours.toFixed(1)} CPU-s; the same graph by hand in one process, gain known beforehand: ${result.peer.toFixed(1)} CPU-s; ratio ${result.ratio.toFixed(2)} (target 1.08)`,
  ];
}
