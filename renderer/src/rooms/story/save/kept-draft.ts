/** Unsaved text kept in this browser or window until the core has it, so that a crash loses nothing. */
import { z } from 'zod';
import { articleDoc } from '../../../../../core/model/contract/index.ts';
import type { Draft } from './autosave.ts';

const keptDraft = z.object({ title: z.string(), doc: articleDoc, baseHash: z.string(), at: z.number() });
export type KeptDraft = z.infer<typeof keptDraft>;

const keyOf = (storyId: string) => `tongxin.kept.${storyId}`;

/** Keeps `draft`; null forgets it. A full or forbidden storage is not an error: the core still gets the text. */
export function keepDraft(storyId: string, draft: Draft | null, baseHash: string): void {
  try {
    if (draft) localStorage.setItem(keyOf(storyId), JSON.stringify({ ...draft, baseHash, at: Date.now() }));
    else localStorage.removeItem(keyOf(storyId));
  } catch {
    // Quota or privacy settings; saving to the core goes on.
  }
}

/** What was kept for a story, or null. Anything unreadable counts as nothing. */
export function keptDraftOf(storyId: string): KeptDraft | null {
  try {
    return keptDraft.safeParse(JSON.parse(localStorage.getItem(keyOf(storyId)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
