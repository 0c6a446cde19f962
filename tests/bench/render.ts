/**
 * `npm run bench:render -- [five] [one] [melt] [caption] [cut] [memory] [--seconds N] [--rounds N]`: the render engine against the same
 * work by hand, in processor time of the whole process tree, measured from outside. Ours is the command line, started anew
 * with an empty cache each time. Without names: all. Default 60 s (the caption's film is three times as long), three rounds.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import type { RenderPlan } from '../../core/ports/index.ts';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { inTurn, median, peakMemory } from './measure.ts';
import { cut } from './render-cut.ts';
import { BenchFolder, cutsOf } from './render-film.ts';
import { byMelt, byPlainFfmpeg, encodeByHand, measureByHand, type HandPlace } from './render-hand.ts';

/** Three tall ones over their blurred selves, one 3:4, one wide. */
const FIVE = 'douyin,kuaishou,channels,xiaohongshu,bilibili';
const CLIPS = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, rounds: { type: 'string', default: '3' } },
});
// The command line starts from its bundle, as it does where it is installed.
if (!(await ensureBuilt())) throw new Error('the bundles could not be made');
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);

interface Ready {
  folder: BenchFolder;
  /** Captioned, of four clips, with its plan for the five targets. */
  film: string;
  plan: RenderPlan;
  place: HandPlace;
}

async function ready(): Promise<Ready> {
  const folder = new BenchFolder(seconds + 5);
  const film = folder.timeline('film', { seconds, cuts: cutsOf(seconds, CLIPS), captions: true });
  const home = folder.newHome();
  // The first, unmeasured run leaves the fonts where the peer takes them too.
  const tiny = folder.timeline('tiny', { seconds: 1, cuts: cutsOf(1, 1), captions: true });
  await folder.render(tiny, 'archive', home);
  const fonts = execFileSync('find', [folder.dir, '-name', 'fonts-autohinted', '-type', 'd'])
    .toString()
    .trim()
    .split('\n')[0];
  if (!fonts) throw new Error('no folder of fonts');
  const explained = await folder.render(film, FIVE, home, '--explain');
  const place = { dir: folder.dir, fonts, file: folder.file };
  return { folder, film, plan: JSON.parse(explained.stdout) as RenderPlan, place };
}

const line = (what: string, ours: number, peer: number, goal: number): string =>
  `${what}: ${ours.toFixed(1)} against ${peer.toFixed(1)} CPU-s, ratio ${(ours / peer).toFixed(2)} (goal ${goal.toFixed(2)})`;

/** Ours in a fresh home, which goes away again. */
async function fresh({ folder }: Ready, timeline: string, targets: string): Promise<number> {
  const home = folder.newHome();
  const { cpu } = await folder.render(timeline, targets, home);
  rmSync(home, { recursive: true, force: true });
  return cpu;
}

async function five(at: Ready): Promise<string> {
  const byHand = async (): Promise<number> => {
    const { gain, cpu } = await measureByHand(at.plan, at.place);
    let sum = cpu;
    for (const group of at.plan.groups) {
      for (const _target of group.targets) sum += await encodeByHand(at.plan, group, gain, at.place);
    }
    return sum;
  };
  const { ours, peer } = await inTurn(rounds, () => fresh(at, at.film, FIVE), byHand);
  return line(`five targets of ${String(seconds)} s, against five ffmpeg runs`, ours, peer, 0.52);
}

async function one(at: Ready): Promise<string> {
  const [group] = at.plan.groups;
  const byHand = async (): Promise<number> => {
    const { gain, cpu } = await measureByHand(at.plan, at.place);
    return group ? cpu + (await encodeByHand(at.plan, group, gain, at.place)) : cpu;
  };
  const { ours, peer } = await inTurn(rounds, () => fresh(at, at.film, 'douyin'), byHand);
  return line(`douyin alone, ${String(seconds)} s, against its graph by hand`, ours, peer, 1.08);
}

