/** The plans of one order, and room for all of them. */
import path from 'node:path';
import type { RenderPlan } from '../../../ports/video.ts';
import { copiedBytes } from './copy/film.ts';
import { checkRoom, roomNeeded } from './room.ts';
import { isKept, pruneSegments } from './segments.ts';
import { soundHash } from './sound.ts';
import type { RenderWork } from './work.ts';

/** The plan, and those of targets that keep another frame rate. */
export const plansOf = (plan: RenderPlan): RenderPlan[] => [plan, ...(plan.further ?? [])];

/** Clears what is old out of the cache, and refuses what the disk has no room for. Error: disk_too_small. */
export async function makeRoom(work: RenderWork, plans: readonly RenderPlan[], outDir: string): Promise<void> {
  const { segmentsDir } = work;
  const segments = plans.flatMap(({ groups }) => groups.flatMap((group) => group.segments));
  const sounds = plans.map((plan) => soundHash(plan, work.tool.version));
  const needed = new Set([...sounds, ...segments.map(({ hash }) => hash)]);
  await pruneSegments(segmentsDir, needed);
  const kept = new Set<string>();
  for (const segment of segments) {
    if (await isKept(segmentsDir, segment)) kept.add(segment.hash);
  }
  const needs = plans.map((plan) =>
    roomNeeded(
      plan,
      (hash) => kept.has(hash),
      (segment) => copiedBytes(work, segment),
    ),
  );
  const need = needs.reduce((sum, one) => ({ cache: sum.cache + one.cache, out: sum.out + one.out }));
  await checkRoom(need, { cache: segmentsDir, out: path.resolve(outDir) }, (free) =>
    pruneSegments(segmentsDir, needed, { free }),
  );
}
