import { describe, expect, it } from 'vitest';
import { cue, made, SECOND } from '../../../../tests/fixtures/timeline.ts';
import { gapOf } from '../../../../core/model/timeline/gap.ts';
import { layout } from '../../../../core/model/timeline/layout.ts';
import { applyOperations } from '../../../../core/model/timeline/operations.ts';
import { emptyTimeline } from '../../../../core/model/timeline/timeline.ts';
import { copyOf, pasteOf } from './clipboard.ts';

const timeline = made(
  { type: 'insertClip', clip: { id: 'c1', assetId: 'a', outUs: 2 * SECOND, speed: '2/1' } },
  { type: 'insertClip', clip: { id: 'c2', assetId: 'b', outUs: 3_003_000 } },
  { type: 'setPicture', clipId: 'c1', turn: 90 },
  { type: 'addOverlay', overlay: { id: 'o', assetId: 'a', startUs: SECOND, outUs: SECOND, fit: 'crop' } },
  { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'a', outUs: SECOND, duckDb: -9 } },
  { type: 'addTitle', title: { id: 't', startUs: 0, look: 'headline', texts: { title: '茶' } } },
  { type: 'addCue', cue: cue('q', 0, SECOND) },
);
const places = layout(timeline);
const pasted = (kind: 'clip' | 'overlay' | 'sound' | 'title' | 'cue', id: string, us: number, into = timeline) => {
  const copied = copyOf(timeline, { kind, id });
  if (!copied) throw new Error('nothing copied');
  const at = { timeline: into, places: layout(into), us, id: 'new' };
  return applyOperations(into, pasteOf(copied, at)).timeline;
};

describe('copying and pasting', () => {
  it('puts a clip with all that is done to it behind the clip under the playhead, or before it at its start', () => {
    const after = pasted('clip', 'c1', 500_000);
    expect(after.storyline.map(({ id }) => id)).toEqual(['c1', 'new', 'c2']);
    expect(after.storyline[1]).toEqual({ ...after.storyline[0], id: 'new' });
    expect(pasted('clip', 'c2', 0).storyline.map(({ id }) => id)).toEqual(['new', 'c1', 'c2']);
    expect(pasted('clip', 'c1', places.durationUs).storyline.map(({ id }) => id)).toEqual(['c1', 'c2', 'new']);
  });

  it('puts a gap in as a gap, in another film too', () => {
    const lifted = applyOperations(timeline, [{ type: 'liftClip', clipId: 'c2', newId: 'g' }]).timeline;
    const copied = copyOf(lifted, { kind: 'clip', id: 'g' });
    if (!copied) throw new Error('nothing copied');
    const film = emptyTimeline();
    const operations = pasteOf(copied, { timeline: film, places: layout(film), us: 0, id: 'new' });
    const after = applyOperations(film, operations).timeline;
    expect(after.assets).toEqual([]);
    expect(after.storyline).toEqual([gapOf('new', 3_003_000)]);
  });

  it('puts everything else where the playhead is, as long as it was', () => {
    expect(pasted('overlay', 'o', 2 * SECOND).overlays[1]).toMatchObject({
      id: 'new',
      startUs: 2 * SECOND,
      fit: 'crop',
    });
    expect(pasted('sound', 's', SECOND).music[1]).toMatchObject({ startUs: SECOND, duckDb: -9 });
    expect(pasted('title', 't', SECOND).titles[1]).toMatchObject({ startUs: SECOND, endUs: 4 * SECOND });
    expect(pasted('cue', 'q', SECOND).captions.cues[1]).toMatchObject({
      id: 'new',
      startUs: SECOND,
      endUs: 2 * SECOND,
    });
  });

  it('brings its asset along into another video, and knows where a second one goes', () => {
    expect(pasted('clip', 'c1', 0, emptyTimeline()).assets.map(({ assetId }) => assetId)).toEqual(['a']);
    expect(copyOf(timeline, { kind: 'clip', id: 'gone' })).toBeNull();
    expect(copyOf(timeline, null)).toBeNull();
  });
});
