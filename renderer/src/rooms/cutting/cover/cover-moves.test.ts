import { describe, expect, it } from 'vitest';
import type { FilmCover } from '../../../../../core/model/timeline/timeline.ts';
import {
  MIDDLE_FILL,
  draggedFill,
  draggedPlace,
  keyedFill,
  keyedPlace,
  onlyOf,
  withFill,
  withPlatform,
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
    const [tall, lying] = [{ shape: '3:4' }, { shape: '4:3' }];
    const filled = withFill(cover, tall, MIDDLE_FILL);
    const both = withTitleAt(filled, tall, { x: 1, y: 2 });
    expect(both.frames).toEqual({ '3:4': { fill: MIDDLE_FILL, at: { x: 1, y: 2 } } });
    expect(onlyOf(withFill(both, lying, MIDDLE_FILL), tall)).toEqual(both);
    expect(onlyOf(both, { shape: '9:16' })).toEqual(cover);
    expect(withTitleAt(withFill(both, tall, null), tall, null)).toEqual(cover);
  });

  it('changes one platform of a shape and none of the others, and gives back what was its own', () => {
    const cover: FilmCover = { atUs: 5, frames: { '3:4': { fill: MIDDLE_FILL } } };
    const douyin = { shape: '3:4', target: 'douyin' };
    const near = { x: 0, y: 500, zoom: 2000 };
    const own = withFill(cover, douyin, near);
    expect(own).toEqual({ ...cover, platforms: { douyin: { '3:4': { fill: near } } } });
    const more = withTitleAt(own, { ...douyin, shape: '4:3' }, { x: 1, y: 2 });
    expect(more.platforms?.['douyin']).toEqual({ '3:4': { fill: near }, '4:3': { at: { x: 1, y: 2 } } });
    expect(withTitleAt(more, { ...douyin, shape: '4:3' }, null)).toEqual(own);
    expect(withPlatform(own, douyin, null)).toEqual(cover);
    // As in the film: said where the shape is filled, and nothing where it is not.
    expect(withFill(own, douyin, null).platforms).toEqual({ douyin: { '3:4': { fill: null } } });
    expect(withFill(withFill({ atUs: 5 }, douyin, near), douyin, null)).toEqual({ atUs: 5 });
    // A picture of others need not be made anew.
    expect(onlyOf(more, { shape: '3:4', target: 'channels' })).toEqual(cover);
    expect(onlyOf(more, douyin)).toEqual(own);
    expect(onlyOf(more, { shape: '4:3' })).toEqual({ atUs: 5 });
  });
});
