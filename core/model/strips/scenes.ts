/**
 * Where a film changes from one shot to another. The score is ffmpeg's own scene score: how much a frame differs from the one
 * before, and from what the frames before did, 0 to 1. Only suggestions: a flash or a hand before the lens may score as high.
 */

/** From here on a frame is told as a cut. ffmpeg's documentation: 0.3 to 0.5 is sane; its lower end finds softer cuts. */
export const SCENE_SCORE = 0.3;
/** What is kept at all: less is a pan or a shaking hand. */
export const LEAST_SCENE_SCORE = 0.2;
/** Two cuts lie at least so far apart: less is a flash. */
export const SHORTEST_SHOT_US = 300_000;
/** A film of ten hours that changes every two seconds. */
const MOST = 20_000;

export interface SceneCut {
  /** First frame of the new shot, microseconds on the source's time base. */
  atUs: number;
  /** 0 to 1. */
  score: number;
}

const FORMAT = 'tongxin-scenes-1';

/** A scenes file: JSON, `{format, cuts: [[atUs, score], …]}` in order of time. */
export const encodeScenes = (cuts: readonly SceneCut[]): string =>
  JSON.stringify({ format: FORMAT, cuts: cuts.slice(0, MOST).map(({ atUs, score }) => [atUs, score]) });

const isCut = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && Number.isInteger(value[0]) && typeof value[1] === 'number';

/** What {@link encodeScenes} wrote; null for anything else. */
export function decodeScenes(text: string): SceneCut[] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { format, cuts } = value as { format?: unknown; cuts?: unknown };
    if (format !== FORMAT || !Array.isArray(cuts) || !cuts.every(isCut)) return null;
    return cuts.map(([atUs, score]) => ({ atUs, score }));
  } catch {
    return null;
  }
}

/** Times of the cuts that are told, ascending: high enough, and of those close together the highest. */
export function sceneTimes(cuts: readonly SceneCut[], least = SCENE_SCORE): number[] {
  const told: SceneCut[] = [];
  for (const cut of cuts) {
    const last = told.at(-1);
    if (cut.score < least || cut.atUs <= 0) continue;
    if (!last || cut.atUs - last.atUs >= SHORTEST_SHOT_US) told.push(cut);
    else if (cut.score > last.score) told[told.length - 1] = cut;
  }
  return told.map(({ atUs }) => atUs);
}
