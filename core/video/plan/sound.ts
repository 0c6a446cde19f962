/** One clip's sound as exactly so many samples. */
import { speedOf } from '../../model/timeline/index.ts';
import type { Clip } from '../../model/timeline/index.ts';
import type { FilmSource, PlanSound } from '../../ports/video.ts';
import { seekTo } from './seek.ts';

export const SAMPLE_RATE = 48_000;
/** 48000 / 30. */
export const SAMPLES_PER_FRAME = 1_600;

/** Faster or slower at the same pitch. One filter takes no less than half the speed (ffmpeg-filters, atempo). */
function temposOf(speed: number): string[] {
  if (speed === 1) return [];
  return speed < 0.5 ? ['atempo=0.5', `atempo=${(speed / 0.5).toFixed(6)}`] : [`atempo=${speed.toFixed(6)}`];
}

/**
 * From the moment of the clip's first frame: holes in the file are silence, what stands before is cut, the end is cut or
 * silent. `async=1` fills and cuts only and never stretches (ffmpeg-resampler).
 */
export function soundOf(clip: Clip, source: FilmSource, zeroUs: number, frames: number): PlanSound {
  const samples = frames * SAMPLES_PER_FRAME;
  const base = { clipId: clip.id, sha256: source.sha256, samples };
  if (clip.muted || source.sound === null) return { ...base, take: null };
  const startUs = source.picture.startUs + zeroUs;
  const { num, den } = speedOf(clip);
  const endUs = Math.round((samples * 1_000_000 * num) / (SAMPLE_RATE * den));
  const filter = [
    `asettb=1/1000000,asetpts=PTS-(${startUs})`,
    `atrim=start=0us:end=${endUs}us`,
    `aresample=${SAMPLE_RATE}:async=1:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    ...temposOf(num / den),
    ...(clip.gainDb === 0 ? [] : [`volume=${clip.gainDb}dB`]),
    'apad',
    `atrim=end_sample=${samples}`,
  ].join(',');
  return { ...base, take: { stream: source.sound, seekUs: seekTo(source, zeroUs), filter } };
}
