import { beforeEach, describe, expect, it } from 'vitest';
import type { VideoProject } from '../../../../core/model/contract/video.ts';
import { StudioError } from '../../../../core/model/errors.ts';
import { applyOperations } from '../../../../core/model/timeline/operations.ts';
import type { Operation } from '../../../../core/model/timeline/operation.ts';
import { clip, emptyTimeline, type Timeline } from '../../../../core/model/timeline/timeline.ts';
import { CutSession, type CutNews } from './cut-session.ts';
import { keepOperations } from './save/kept-operations.ts';

const S = 1_000_000;
const start: Timeline = {
  ...emptyTimeline(),
  assets: [
    {
      assetId: 'a',
      sha256: 'a'.repeat(64),
      name: 'a.mp4',
      kind: 'video',
      durationUs: 10 * S,
      width: 1920,
      height: 1080,
      frameRate: '25/1',
      variable: false,
      hasAudio: true,
    },
  ],
  storyline: [
    clip.parse({ id: 'c0', assetId: 'a', inUs: 0, outUs: 4 * S }),
    clip.parse({ id: 'c1', assetId: 'a', inUs: 5 * S, outUs: 8 * S }),
  ],
};

/** A core that does what it is sent on its own copy; `lose` makes it do so and say nothing. */
function rig(kept?: Operation[]) {
  if (kept) keepOperations('p', kept, 'h0');
  let timeline = start;
  let n = 0;
  let trouble: 'none' | 'lose' | 'down' = 'none';
  const news: CutNews[] = [];
  const sent: Operation[][] = [];
  const project = (): VideoProject => ({
    projectId: 'p',
    storyId: 's',
    title: '',
    durationUs: 0,
    clips: 0,
    cues: 0,
    coverAssetId: null,
    createdAt: 0,
    updatedAt: 0,
    updatedBy: { userId: 'u', name: '方老师' },
    removedAt: null,
    timeline,
    contentHash: `h${String(n)}`,
    seq: n,
    savedAt: n,
  });
  const apply = (operations: Operation[]) => {
    timeline = applyOperations(timeline, operations).timeline;
    n += 1;
  };
  const session = new CutSession(project(), {
    fetch: async () => structuredClone(project()),
    send: async ({ baseHash, operations }) => {
      if (trouble === 'down') throw new StudioError('internal', { ref: 'transport' });
      if (baseHash !== `h${String(n)}`) throw new StudioError('conflict');
      sent.push(operations);
      apply(operations);
      if (trouble === 'lose') throw new StudioError('internal', { ref: 'transport' });
      return { contentHash: `h${String(n)}`, savedAt: n };
    },
    judge: (error) => (error instanceof StudioError && error.code === 'conflict' ? 'conflict' : 'retry'),
    tell: (item) => news.push(item),
    canEdit: true,
  });
  return {
    session,
    news,
    sent,
    core: () => timeline,
    others: apply,
    set: (next: typeof trouble) => (trouble = next),
  };
}
const shown = (session: CutSession) => session.getState().timeline.storyline.map(({ id }) => id);
const trimTo = (outUs: number): Operation => ({ type: 'trimClip', clipId: 'c0', outUs });
const lengthOf = (session: CutSession) => session.getState().places.clips[0]?.endUs;

beforeEach(() => localStorage.clear());

describe('an open video', () => {
  it('sends each act, undo and redo too, and ends with what the core has', async () => {
    const { session, core } = rig();
    session.run({ type: 'splitClip', atUs: 2 * S, newId: 'c9' });
    session.run({ type: 'removeClip', clipId: 'c9', cues: 'follow' });
    session.undo();
    session.redo();
    session.undo();
    expect(shown(session)).toEqual(['c0', 'c9', 'c1']);
    await session.queue.idle();
    expect(core().storyline).toEqual(session.getState().timeline.storyline);
  });

  it('shows a drag as it goes, sends its end once, and takes it back in one step', async () => {
    const { session, sent } = rig();
    session.startDrag();
    for (const outUs of [3.6 * S, 3.2 * S, 3 * S]) session.drag([trimTo(outUs)]);
    expect(lengthOf(session)).toBe(3 * S);
    expect(session.run({ type: 'removeClip', clipId: 'c1' })).toBe(false);
    session.endDrag(true);
    await session.queue.idle();
    expect(sent).toEqual([[trimTo(3 * S)]]);
    session.undo();
    expect(lengthOf(session)).toBe(4 * S);
  });

  it('leaves all as it was after Escape, and sends nothing', async () => {
    const { session, sent } = rig();
    session.startDrag();
    session.drag([trimTo(3 * S)]);
    session.endDrag(false);
    await session.queue.idle();
    expect(lengthOf(session)).toBe(4 * S);
    expect(sent).toEqual([]);
    expect(session.getState()).toMatchObject({ undoLabel: null, redoLabel: null, dragging: false });
  });

  it('says why an act is refused and changes nothing', () => {
    const { session, news } = rig();
    expect(session.run({ type: 'removeClip', clipId: 'none' })).toBe(false);
    expect(news).toMatchObject([{ kind: 'refused', error: { code: 'unknown_id' } }]);
    expect(shown(session)).toEqual(['c0', 'c1']);
  });

  it('does unsaved acts again on what somebody else made of it, and says what could not be done', async () => {
    const { session, news, others, core, set } = rig();
    set('down');
    session.run({ type: 'setMuted', clipId: 'c0', muted: true });
    session.run({ type: 'setGain', clipId: 'c1', gainDb: -6 });
    await session.queue.idle();
    others([{ type: 'removeClip', clipId: 'c1' }]);
    set('none');
    session.queue.retryNow();
    await session.queue.idle();
    expect(session.queue.getState().status).toBe('conflict');
    await session.catchUp();
    await session.queue.idle();
    expect(news).toMatchObject([{ kind: 'changed', name: '方老师', kept: 1, lost: 1 }]);
    expect(core().storyline).toMatchObject([{ id: 'c0', muted: true }]);
    expect(session.getState().timeline.storyline).toEqual(core().storyline);
  });

  it('does nothing twice when the core did it and only its answer was lost', async () => {
    const { session, news, core, set } = rig();
    set('lose');
    session.run({ type: 'splitClip', atUs: 2 * S, newId: 'c9' });
    await session.queue.idle();
    set('none');
    session.queue.retryNow();
    await session.queue.idle();
    await session.catchUp();
    expect(session.queue.getState().status).toBe('saved');
    expect(session.queue.dirty).toBe(false);
    expect(core().storyline).toHaveLength(3);
    expect(news).toEqual([]);
  });

  it('adds what an earlier sitting could not save', async () => {
    const { session, news, core } = rig([
      { type: 'removeClip', clipId: 'c1' },
      { type: 'removeClip', clipId: 'gone' },
    ]);
    session.restore('p');
    await session.queue.idle();
    expect(news).toEqual([{ kind: 'restored', kept: 1, lost: 1 }]);
    expect(core().storyline.map(({ id }) => id)).toEqual(['c0']);
    expect(localStorage.length).toBe(0);
  });
});
