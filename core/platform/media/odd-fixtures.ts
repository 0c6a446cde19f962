/** For the tests of odd films: frames that carry their number, and key marks taken away. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileUrl } from './files.ts';
import { make, x264 } from './fixtures.ts';

/** Bars that a frame's number is written with, the highest bit on the left: numbers up to 511. */
const BITS = 9;

/** Input options for a film whose every frame shows its own number as white and black bars. */
export function numbered(size: string, rate: number, seconds: number): string[] {
  const bars = Array.from({ length: BITS }, (_, i) => {
    const on = `mod(floor(n/${2 ** (BITS - 1 - i)})\\,2)`;
    return `drawbox=x=iw*${i}/${BITS}:w=iw/${BITS}:h=ih:c=white:t=fill:enable=${on}`;
  });
  const base = `color=black:size=${size}:rate=${rate}:duration=${seconds},format=yuv420p`;
  return ['-f', 'lavfi', '-i', [base, ...bars].join(',')];
}

/** Numbers that a film's frames show, in order of showing. `part`: where the numbered picture lies in the frame. */
export function numbersIn(file: string, part = 'null'): number[] {
  // The middle of each bar: what the encoder does at the edges does not matter.
  const middle = `${part},crop=iw:ih/2,scale=${BITS * 5}:1:flags=area,format=gray`;
  const args = ['-v', 'error', '-i', fileUrl(file), '-an', '-vf', middle, '-fps_mode', 'passthrough'];
  const grey = execFileSync('ffmpeg', [...args, '-f', 'rawvideo', 'pipe:1'], { maxBuffer: 1 << 26 });
  return Array.from({ length: grey.length / (BITS * 5) }, (_, n) =>
    Array.from({ length: BITS }, (__, i) => ((grey[n * BITS * 5 + i * 5 + 2] ?? 0) > 128 ? 1 : 0)).reduce<number>(
      (number, bit) => 2 * number + bit,
      0,
    ),
  );
}

/** Whole numbers from `from` up to `to`, `to` left out. */
export const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

/** Leaves only the first `left` samples in an MP4's table of sync samples (ISO/IEC 14496-12, 8.6.2); returns `out`. */
export function unmarkedMp4(file: string, out: string, left: 0 | 1): string {
  const bytes = readFileSync(file);
  const count = bytes.indexOf('stss') + 8;
  if (bytes.readUInt32BE(count) < 2) throw new Error('no marks to take away');
  bytes.writeUInt32BE(left, count);
  writeFileSync(out, bytes);
  return out;
}

/** Clears AVIIF_KEYFRAME in every entry of an AVI's index (`idx1`: name, flags, offset, size); returns `out`. */
export function unmarkedAvi(file: string, out: string): string {
  const bytes = readFileSync(file);
  const index = bytes.lastIndexOf('idx1');
  const end = index + 8 + bytes.readUInt32LE(index + 4);
  for (let entry = index + 8; entry < end; entry += 16) bytes.writeUInt32LE(0, entry + 4);
  writeFileSync(out, bytes);
  return out;
}

/** Clears the key frame bit of every SimpleBlock of a Matroska film (RFC 9559, 10.2: track, two bytes of time, flags); returns `out`. */
export function unmarkedMkv(file: string, out: string): string {
  const bytes = readFileSync(file);
  const ask = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pos,flags', '-of', 'csv=p=0'];
  const lines = execFileSync('ffprobe', [...ask, fileUrl(file)])
    .toString()
    .trim()
    .split('\n');
  for (const line of lines.filter((one) => one.includes('K'))) {
    const flags = Number.parseInt(line, 10) + 3;
    bytes.writeUInt8(bytes.readUInt8(flags) & 0x7f, flags);
  }
  writeFileSync(out, bytes);
  return out;
}

/** Numbered films of `seconds` seconds whose key frames nobody marked, and how many of their packets are marked nevertheless. */
export function unmarkedFilms(
  at: (name: string) => string,
  seconds: number,
): readonly { name: string; marks: number; film: () => string }[] {
  const made = (name: string, ...codec: string[]): string =>
    make(at(name), ...numbered('180x96', 30, seconds), ...codec, '-g', '30');
  const old = (name: string, codec: string, ...more: string[]): string =>
    made(name, '-c:v', codec, '-q:v', '2', ...more);
  // As it is sent: without an index.
  const live = ['-live', '1'];
  return [
    // Who reads H.264 marks its packets by what is in them; but no index leads to them.
    { name: 'first.mp4', marks: seconds, film: () => unmarkedMp4(made('a.mp4', ...x264()), at('first.mp4'), 1) },
    { name: 'none.mp4', marks: seconds, film: () => unmarkedMp4(made('b.mp4', ...x264()), at('none.mp4'), 0) },
    { name: 'none.mkv', marks: seconds, film: () => unmarkedMkv(made('c.mkv', ...x264(), ...live), at('none.mkv')) },
    // Nobody looks into these: their packets stay unmarked, in some but for the first.
    { name: 'none.mov', marks: 1, film: () => unmarkedMp4(old('d.mov', 'svq1'), at('none.mov'), 0) },
    { name: 'none.avi', marks: 1, film: () => unmarkedAvi(old('e.avi', 'msmpeg4'), at('none.avi')) },
    { name: 'bare.mkv', marks: 0, film: () => unmarkedMkv(old('f.mkv', 'msmpeg4', ...live), at('bare.mkv')) },
  ];
}
