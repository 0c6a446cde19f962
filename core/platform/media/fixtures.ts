/** For the tests beside: files made on the spot with ffmpeg, and the samples. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StudioError } from '../../model/errors.ts';
import type { ErrorData } from '../../model/errors.ts';
import type { Log } from '../../ports/index.ts';
import { fileUrl } from './files.ts';

const root = path.resolve(fileURLToPath(import.meta.url), '../../../..');

/** Folder of the sample films, or null where it is absent. */
export const SAMPLES: string | null = ((folder) => (existsSync(folder) ? folder : null))(
  path.resolve(root, '../shared/samples/video'),
);

/** Whether ffmpeg is on the PATH, to make test files with. */
export const HAS_FFMPEG: boolean = (() => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export const quietLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  close: async () => undefined,
};

/** A fresh folder; call `remove` at the end. */
export function scratch(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'tongxin-media-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Runs ffmpeg; `args` without the output, which is `out`. Returns `out`. */
export function make(out: string, ...args: string[]): string {
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args, fileUrl(out)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return out;
}

/** Input options for a moving test picture. */
export const moving = (size: string, rate: number | string, seconds: number): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`],
];

/** Input options for a tone. */
export const tone = (seconds: number): string[] => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
];

/** H.264 with a key frame every `gop` frames and two B-frames. */
export const x264 = (gop = 30): string[] => [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-bf',
  '2',
  '-g',
  `${gop}`,
  '-pix_fmt',
  'yuv420p',
];

interface Probed {
  streams: Record<string, string | number>[];
  packets: { pts_time: string; duration_time: string; flags: string }[];
}

/** What ffprobe says of the file's streams, and the packets of `select`. */
export function inspect(file: string, select = 'v:0'): Probed {
  const show = ['-show_packets', '-show_entries', 'packet=pts_time,duration_time,flags', '-select_streams', select];
  const ask = (args: string[]): Probed =>
    JSON.parse(
      execFileSync('ffprobe', ['-v', 'error', '-of', 'json', ...args, fileUrl(file)], {
        maxBuffer: 1 << 28,
      }).toString(),
    ) as Probed;
  return { streams: ask(['-show_streams']).streams, packets: ask(show).packets };
}

/** The error a promise ends with, as data; fails if it does not end with a StudioError. */
export async function refusalOf(promise: Promise<unknown>): Promise<ErrorData> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof StudioError) return error.toData();
    throw error;
  }
  throw new Error('no error came');
}

/**
 * Writes a clockwise turn into the first track's matrix, as phones do (ISO/IEC 14496-12, 8.3.2: in `tkhd` of version 0
 * the nine 32-bit numbers a b u c d v x y w stand 44 bytes after the name). Done by hand since ffmpeg's own option
 * changed its sense between versions.
 */
export function turnFilm(file: string, turn: 90 | 180 | 270): void {
  const bytes = readFileSync(file);
  const matrix = bytes.indexOf('tkhd') + 44;
  const [a, b, c, d] = { 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] }[turn] as [
    number,
    number,
    number,
    number,
  ];
  [a, b, 0, c, d].forEach((value, i) => bytes.writeInt32BE(value * 65536, matrix + 4 * i));
  writeFileSync(file, bytes);
}
