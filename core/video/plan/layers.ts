/** Music, voice and effects: each as samples at its place, and the one graph that adds them to the storyline's sound. */
import { overlayEndUs, soundsOf } from '../../model/timeline/index.ts';
import type { Overlay, Rational, Sound, SoundTrack, Timeline } from '../../model/timeline/index.ts';
import { StudioError } from '../../model/errors.ts';
import type { FilmSource, PlanLayer, PlanMix } from '../../ports/video.ts';
import { FILM_RATE } from './piece.ts';
import { SAMPLE_RATE, samplesAt, volumeFilter } from './sound.ts';

/** Sound before the piece is skipped by a seek from here on, microseconds: decoding less costs nothing worth a seek. */
const SEEK_FROM_US = 30_000_000;
const SEEK_LEAD_US = 5_000_000;

/**
 * What counts as speech, and how fast the music steps back: −38 dBFS lies between the noise of a quiet room (below −45)
 * and soft speech (above −35), 40 ms are gone before the first syllable is, 700 ms bridge the pauses within a sentence.
 */
const DUCK = { threshold: 0.0126, ratio: 20, attackMs: 40, releaseMs: 700, lowestHz: 120 };
/** Speech the depth is worked out for, dBFS: what a clip recorded at a usual level has. */
const SPEECH_DB = -20;

const samplesOf = (us: number): number => Math.round((us * SAMPLE_RATE) / 1_000_000);
const factor = (db: number): number => 10 ** (db / 20);

/**
 * Share of the compressed sound in the output that gives `duckDb` for speech of {@link SPEECH_DB}. The compressor alone
 * goes down by (speech − threshold) × (1 − 1/ratio); beyond that there is no more to be had.
 */
export function duckShare(duckDb: number): number {
  const over = SPEECH_DB - 20 * Math.log10(DUCK.threshold);
  const wet = factor(-over * (1 - 1 / DUCK.ratio));
  return Math.min(1, (1 - factor(duckDb)) / (1 - wet));
}

