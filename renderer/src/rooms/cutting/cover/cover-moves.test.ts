import { describe, expect, it } from 'vitest';
import type { FilmCover } from '../../../../../core/model/timeline/timeline.ts';
import {
  MIDDLE_FILL,
  draggedFill,
  draggedPlace,
  keyedFill,
  keyedPlace,
  onlyShape,
  withFill,
  withTitleAt,
} from './cover-moves.ts';

describe('moving a cover by hand', () => {
  const wide = { frame: { width: 90, height: 120 }, source: { width: 640, height: 360 } };

  it('takes the picture along, as far as it reaches, and only where it stands over', () => {
    // The picture is 213 pixels wide over a frame of 90: 123 to move.
    expect(draggedFill(MIDDLE_FILL, { x: 61.7, y: 40 }, wide)).toEqual({ x: 0, y: 500, zoom: 1000 });
    expect(draggedFill(MIDDLE_FILL, { x: -300, y: 0 }, wide).x).toBe(1000);
    const near = draggedFill({ ...MIDDLE_FILL, zoom: 2000 }, { x: 0, y: 30 }, wide);
    expect(near).toEqual({ x: 500, y: 250, zoom: 2000 });
  });

  it('by keys goes in steps, nearer and back', () => {
    expect(keyedFill(MIDDLE_FILL, 'ArrowRight', false)).toEqual({ x: 520, y: 500, zoom: 1000 });
    expect(keyedFill({ x: 950, y: 0, zoom: 1000 }, 'ArrowRight', true)?.x).toBe(1000);
    expect(keyedFill(MIDDLE_FILL, '+', false)?.zoom).toBe(1100);
    expect(keyedFill(MIDDLE_FILL, '-', false)?.zoom).toBe(1000);
    expect(keyedFill(MIDDLE_FILL, 'a', false)).toBeNull();
    expect(keyedPlace({ x: 500, y: 995 }, 'ArrowDown', false)).toEqual({ x: 500, y: 1000 });
    expect(draggedPlace({ x: 500, y: 500 }, { x: 9, y: -12 }, wide.frame)).toEqual({ x: 600, y: 400 });
  });

  it('changes one shape and leaves nothing behind that says nothing', () => {
    const cover: FilmCover = { atUs: 5 };
    const filled = withFill(cover, '3:4', MIDDLE_FILL);
    const both = withTitleAt(filled, '3:4', { x: 1, y: 2 });
    expect(both.frames).toEqual({ '3:4': { fill: MIDDLE_FILL, at: { x: 1, y: 2 } } });
    expect(onlyShape(withFill(both, '4:3', MIDDLE_FILL), '3:4')).toEqual(both);
    expect(onlyShape(both, '9:16')).toEqual(cover);
    expect(withTitleAt(withFill(both, '3:4', null), '3:4', null)).toEqual(cover);
  });
});
