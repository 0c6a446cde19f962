/** Which versions a list shows at once. Nothing is ever deleted; what is folded is one click away. */
import type { StoryVersion } from '../../../../../core/model/contract/index.ts';

/** Automatic versions shown: the newest of them, as VS Code's local history keeps (50 entries). */
export const AUTOMATIC_SHOWN = 50;
/** Older automatic versions are folded, as SiYuan's history does it (30 days). */
export const AUTOMATIC_DAYS = 30;

const AUTOMATIC = new Set<StoryVersion['reason']>([
  'autosave',
  'beforePaste',
  'beforeReplace',
  'beforeTheme',
  'beforeRestore',
]);

/** Nobody asked for it: made by itself, and never named. */
export function isAutomatic(version: StoryVersion): boolean {
  return version.name === null && AUTOMATIC.has(version.reason);
}

/**
 * Parts a list (newest first) into what is shown and what is folded away. Versions that were saved, named, restored or
 * submitted are always shown, and so is the newest of all.
 *
 * @param now epoch milliseconds.
 */
export function foldVersions(
  versions: readonly StoryVersion[],
  now: number,
): { shown: StoryVersion[]; folded: StoryVersion[] } {
  const oldest = now - AUTOMATIC_DAYS * 24 * 60 * 60_000;
  const shown: StoryVersion[] = [];
  const folded: StoryVersion[] = [];
  let automatic = 0;
  for (const [i, version] of versions.entries()) {
    if (isAutomatic(version)) automatic += 1;
    const away = i > 0 && isAutomatic(version) && (automatic > AUTOMATIC_SHOWN || version.createdAt < oldest);
    (away ? folded : shown).push(version);
  }
  return { shown, folded };
}
