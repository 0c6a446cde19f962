/** What keys, buttons and the palette do to everything that is picked. */
import type { Operation } from '../../../../core/model/timeline/operation.ts';
import { clipMeant } from './acts.ts';
import { newId, type Item } from './cut-session.ts';
import {
  behindAll,
  copyAll,
  groupAll,
  keepCopied,
  lastCopied,
  moveClips,
  nextPlace,
  pasteAll,
  removeAll,
  ungroupAll,
  type CopiedSet,
} from './picked.ts';
import type { Cut } from './use-cut.ts';

/** How the ids of each kind begin. */
const PREFIX = { clip: 'c', overlay: 'o', sound: 's', title: 't', cue: 'q', group: 'g' } as const;

export function makePickedActs({ session, player }: Pick<Cut, 'session' | 'player'>) {
  const now = () => ({ ...session.getState(), us: player.getTime() });
  const clip = () => {
    const { places, selection, us } = now();
    return clipMeant(places, selection?.kind === 'clip' ? selection.id : null, us);
  };
  /** Puts copies in and picks them. */
  const put = (copied: CopiedSet | null, us: number) => {
    if (!copied) return;
    const { timeline, places } = now();
    const { operations, items } = pasteAll(copied, {
      ...{ timeline, places, us },
      idFor: (kind) => newId(PREFIX[kind]),
    });
    if (session.run(operations)) session.pick(items);
  };
  /** What is picked, or the clip under the playhead; `clipOp` says what becomes of a clip. Answers whether anything was done. */
  const takeAway = (clipOp: (clipId: string) => Operation | null): boolean => {
    const { picked } = now();
    const meant = picked.length > 0 ? null : clip();
    const items: readonly Item[] = meant ? [{ kind: 'clip', id: meant.clip.id }] : picked;
    const operations = removeAll(items, clipOp);
    return operations.length > 0 && session.run(operations);
  };
  return {
    remove: () => {
      const { picked, places } = now();
      const starts = picked.flatMap(({ kind, id }) => (kind === 'clip' ? (places.byId.get(id)?.startUs ?? []) : []));
      const meant = picked.length > 0 ? Math.min(...starts) : clip()?.startUs;
      if (!takeAway((clipId) => ({ type: 'removeClip', clipId, cues: 'follow' }))) return;
      if (meant !== undefined && Number.isFinite(meant)) player.seek(meant);
    },
    /** What lies beside the storyline leaves no gap anyway. */
    lift: () => {
      const { places } = now();
      const gaps: Item[] = [];
      const lifted = (clipId: string): Operation | null => {
        if (places.byId.get(clipId)?.clip.gap) return null;
        const id = newId('c');
        gaps.push({ kind: 'clip', id });
        return { type: 'liftClip', clipId, newId: id };
      };
      if (takeAway(lifted)) session.pick(gaps);
    },
    move: (step: 1 | -1) => {
      const meant = clip();
      if (!now().picked.some(({ kind }) => kind === 'clip') && meant)
        session.select({ kind: 'clip', id: meant.clip.id });
      const { timeline, places, picked } = now();
      const place = nextPlace(places, picked, step);
      if (place !== null) session.run(moveClips(timeline, places, picked, place));
    },
    copy: () => {
      const { timeline, places, picked } = now();
      const copied = copyAll(timeline, places, picked);
      if (copied) keepCopied(copied);
      return copied !== null;
    },
    paste: () => put(lastCopied(), now().us),
    duplicate: () => {
      const { timeline, places, picked } = now();
      put(copyAll(timeline, places, picked), behindAll(timeline, places, picked));
    },
    group: () => {
      const { picked } = now();
      const operation = groupAll(picked, newId('g'));
      if (operation) session.run(operation);
    },
    ungroup: () => {
      const { timeline, picked } = now();
      const operations = ungroupAll(timeline, picked);
      if (operations.length > 0) session.run(operations);
    },
  };
}
