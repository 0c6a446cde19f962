/** One clip's sound as exactly so many samples. */
import { speedOf } from '../../model/timeline/index.ts';
import type { Rational, VolumeKey } from '../../model/timeline/index.ts';
import type { PlanSound } from '../../ports/video.ts';
import type { Slot } from './spans.ts';
import { seekTo } from './seek.ts';

export const SAMPLE_RATE = 48_000;

/** Samples up to a frame, from the film's beginning: rounded once, so that nothing adds up. At 30 frames a second 1600 each. */
export const samplesAt = (frame: number, { num, den }: Rational): number =>
  Math.round((frame * SAMPLE_RATE * den) / num);

/** Faster or slower at the same pitch. One filter takes no less than half the speed (ffmpeg-filters, atempo). */
function temposOf(speed: number): string[] {
  if (speed === 1) return [];
  return speed < 0.5 ? ['atempo=0.5', `atempo=${(speed / 0.5).toFixed(6)}`] : [`atempo=${speed.toFixed(6)}`];
}

/**
 * Loudness that changes, as a sum of ramps in decibels; nothing where it does not. `zeroUs`: source time of the first sample.
 * The filter works it out anew for every block of about 20 ms.
 */
export function volumeFilter(keys: readonly VolumeKey[] | undefined, zeroUs: number): string[] {
  const [first] = keys ?? [];
  if (!keys || !first) return [];
  const s = (us: number): string => (us / 1_000_000).toFixed(6);
  const ramps = keys.slice(1).map((key, i) => {
    const before = keys[i] ?? first;
    const lasts = key.atUs - before.atUs;
    const slope = (((key.gainDb - before.gainDb) * 1_000_000) / lasts).toFixed(6);
    return `+(${slope})*clip(t-(${s(before.atUs - zeroUs)})\\,0\\,${s(lasts)})`;
  });
  return [`volume=volume=pow(10\\,(${first.gainDb}${ramps.join('')})/20):eval=frame`];
}

/**
 * From the moment of the clip's first frame: holes in the file are silence, what stands before is cut, the end is cut or
 * silent. `fades`: frames in which it comes and goes with a transition. `async=1` fills and cuts only and never stretches (ffmpeg-resampler).
 */
export function soundOf(
  { clip, source, rate, zeroUs, from, frames }: Slot,
  fades: { into: number; out: number } = { into: 0, out: 0 },
): PlanSound {
  const samples = samplesAt(from + frames, rate) - samplesAt(from, rate);
  const base = { clipId: clip.id, sha256: source.sha256, samples };
  if (clip.muted || source.sound === null || clip.heldUs !== undefined) return { ...base, take: null };
  const startUs = source.picture.startUs + zeroUs;
  const { num, den } = speedOf(clip);
  const taken = Math.round((samples * num) / den);
  const endUs = Math.round((samples * 1_000_000 * num) / (SAMPLE_RATE * den));
  const filter = [
    `asettb=1/1000000,asetpts=PTS-(${startUs})`,
    `atrim=start=0us:end=${endUs}us`,
    `aresample=${SAMPLE_RATE}:async=1:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    ...volumeFilter(clip.volume, zeroUs),
    ...(clip.reversed ? [`apad,atrim=end_sample=${taken},areverse`] : []),
    ...temposOf(num / den),
    ...(clip.gainDb === 0 ? [] : [`volume=${clip.gainDb}dB`]),
    'apad',
    `atrim=end_sample=${samples}`,
    ...(fades.into > 0 ? [`afade=t=in:ss=0:ns=${samplesAt(fades.into, rate)}`] : []),
    ...(fades.out > 0
      ? [`afade=t=out:ss=${samples - samplesAt(fades.out, rate)}:ns=${samplesAt(fades.out, rate)}`]
      : []),
  ].join(',');
  return { ...base, take: { stream: source.sound, seekUs: seekTo(source, zeroUs), filter } };
}