async function melt(at: Ready): Promise<string> {
  try {
    execFileSync('melt', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'melt is not installed (Debian: apt-get install melt)';
  }
  const cuts = cutsOf(seconds, CLIPS);
  const plain = at.folder.timeline('plain', { seconds, cuts, captions: false });
  const bare: number[] = [];
  const { ours, peer } = await inTurn(
    rounds,
    () => fresh(at, plain, 'bilibili'),
    async () => {
      bare.push(await byPlainFfmpeg(cuts, at.place));
      return byMelt(cuts, at.place);
    },
  );
  const least = median(bare);
  return (
    line(`bilibili, ${String(seconds)} s, no captions, against melt with the same cuts`, ours, peer, 0.75) +
    `; plain ffmpeg, the same cuts: ${least.toFixed(1)} CPU-s, ${(least / peer).toFixed(2)} of melt`
  );
}

/** Hashes of the picture's packets, one a frame. */
function packets(file: string): string[] {
  const args = ['-v', 'error', '-i', file, '-map', '0:v', '-c', 'copy', '-f', 'framemd5', '-'];
  const text = execFileSync('ffmpeg', args, { maxBuffer: 1 << 28 }).toString();
  return text
    .split('\n')
    .flatMap((row) => (row.startsWith('#') || row === '' ? [] : [row.split(',').at(-1)?.trim() ?? '']));
}

/** One take of three times the length; the caption in its middle is corrected. */
async function caption(): Promise<string[]> {
  const length = 3 * seconds;
  const folder = new BenchFolder(length + 5);
  const film = { seconds: length, cuts: cutsOf(length, 1), captions: true };
  const middle = Math.floor(length / 6);
  const first = folder.timeline('film', film);
  const changed = folder.timeline('film', { ...film, changed: middle });
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
  const lines: string[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    const home = folder.newHome();
    folder.timeline('film', film);
    const before = await folder.render(first, 'douyin', home);
    const [made] = (JSON.parse(before.stdout) as { outputs: { file: string }[] }).outputs;
    const old = packets(made?.file ?? '');
    folder.timeline('film', { ...film, changed: middle });
    const after = await folder.render(changed, 'douyin', home);
    const now = packets(made?.file ?? '');
    const differ = now.flatMap((hash, i) => (hash === old[i] ? [] : [i]));
    const [from = 0, to = 0] = [differ[0], differ.at(-1)];
    ratios.push(after.cpu / before.cpu);
    lines.push(
      `one caption of ${String(length)} s in one take: ${before.cpu.toFixed(1)} CPU-s, then ${after.cpu.toFixed(1)}; ${String(now.length)} frames (${digest(now.join())}), packets differ from frame ${String(from)} to ${String(to)} only`,
    );
    rmSync(home, { recursive: true, force: true });
  }
  rmSync(folder.dir, { recursive: true, force: true });
  return [...lines, `second export after one corrected caption: ${(median(ratios) * 100).toFixed(1)} % (goal 15 %)`];
}

async function memory(at: Ready): Promise<string> {
  const home = at.folder.newHome();
  const peak = await peakMemory(at.folder.command(at.film, FIVE, 'out'), {
    cwd: at.folder.dir,
    env: { TONGXIN_HOME: home },
  });
  return `most memory at five targets, ffmpeg and host: ${(peak / 1e9).toFixed(2)} GB (goal 1.2 GB)`;
}

const wanted = positionals.length > 0 ? positionals : ['five', 'one', 'melt', 'caption', 'cut', 'memory'];
const load = os.loadavg()[0]?.toFixed(1) ?? '?';
console.log(
  `${os.cpus()[0]?.model ?? ''}, ${String(os.cpus().length)} cores, load ${load} at the beginning, ${new Date().toISOString().slice(0, 10)}, median of ${String(rounds)}`,
);
const simple = { five, one, melt, memory };
const at = wanted.some((name) => name in simple) ? await ready() : null;
for (const name of wanted) {
  if (name === 'caption') for (const told of await caption()) console.log(`- ${told}`);
  else if (name === 'cut') for (const told of await cut(rounds)) console.log(`- ${told}`);
  else if (at && name in simple) console.log(`- ${await simple[name as keyof typeof simple](at)}`);
  else throw new Error(`no bench ${name}`);
}
console.log(`load at the end ${os.loadavg()[0]?.toFixed(1) ?? '?'}`);
if (at) {
  rmSync(at.folder.dir, { recursive: true, force: true });
}
