/** The peers of the render benches: the same work typed by hand for ffmpeg, and the same cuts by melt. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlanGroup, RenderPlan } from '../../core/ports/index.ts';
import { spentBy } from './measure.ts';

export interface HandPlace {
  dir: string;
  /** Folder with the fonts. */
  fonts: string;
  file: string;
}

const QUIET = ['ffmpeg', '-nostdin', '-hide_banner', '-y', '-nostats'];

const inputsOf = (seeks: readonly (number | null)[], file: string): string[] =>
  seeks.flatMap((us) => {
    const seek = us === null ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', (us / 1e6).toFixed(6)];
    return [...seek, '-i', file];
  });

/** Sounds of all clips one after another, to `[mix]`. */
const soundGraph = (plan: RenderPlan): string => {
  const parts = plan.sound.map(({ take, samples }, i) =>
    take === null
      ? `anullsrc=r=48000:cl=stereo,atrim=end_sample=${String(samples)}[s${String(i)}]`
      : `[${String(i)}:${String(take.stream)}]${take.filter}[s${String(i)}]`,
  );
  const all = plan.sound.map((_, i) => `[s${String(i)}]`).join('');
  return `${parts.join(';')};${all}concat=n=${String(plan.sound.length)}:v=0:a=1[mix]`;
};

/** First pass: how loud the film is. Returns the gain to -16 LUFS and the processor time. */
export async function measureByHand(plan: RenderPlan, place: HandPlace): Promise<{ gain: number; cpu: number }> {
  const seeks = plan.sound.map(({ take }) => take?.seekUs ?? null);
  const graph = `${soundGraph(plan)};[mix]ebur128=peak=true[a]`;
  const command = [...QUIET, '-copyts', ...inputsOf(seeks, place.file), '-filter_complex', graph];
  const report = path.join(place.dir, 'loudness.txt');
  const { cpu, stdout } = await spentBy(
    [
      'bash',
      '-c',
      '"$@" 2>loudness.txt; tail -n 20 loudness.txt',
      'bash',
      ...command,
      '-map',
      '[a]',
      '-f',
      'null',
      '-',
    ],
    { cwd: place.dir },
  );
  const lufs = Number(/I:\s+(-?[\d.]+) LUFS/.exec(stdout)?.[1]);
  if (!Number.isFinite(lufs)) throw new Error(`no loudness in ${report}`);
  return { gain: -16 - lufs, cpu };
}

/** Second pass: one target's film by the plan's own filters and encoder, in one process. Returns the processor time. */
export async function encodeByHand(
  plan: RenderPlan,
  group: PlanGroup,
  gain: number,
  place: HandPlace,
): Promise<number> {
  const { segments, encoder } = group;
  mkdirSync(path.join(place.dir, 'hand'), { recursive: true });
  const pictures = segments.map((segment, i) => {
    writeFileSync(path.join(place.dir, `${String(i)}.ass`), segment.ass ?? '');
    return segment.graph
      .replaceAll('[0:', `[${String(i)}:`)
      .replace(/\[(v|front|copy|back)\]/g, (_, name: string) => `[${name}${String(i)}]`)
      .replace('@ass@', `${String(i)}.ass`)
      .replace('@fonts@', place.fonts);
  });
  const all = segments.map((_, i) => `[v${String(i)}]`).join('');
  const limiter = 'aresample=192000,alimiter=limit=0.812831:attack=5:release=80:level=disabled,aresample=48000';
  const graph = [
    ...pictures,
    `${all}concat=n=${String(segments.length)}:v=1:a=0[v]`,
    `${soundGraph(plan)};[mix]volume=${gain.toFixed(2)}dB,${limiter}[a]`,
  ].join(';');
  const seeks = segments.map(({ seekUs }) => seekUs);
  const { cpu } = await spentBy(
    [
      ...[...QUIET, '-v', 'error', '-copyts', ...inputsOf(seeks, place.file), '-filter_complex', graph],
      ...['-map', '[v]', '-map', '[a]', ...encoder, '-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart'],
      `hand/${String(group.width)}x${String(group.height)}.mp4`,
    ],
    { cwd: place.dir },
  );
  return cpu;
}

/** The same cuts by melt (MLT), same preset and quality, no captions. Returns the processor time. */
export async function byMelt(cuts: readonly { inUs: number; outUs: number }[], place: HandPlace): Promise<number> {
  const frame = (us: number): string => String(Math.round((us * 30) / 1e6));
  const clips = cuts.flatMap(({ inUs, outUs }) => [
    ...[place.file, `in=${frame(inUs)}`, `out=${String(Number(frame(outUs)) - 1)}`],
  ]);
  const { cpu } = await spentBy(
    [
      ...['melt', '-silent', '-profile', 'atsc_1080p_30', ...clips, '-consumer', 'avformat:melt.mp4', 'real_time=-1'],
      ...['vcodec=libx264', 'preset=veryfast', 'crf=21', 'g=60', 'maxrate=10000k', 'bufsize=20000k', 'pix_fmt=yuv420p'],
      ...['acodec=aac', 'ab=192k', 'ar=48000', 'channels=2', 'movflags=+faststart'],
    ],
    { cwd: place.dir, env: { QT_QPA_PLATFORM: 'offscreen', SDL_AUDIODRIVER: 'dummy' } },
  );
  return cpu;
}

/** The least any program on ffmpeg can take: the same pieces decoded and encoded with the same options, nothing else, a process a piece. */
export async function byPlainFfmpeg(
  cuts: readonly { inUs: number; outUs: number }[],
  place: HandPlace,
): Promise<number> {
  let sum = 0;
  for (const { inUs, outUs } of cuts) {
    const { cpu } = await spentBy(
      [
        ...['ffmpeg', '-nostdin', '-v', 'error', '-y', '-ss', String(inUs / 1e6), '-i', place.file],
        ...['-t', String((outUs - inUs) / 1e6), '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-g', '60'],
        ...[
          '-maxrate',
          '10000k',
          '-bufsize',
          '20000k',
          '-pix_fmt',
          'yuv420p',
          '-c:a',
          'aac',
          '-b:a',
          '192k',
          'plain.mp4',
        ],
      ],
      { cwd: place.dir },
    );
    sum += cpu;
  }
  return sum;
}
