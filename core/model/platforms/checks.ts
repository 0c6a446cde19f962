/** Whether a finished film is what a platform takes: every limit with what was measured. */
import { parseRational } from '../timeline/rational.ts';
import type { CanvasSize } from '../timeline/targets.ts';
import type { Grade, MeasuredKind, PlatformLimit, PlatformProfile } from './profile.ts';

/** What was measured on a finished file. */
export interface FilmFacts {
  bytes: number;
  durationUs: number;
  /** `mp4`, `mov`, or as ffprobe calls it. */
  container: string;
  /** As displayed. */
  width: number;
  height: number;
  /** Average, `30/1`. */
  frameRate: string;
  codec: string;
  profile: string;
  pixelFormat: string;
  /** Picture: average, and the second that takes most. */
  videoKbit: number;
  peakKbit: number;
  /** Longest distance from one key frame to the next or to the end. */
  keyFrameUs: number;
  /** Null: no sound track. */
  audio: { codec: string; kbit: number; channels: number; rate: number } | null;
  /** Integrated loudness and true peak; null for silence. */
  lufs: number | null;
  truePeakDb: number | null;
  /** The index stands before the pictures, so that a player begins at once. */
  faststart: boolean;
  /** Value of the `AIGC` tag; null without. */
  aigc: string | null;
}

export type CheckValue = string | number | boolean | null;

/** One limit. `what`: the kind of limit; `level`: fail only for what the platform itself, or the law, demands. */
export interface LimitCheck {
  what: string;
  value: CheckValue;
  limit: { min?: number; max?: number; anyOf?: string[] };
  level: 'ok' | 'warn' | 'fail';
  advised: boolean;
  source: string;
  checked: string;
  grade: Grade;
}

export function fits(limit: Pick<PlatformLimit, 'min' | 'max' | 'anyOf'>, value: CheckValue): boolean {
  if (limit.anyOf !== undefined) return limit.anyOf.includes(String(value));
  if (typeof value !== 'number') return false;
  return value >= (limit.min ?? -Infinity) && value <= (limit.max ?? Infinity);
}

