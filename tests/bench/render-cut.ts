/** A piece of a long file as it is: smart cut against encoding the same piece. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseTimeline } from '../../core/model/timeline/index.ts';
import { repoRoot, samplesDir } from '../support/studio.ts';
import { median, spentBy } from './measure.ts';

const S = 1_000_000;
const [LENGTH, PART, PIECE] = [600, 40, 20];

/**
 * Ten minutes of 1080p30 H.264, 12 Mbit/s, a closed group every two seconds, with noise as a sensor has it, and speech: forty seconds of
 * it fifteen times. Made once and kept in the folder for temporary files.
 */
function footage(): string {
  const file = path.join(os.tmpdir(), 'tongxin-bench-600s-1080p30-gop60.mp4');
  if (existsSync(file)) return file;
  const dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-cut-'));
  const part = path.join(dir, 'part.mp4');
  execFileSync('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-stream_loop', '-1', '-i', path.join(samplesDir, 'video', 'talk-720p30.mp4')],
    ...['-t', String(PART), '-vf', 'scale=1920:1080,noise=alls=6:allf=t', '-c:v', 'libx264', '-preset', 'superfast'],
    ...['-b:v', '12M', '-maxrate', '16M', '-bufsize', '16M', '-g', '60', '-keyint_min', '60', '-sc_threshold', '0'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', part],
  ]);
  const list = path.join(dir, 'list.txt');
  writeFileSync(list, `file '${part}'\n`.repeat(LENGTH / PART));
  const half = path.join(dir, 'half.mp4');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', half]);
  renameSync(half, file);
  rmSync(dir, { recursive: true, force: true });
  return file;
}

interface Answer {
  outputs: { copying?: { frames: { copied: number; encoded: number } } }[];
  cpuSeconds: number;
  wallSeconds: number;
}

/** Seconds of the whole command, and of the render in it as the answer tells them. */
interface Took {
  cpu: number;
  wall: number;
  own: Answer;
}

/** Smart cut of twenty seconds, its beginning in the middle of a group, `rounds` times in turn with encoding them. Lines to print. */
export async function cut(rounds: number): Promise<string[]> {
  const file = footage();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-bench-cut-'));
  mkdirSync(path.join(dir, 'media'));
  execFileSync('ln', [file, path.join(dir, 'media', 'footage.mp4')]);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const asset = {
    ...{ assetId: 'a', sha256: hash.digest('hex'), name: 'footage.mp4', kind: 'video', durationUs: LENGTH * S },
    ...{ width: 1920, height: 1080, frameRate: '30/1', hasAudio: true },
  };
  // Frame 9031: 29 frames before a key frame.
  const inUs = Math.round((9031 * S) / 30);
  const clip = { id: 'c', assetId: 'a', inUs, outUs: inUs + PIECE * S };
  const timeline = path.join(dir, 'piece.json');
  writeFileSync(timeline, JSON.stringify(parseTimeline({ version: 1, assets: [asset], storyline: [clip] })));
  let homes = 0;
  const run = async (target: string): Promise<Took> => {
    const entry = path.join(repoRoot, 'scripts', 'tongxin.mjs');
    const about = ['--timeline', timeline, '--media', path.join(dir, 'media'), '--targets', target];
    const command = [process.execPath, entry, 'render', ...about, '--out', path.join(dir, 'out'), '--json'];
    const env = { TONGXIN_HOME: path.join(dir, `home-${String((homes += 1))}`) };
    const { cpu, wall, stdout } = await spentBy(command, { cwd: dir, env });
    return { cpu, wall, own: JSON.parse(stdout) as Answer };
  };
  const [ours, peer]: [Took[], Took[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await run('archive'));
    // The same canvas, pictures and sound, all encoded.
    peer.push(await run('bilibili'));
  }
  rmSync(dir, { recursive: true, force: true });
  const line = (what: string, of: (took: Took) => number): string => {
    const [a, b] = [median(ours.map(of)), median(peer.map(of))];
    return `${what}: ${a.toFixed(2)} against ${b.toFixed(2)} s, ${(b / a).toFixed(1)} times as fast (goal 15)`;
  };
  const frames = ours[0]?.own.outputs[0]?.copying?.frames;
  return [
    `smart cut of ${String(PIECE)} s of ten minutes of 1080p: ${String(frames?.copied ?? 0)} frames copied, ${String(frames?.encoded ?? 0)} encoded`,
    line('ffmpeg, processor', ({ own }) => own.cpuSeconds),
    line('the render, wall', ({ own }) => own.wallSeconds),
    line('whole command with its start and the hash of the file, processor', ({ cpu }) => cpu),
    line('whole command, wall', ({ wall }) => wall),
  ];
}
