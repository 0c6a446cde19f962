/** Options of every encoder that may make the picture. The name of the encoder is among them, so that it is in a segment's hash. */
import type { Encoder, HardwareEncoder } from '../machine.ts';

export interface Asked {
  /** kbit/s; null: no cap. */
  cap: number | null;
  /** Frames from one key frame to the next. */
  distance: number;
  profile: string;
  pixelFormat: string;
}

const COLOURS = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'];
/** No graphics chip keeps to a quality as x264 does: without a cap of the platform this is one. */
const USUAL_CAP = 20_000;

const capped = (cap: number): string[] => ['-maxrate', `${cap}k`, '-bufsize', `${2 * cap}k`];

/**
 * Threads of x264, on every computer the same. Left to itself it takes one and a half for each core: its rate control then gives
 * other bytes on every kind of computer, and each thread holds about 18 MB at 1080p (measured: three canvases in one process 0.75 GB
 * with 3 each, 2.1 GB with 24). Computers with more cores encode more places of the film at a time instead.
 */
const X264_THREADS = 3;

/**
 * Quality 21, capped as the platform's profile says. `stitchable` keeps x264's headers the same in every segment, so that they can be
 * joined; key frames at even distances, none that later pictures reach across.
 */
function software({ cap, distance, profile, pixelFormat }: Asked): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21'],
    ...(cap === null ? [] : capped(cap)),
    ...['-profile:v', profile, '-pix_fmt', pixelFormat, '-g', `${distance}`],
    ...['-keyint_min', `${distance}`, '-sc_threshold', '0', '-flags:v', '+cgop'],
    ...['-x264-params', `stitchable=1:open-gop=0:threads=${X264_THREADS}`],
    ...COLOURS,
  ];
}

/** How each is told its quality, and what it takes its pictures as. Options: `ffmpeg -h encoder=h264_…` of ffmpeg 5.1 and 7. */
const HARDWARE: Readonly<Record<HardwareEncoder, readonly string[]>> = {
  nvenc: ['-c:v', 'h264_nvenc', '-preset', 'p4', '-rc', 'vbr', '-cq', '23', '-pix_fmt', 'yuv420p', '-no-scenecut', '1'],
  qsv: ['-c:v', 'h264_qsv', '-preset', 'medium', '-global_quality', '23', '-pix_fmt', 'nv12'],
  amf: ['-c:v', 'h264_amf', '-quality', 'balanced', '-rc', 'vbr_peak', '-pix_fmt', 'nv12'],
  videotoolbox: ['-c:v', 'h264_videotoolbox', '-pix_fmt', 'yuv420p'],
  // Takes what lies in the chip's memory: see `uploaded`.
  vaapi: ['-c:v', 'h264_vaapi', '-rc_mode', 'VBR'],
};

function hardware(encoder: HardwareEncoder, { cap, distance, profile }: Asked): string[] {
  const most = cap ?? USUAL_CAP;
  return [
    ...HARDWARE[encoder],
    ...['-b:v', `${Math.round(most * 0.6)}k`, ...capped(most)],
    // No pictures that look ahead: every segment begins and ends by itself.
    ...['-profile:v', profile, '-g', `${distance}`, '-bf', '0', '-flags:v', '+cgop'],
    ...COLOURS,
  ];
}

/** Options of the picture's encoder. */
export function encoderOptions(encoder: Encoder, asked: Asked): string[] {
  return encoder === 'software' ? software(asked) : hardware(encoder, asked);
}