/** One value against one limit. What was not measured only warns. */
export function checkLimit(what: string, limit: PlatformLimit, value: CheckValue): LimitCheck {
  const { min, max, anyOf, advised = false, source, checked, grade } = limit;
  const blocks = grade === 'official' && !advised && value !== null;
  return {
    ...{ what, value },
    limit: {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(anyOf === undefined ? {} : { anyOf }),
    },
    level: fits(limit, value) ? 'ok' : blocks ? 'fail' : 'warn',
    ...{ advised, source, checked, grade },
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const rateOf = (text: string): number | null => {
  const rate = parseRational(text);
  return rate === null ? null : round(rate.num / rate.den);
};

function measured(kind: MeasuredKind, facts: FilmFacts): CheckValue {
  switch (kind) {
    case 'shortSide':
      return Math.min(facts.width, facts.height);
    case 'longSide':
      return Math.max(facts.width, facts.height);
    case 'frameRate':
      return rateOf(facts.frameRate);
    case 'audioKbit':
      return facts.audio?.kbit ?? null;
    case 'audioChannels':
      return facts.audio?.channels ?? null;
    case 'audioRate':
      return facts.audio?.rate ?? null;
    default:
      return facts[kind];
  }
}

/** Day on which the studio's own standards below were looked up. */
const DAY = '2026-11-25';
const own = (limit: Pick<PlatformLimit, 'min' | 'max' | 'anyOf'>, source: string): PlatformLimit => ({
  ...limit,
  ...{ source, checked: DAY, grade: 'own' },
});
const ASKED = 'as the studio makes it (docs/PLATFORMS.md)';
const LAW = 'GB 45438-2025, annex E (in force 2025-09-01): content made by an AI says so in its file';

/** What the studio promises of its own films, beyond the platform's limits. */
/** What our own encoder keeps. */
function encoderChecks({ film }: PlatformProfile, facts: FilmFacts, cap: number | null, apart: number): LimitCheck[] {
  return [
    checkLimit('codec', own({ anyOf: [film.codec.value] }, film.codec.source), facts.codec),
    // Times in the container are whole ticks: a frame may be told a tick late.
    checkLimit('keyFrameUs', own({ max: apart + 1_000 }, film.keyFrameFrames.source), facts.keyFrameUs),
    ...(cap === null
      ? []
      : [checkLimit('videoKbit', own({ max: cap }, film.maxRateKbit?.source ?? ASKED), facts.videoKbit)]),
  ];
}

function ownChecks(
  profile: PlatformProfile,
  facts: FilmFacts,
  asked: Pick<CheckOrder, 'canvas' | 'cap' | 'copied' | 'frameRate'>,
) {
  const { film } = profile;
  const size = ({ width, height }: CanvasSize): string => `${width}x${height}`;
  const rate = rateOf(asked.frameRate ?? profile.canvas?.frameRate ?? '30/1') ?? 30;
  const apart = Math.round((film.keyFrameFrames.value * 1_000_000) / rate);
  return [
    checkLimit('canvas', own({ anyOf: [size(asked.canvas)] }, ASKED), size(facts)),
    checkLimit('frameRate', own({ min: rate, max: rate }, ASKED), rateOf(facts.frameRate)),
    checkLimit('pixelFormat', own({ anyOf: [film.pixelFormat.value] }, film.pixelFormat.source), facts.pixelFormat),
    ...(asked.copied === true ? [] : encoderChecks(profile, facts, asked.cap, apart)),
    ...(facts.lufs === null
      ? []
      : [checkLimit('lufs', own({ min: -16.5, max: -15.5 }, 'AES TD1008: -16 LUFS for mobile players'), facts.lufs)]),
    ...(facts.truePeakDb === null
      ? []
      : [checkLimit('truePeakDb', own({ max: -1 }, 'EBU R 128: true peak at most -1 dBTP'), facts.truePeakDb)]),
    checkLimit('faststart', own({ anyOf: ['true'] }, ASKED), facts.faststart),
  ];
}

export interface CheckOrder {
  canvas: CanvasSize;
  /** Most the picture may take on this canvas, kbit/s; null: no cap. */
  cap: number | null;
  /** Something in it is made by an AI: the file has to say so. */
  aiMade: boolean;
  /** Ids of overlays that look like a logo. */
  logos: readonly string[];
  /** Pictures of the source are in it as they were coded: codec, rate and key frames are the source's. */
  copied?: boolean;
  /** Frames a second as it was planned; default the platform's. */
  frameRate?: string;
}

/** Every limit of the platform, the studio's own, the AI label and visible logos, against a finished film. */
export function checkFilm(profile: PlatformProfile, facts: FilmFacts, order: CheckOrder): LimitCheck[] {
  const kinds = Object.entries(profile.limits) as [MeasuredKind, PlatformLimit[] | undefined][];
  const platform = kinds.flatMap(([kind, limits]) =>
    (limits ?? []).map((limit) => checkLimit(kind, limit, measured(kind, facts))),
  );
  const label: PlatformLimit = { anyOf: ['true'], source: LAW, checked: DAY, grade: 'official' };
  const { logo } = profile;
  return [
    ...platform,
    ...ownChecks(profile, facts, order),
    ...(order.aiMade ? [checkLimit('aigc', label, facts.aigc !== null)] : []),
    // Never kept back for it: what looks like a logo may be a part of the picture.
    ...(logo
      ? [
          checkLimit(
            'logo',
            { max: 0, advised: true, source: logo.source, checked: logo.checked, grade: logo.grade },
            order.logos.length,
          ),
        ]
      : []),
  ];
}

export const failed = (checks: readonly LimitCheck[]): LimitCheck[] => checks.filter(({ level }) => level === 'fail');
/** Whatever is not as it should be. */
export const troubles = (checks: readonly LimitCheck[]): LimitCheck[] => checks.filter(({ level }) => level !== 'ok');
