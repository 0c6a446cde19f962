/** Covers as files beside a film. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { checkCover, checkLimit, coverStem } from '../model/platforms/index.ts';
import type { CoverShape, LimitCheck, PlatformProfile } from '../model/platforms/index.ts';
import { writeWhole } from '../out-folder.ts';
import type { MadeCover } from '../ports/index.ts';

export interface WrittenCover {
  /** In the target's folder. */
  name: string;
  shape: string;
  /** Framed for this platform by itself; left out: as its shape is framed. */
  alone?: true;
  width: number;
  height: number;
  bytes: number;
  checks: LimitCheck[];
}

const DAY = '2026-11-29';
const TITLE = 'a title takes at most 72 % of the height that is free, at half its size or more (docs/PLATFORMS.md)';

/** A title that is squeezed is told: nothing of it is cut off. */
function titleCheck({ title, tooLong }: MadeCover): LimitCheck[] {
  if (title === null) return [];
  const limit = { anyOf: ['fits'], source: TITLE, checked: DAY, grade: 'own' as const };
  return [checkLimit('coverTitle', limit, tooLong ? 'long' : 'fits')];
}

/**
 * Writes the covers that a target shows into its folder: `<title>-<platform>-封面-<size>.jpg`. `made`: one for each of
 * `shapes`, in their order. Errors: not_writable, disk_full.
 */
export async function writeCovers(
  folder: string,
  of: {
    profile: PlatformProfile;
    title: string;
    number: number;
    shapes: readonly CoverShape[];
    made: readonly MadeCover[];
  },
): Promise<WrittenCover[]> {
  const { profile, title, number, shapes, made } = of;
  const written: WrittenCover[] = [];
  for (const [i, cover] of made.entries()) {
    if (!shapes[i]?.targets.includes(profile.target)) continue;
    const { shape, width, height } = cover;
    const own = cover.alone ? { alone: true as const } : {};
    const name = `${coverStem(title, profile, cover, number)}.jpg`;
    await writeWhole(path.join(folder, name), cover.jpeg);
    const { size: bytes } = await stat(path.join(folder, name));
    const checks = [...checkCover(profile, { width, height, bytes }), ...titleCheck(cover)];
    written.push({ name, shape, ...own, width, height, bytes, checks });
  }
  return written;
}
