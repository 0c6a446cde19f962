import { describe, expect, test } from 'vitest';
import { made } from '../../../../../tests/fixtures/timeline.ts';
import { PLAIN, type Mask } from '../../../../../core/model/timeline/look.ts';
import {
  drawnFor,
  firstMaskBox,
  gripped,
  maskMoved,
  pictureBox,
  shownFor,
  turnedBox,
  uprightBox,
} from './stage-edit.ts';

const timeline = made(
  { type: 'insertClip', clip: { id: 'c', assetId: 'a' } },
  {
    type: 'setPicture',
    clipId: 'c',
    turn: 90,
    crop: { x: 0, y: 0, width: 500, height: 500 },
    colours: { ...PLAIN, warmth: 10 },
    zoom: { from: { x: 0, y: 0, size: 1000 }, to: { x: 0, y: 0, size: 500 } },
  },
);
const [clip] = timeline.storyline;
if (!clip) throw new Error('no clip');
const box = { x: 100, y: 200, width: 300, height: 50 };
const key = (atUs: number) => ({ atUs, ...box });
const mask: Mask = { id: 'm', shape: 'ellipse', effect: 'mosaic', keys: [key(0)] };
const rules = { ratio: null, min: 50, free: false };

describe('setting a picture on the stage', () => {
  test('all of the picture is seen while it is cropped, and what is left while a view is set', () => {
    const cropping = shownFor(timeline, { kind: 'crop', clipId: 'c' }).storyline[0];
    expect(cropping).toMatchObject({ turn: 90, fit: 'contain', colours: { warmth: 10 } });
    expect([cropping?.crop, cropping?.zoom]).toEqual([undefined, undefined]);
    expect(shownFor(timeline, { kind: 'zoom', clipId: 'c', end: 'to' }).storyline[0]?.crop).toEqual(clip.crop);
    expect(shownFor(timeline, null)).toBe(timeline);
    const film = { width: 1080, height: 1920 };
    expect(pictureBox(clip, { kind: 'crop', clipId: 'c' }, { width: 1920, height: 1080 }, film)).toEqual({
      ...{ x: 0, y: 0, width: 1, height: 1 },
    });
  });

  test.each([
    {},
    { turn: 90 as const },
    { turn: 180 as const, mirrored: true as const },
    { turn: 270 as const, mirrored: true as const },
  ])('a box goes onto the turned picture and back: %o', (turned) => {
    expect(uprightBox(turnedBox(box, turned), turned)).toEqual(box);
    const corner = turnedBox({ x: 0, y: 0, width: 100, height: 200 }, { turn: 90 });
    expect(corner).toEqual({ x: 800, y: 0, width: 200, height: 100 });
  });

  test('a mask with one key moves as it is, one with several gets a key for the moment', () => {
    const to = { ...box, x: 500 };
    expect(maskMoved(mask, to, 9_000_000).keys).toEqual([{ atUs: 0, ...to }]);
    const two = maskMoved(mask, to, 2_000_000, true);
    expect(two.keys.map(({ atUs, x }) => [atUs, x])).toEqual([
      [0, 100],
      [2_000_000, 500],
    ]);
    expect(maskMoved(two, box, 2_010_000).keys.map(({ atUs, x }) => [atUs, x])).toEqual([
      [0, 100],
      [2_010_000, 100],
    ]);
  });

  test('grips keep to the picture, to the least size and, for a view, to its shape', () => {
    expect(gripped(box, 'move', { x: 900, y: -900 }, rules)).toEqual({ ...box, x: 700, y: 0 });
    expect(gripped(box, 'e', { x: -900, y: 0 }, rules)).toEqual({ ...box, width: 50 });
    expect(gripped(box, 'nw', { x: -900, y: -900 }, rules)).toEqual({ x: 0, y: 0, width: 400, height: 250 });
    const view = { x: 200, y: 200, width: 500, height: 500 };
    expect(gripped(view, 'se', { x: 500, y: 0 }, { ...rules, ratio: 1 })).toEqual({
      ...view,
      width: 800,
      height: 800,
    });
    expect(gripped(view, 'nw', { x: 100, y: 10 }, { ...rules, ratio: 1 })).toEqual({
      ...{ x: 300, y: 300, width: 400, height: 400 },
    });
    expect(gripped(box, 'move', { x: -900, y: 0 }, { ...rules, free: true }).x).toBe(-150);
  });

  test('what is drawn is what an operation sets', () => {
    const crop = drawnFor(clip, { kind: 'crop', clipId: 'c' }, 0);
    expect(crop?.box).toEqual(clip.crop);
    expect(crop?.set({ x: 0.4, y: 0, width: 600.2, height: 1000 })).toEqual({
      crop: { x: 0, y: 0, width: 600, height: 1000 },
    });
    const end = drawnFor(clip, { kind: 'zoom', clipId: 'c', end: 'to' }, 0);
    expect(end?.set({ x: 700.6, y: 0, width: 300, height: 300 })).toEqual({
      zoom: { from: clip.zoom?.from, to: { x: 700, y: 0, size: 300 } },
    });
    expect(drawnFor(clip, { kind: 'mask', clipId: 'c', maskId: 'm' }, 0)).toBeNull();
  });
});

describe('where a new mask begins', () => {
  const upright = { width: 1080, height: 1920 };
  test('is shaped as a face on a tall and on a wide picture', () => {
    expect(firstMaskBox('ellipse', upright, undefined)).toEqual({ x: 350, y: 388, width: 300, height: 225 });
    expect(firstMaskBox('ellipse', { width: 1920, height: 1080 }, 180)).toEqual({
      x: 416,
      y: 300,
      width: 169,
      height: 400,
    });
  });
  test('stands upright on what was turned', () => {
    expect(firstMaskBox('ellipse', upright, 90)).toEqual({ x: 300, y: 416, width: 400, height: 169 });
    expect(firstMaskBox('rectangle', upright, undefined)).toEqual({ x: 300, y: 416, width: 400, height: 169 });
  });
});