/** The piece alone: cut, at its loudness, faded, and silence before it. */
function filterOf(sound: Sound, source: FilmSource): string {
  const length = samplesOf(sound.outUs - sound.inUs);
  const fadeIn = Math.min(length, samplesOf(sound.fadeInUs));
  const fadeOut = Math.min(length, samplesOf(sound.fadeOutUs));
  const before = samplesOf(sound.startUs);
  return [
    `asettb=1/1000000,asetpts=PTS-(${source.picture.startUs})`,
    `atrim=start=${sound.inUs}us:end=${sound.outUs}us,asetpts=PTS-(${sound.inUs})`,
    `aresample=${SAMPLE_RATE}:async=1:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    ...(sound.gainDb === 0 ? [] : [`volume=${sound.gainDb}dB`]),
    ...volumeFilter(sound.volume, sound.inUs),
    `apad,atrim=end_sample=${length}`,
    ...(fadeIn > 0 ? [`afade=t=in:ss=0:ns=${fadeIn}`] : []),
    ...(fadeOut > 0 ? [`afade=t=out:ss=${length - fadeOut}:ns=${fadeOut}`] : []),
    ...(before > 0 ? [`adelay=delays=${before}S:all=1`] : []),
  ].join(',');
}

/** What a video that lies over the storyline lets hear: as an effect, from where it stands. */
function soundOfOverlay(overlay: Overlay): { track: SoundTrack; sound: Sound } {
  const { id, assetId, startUs, inUs, gainDb, muted } = overlay;
  const outUs = inUs + (overlayEndUs(overlay) - startUs);
  return {
    track: 'effects',
    sound: { id, assetId, startUs, inUs, outUs, gainDb, muted, fadeInUs: 0, fadeOutUs: 0, duckDb: 0 },
  };
}

/** All that is heard beside the storyline. Muted pieces and those behind the film's end are left out. */
export function layersOf(timeline: Timeline, sources: ReadonlyMap<string, FilmSource>, endUs: number): PlanLayer[] {
  const assets = new Map(timeline.assets.map((asset) => [asset.assetId, asset]));
  const over = timeline.overlays.map(soundOfOverlay);
  return [...soundsOf(timeline), ...over].flatMap(({ track, sound }) => {
    const asset = assets.get(sound.assetId);
    if (sound.muted || sound.startUs >= endUs || !asset?.hasAudio) return [];
    const source = sources.get(asset.sha256);
    if (!source) throw new StudioError('source_vanished', { file: asset.name });
    if (source.sound === null) return [];
    const { startUs, exactSeek } = source.picture;
    const seekUs = exactSeek && sound.inUs > SEEK_FROM_US ? startUs + sound.inUs - SEEK_LEAD_US : null;
    const { sha256 } = source;
    const filter = filterOf(sound, source);
    return [{ soundId: sound.id, track, sha256, stream: source.sound, seekUs, filter, duckDb: sound.duckDb }];
  });
}

/** Adds inputs up without making any of them quieter; the first says how long it lasts. */
const sum = (inputs: readonly string[], out: string | null): string =>
  `${inputs.map((name) => `[${name}]`).join('')}amix=inputs=${inputs.length}:duration=first:dropout_transition=0:normalize=0${out === null ? '' : `[${out}]`}`;

/**
 * The graph from the storyline's sound (input 0) and the layers (inputs 1 and so on) to `[a]`. What steps back listens to
 * the storyline and the voices, without what is too low for speech.
 */
export function mixOf(layers: readonly PlanLayer[], end: FilmEnd = { frames: 0, fade: 0 }): PlanMix {
  const { graph, ...mix } = summed(layers);
  if (end.fade === 0) return { ...mix, graph: `${graph}[a]` };
  const { frames, fade, rate = FILM_RATE } = end;
  const [from, length] = [samplesAt(frames - fade, rate), samplesAt(fade, rate)];
  return { ...mix, graph: `${graph}[all];[all]afade=t=out:ss=${from}:ns=${length}[a]` };
}

/** The film's length and the frames at its end in which everything goes out. */
export interface FilmEnd {
  frames: number;
  fade: number;
  /** Default 30 a second. */
  rate?: Rational;
}

/** The graph of {@link mixOf} up to its last, open end. */
function summed(layers: readonly PlanLayer[]): PlanMix {
  const parts = layers.map(({ stream, filter }, i) => `[${i + 1}:${stream}]${filter}[l${i}]`);
  const ducked = layers.flatMap((layer, i) => (layer.duckDb < 0 ? [i] : []));
  if (ducked.length === 0) {
    return { layers: [...layers], graph: [...parts, sum(['0:a', ...layers.map((_, i) => `l${i}`)], null)].join(';') };
  }
  const keys = ducked.map((i) => `k${i}`);
  const voices = layers.flatMap(({ track }, i) => (track === 'voice' && !ducked.includes(i) ? [i] : []));
  const { threshold, ratio, attackMs, releaseMs, lowestHz } = DUCK;
  const graph = [
    ...parts,
    '[0:a]asplit[film][heard]',
    ...voices.map((i) => `[l${i}]asplit[v${i}][h${i}]`),
    voices.length === 0 ? '[heard]anull[speech]' : sum(['heard', ...voices.map((i) => `h${i}`)], 'speech'),
    `[speech]highpass=f=${lowestHz},asplit=${keys.length}${keys.map((key) => `[${key}]`).join('')}`,
    ...ducked.map(
      (i) =>
        `[l${i}]apad[p${i}];[p${i}][k${i}]sidechaincompress=threshold=${threshold}:ratio=${ratio}:attack=${attackMs}:release=${releaseMs}:mix=${duckShare(layers[i]?.duckDb ?? 0).toFixed(4)}[d${i}]`,
    ),
    sum(
      ['film', ...layers.map((_, i) => (ducked.includes(i) ? `d${i}` : voices.includes(i) ? `v${i}` : `l${i}`))],
      null,
    ),
  ];
  return { layers: [...layers], graph: graph.join(';') };
}
