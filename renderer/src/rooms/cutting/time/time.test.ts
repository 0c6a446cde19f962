import { describe, expect, it } from 'vitest';
import { layout } from '../../../../../core/model/timeline/layout.ts';
import { emptyTimeline, type Cue, type Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { snapPoints, snapSpan, snapTo } from './snap.ts';
import { cueTime, rateOf, rulerTime, timecode } from './timecode.ts';
import {
  MAX_ZOOM,
  clipsBetween,
  cuesBetween,
  dropPlace,
  fitZoom,
  neighbourCut,
  rowsOf,
  ticks,
  usOf,
  xOf,
  zoomAt,
} from './view.ts';

const S = 1_000_000;
/** Clips of 2, 3 and 5 seconds. */
function film(): Timeline {
  const lengths = [2, 3, 5];
  const storyline = lengths.map((s, i) => ({
    id: `c${String(i)}`,
    assetId: 'a',
    inUs: 0,
    outUs: s * S,
    speed: '1/1' as const,
    gainDb: 0,
    muted: false,
    fit: null,
  }));
  return { ...emptyTimeline(), storyline };
}
const cues: Cue[] = [
  { id: 'q0', startUs: S, endUs: 3 * S, text: '一' },
  { id: 'q1', startUs: 6 * S, endUs: 7 * S, text: '二' },
];
const places = layout(film());

describe('time and pixels', () => {
  it('go over into each other', () => {
    expect(xOf(2 * S, 40)).toBe(80);
    expect(usOf(80, 40)).toBe(2 * S);
  });

  it('keep what lies under the pointer when the zoom changes', () => {
    const view = { zoom: 40, scroll: 300 };
    const next = zoomAt(view, 2, 250);
    expect(usOf(next.scroll + 250, next.zoom)).toBe(usOf(300 + 250, 40));
    expect(zoomAt({ zoom: MAX_ZOOM, scroll: 0 }, 4, 0).zoom).toBe(MAX_ZOOM);
  });

  it('fit the whole film into the view', () => {
    const zoom = fitZoom(100 * S, 1048);
    expect(xOf(100 * S, zoom)).toBeCloseTo(1000);
    expect(fitZoom(0, 1000)).toBe(40);
  });

  it('label the ruler at a readable distance, at every zoom', () => {
    for (const zoom of [0.3, 2, 13, 40, 111, 480]) {
      const majors = ticks(0, usOf(2000, zoom), zoom).filter(({ major }) => major);
      const gaps = majors.slice(1).map(({ us }, i) => xOf(us - (majors[i]?.us ?? 0), zoom));
      expect(majors.length).toBeGreaterThan(1);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(72);
      expect(Math.max(...gaps)).toBeLessThan(520);
    }
  });
});

describe('what is seen', () => {
  it('is the clips and cues that reach into the view', () => {
    expect(clipsBetween(places, 2.5 * S, 4 * S).map(({ clip }) => clip.id)).toEqual(['c1']);
    expect(clipsBetween(places, 0, 60 * S)).toHaveLength(3);
    expect(clipsBetween(places, 10 * S, 20 * S)).toEqual([]);
    expect(cuesBetween(cues, 2 * S, 5 * S)).toEqual([{ cue: cues[0], index: 0 }]);
    expect(cuesBetween(cues, 3.5 * S, 5 * S)).toEqual([]);
  });

  it('says where a clip let go would stand', () => {
    expect(dropPlace(places, 0.5 * S)).toBe(0);
    expect(dropPlace(places, 1.5 * S)).toBe(1);
    expect(dropPlace(places, 60 * S)).toBe(3);
  });

  it('finds the cut before and behind the playhead', () => {
    expect(neighbourCut(places, 2 * S, 1)).toBe(5 * S);
    expect(neighbourCut(places, 2 * S, -1)).toBe(0);
    expect(neighbourCut(places, 10 * S, 1)).toBe(10 * S);
  });
});

describe('snapping', () => {
  const points = snapPoints(
    places,
    { captions: { ...emptyTimeline().captions, cues }, markers: [{ id: 'k', atUs: 9 * S, text: '' }] },
    4 * S,
  );

  it('catches the nearest edge within reach, and nothing beyond it', () => {
    expect(snapTo(2.05 * S, points, 0.1 * S)).toEqual({ us: 2 * S, kind: 'clip' });
    expect(snapTo(4.05 * S, points, 0.1 * S)).toEqual({ us: 4 * S, kind: 'playhead' });
    expect(snapTo(6.05 * S, points, 0.1 * S)).toEqual({ us: 6 * S, kind: 'cue' });
    expect(snapTo(2.2 * S, points, 0.1 * S)).toBeNull();
  });

  it('does not catch what is dragged by its own edges', () => {
    const others = snapPoints(
      places,
      { captions: { ...emptyTimeline().captions, cues }, markers: [{ id: 'k', atUs: 9 * S, text: '' }] },
      null,
      'q1',
    );
    expect(others.some(({ us, kind }) => kind === 'cue' && us === 6 * S)).toBe(false);
  });

  it('moves a span by its nearer edge', () => {
    const { shiftUs, point } = snapSpan({ startUs: 4.3 * S, endUs: 5.02 * S }, points, 0.1 * S);
    expect(shiftUs).toBeCloseTo(-0.02 * S);
    expect(point?.us).toBe(5 * S);
    expect(snapSpan({ startUs: 8 * S, endUs: 8.5 * S }, points, 0.1 * S)).toEqual({ shiftUs: 0, point: null });
  });
});

describe('timecode', () => {
  it('counts frames', () => {
    expect(timecode(31_400_000, rateOf('30/1'))).toBe('00:31:12');
    expect(timecode(3_600_000_000, rateOf('25/1'))).toBe('1:00:00:00');
    expect(timecode(33_333, rateOf('30/1'))).toBe('00:00:01');
  });
  it('says captions to a tenth and the ruler as short as it can', () => {
    expect(cueTime(29_040_000)).toBe('00:29.0');
    expect(cueTime(59_960_000)).toBe('01:00.0');
    expect(rulerTime(5 * S)).toBe('00:05');
    expect(rulerTime(5_200_000)).toBe('00:05.2');
  });
});

describe('rows of a lane', () => {
  it('what overlaps goes below; a row is used again once it is free', () => {
    const span = (startUs: number, endUs: number) => ({ startUs, endUs });
    expect(rowsOf([span(0, 4), span(4, 6)])).toEqual({ rows: [0, 0], count: 1 });
    expect(rowsOf([span(0, 4), span(1, 9), span(4, 6), span(5, 7)])).toEqual({ rows: [0, 1, 0, 2], count: 3 });
    expect(rowsOf([])).toEqual({ rows: [], count: 1 });
  });
});
