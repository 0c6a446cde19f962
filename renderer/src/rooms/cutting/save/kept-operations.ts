/** Operations kept in this browser or window until the core has them, so that a crash loses nothing. */
import { z } from 'zod';
import { operation, type Operation } from '../../../../../core/model/timeline/operation.ts';

const kept = z.object({ baseHash: z.string(), operations: z.array(operation), at: z.number() });
export type KeptOperations = z.infer<typeof kept>;

const keyOf = (projectId: string) => `tongxin.kept.video.${projectId}`;

/** Keeps `operations`; none forgets them. A full or forbidden storage is not an error: the core still gets them. */
export function keepOperations(projectId: string, operations: readonly Operation[], baseHash: string): void {
  try {
    if (operations.length === 0) localStorage.removeItem(keyOf(projectId));
    else localStorage.setItem(keyOf(projectId), JSON.stringify({ operations, baseHash, at: Date.now() }));
  } catch {
    // Quota or privacy settings; saving to the core goes on.
  }
}

/** What was kept for a video, or null. Anything unreadable counts as nothing. */
export function keptOperationsOf(projectId: string): KeptOperations | null {
  try {
    return kept.safeParse(JSON.parse(localStorage.getItem(keyOf(projectId)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
