import { describe, expect, test } from 'vitest';
import { made } from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import { colourTransfer, maskAt, maskBetween, maskCell, shownSize, viewAt } from './framing.ts';
import { PLAIN, withPicture } from './look.ts';
import type { Mask } from './look.ts';
import { parseOperations } from './operation.ts';
import { applyOperation } from './operations.ts';

const S = 1_000_000;
const start = made({ type: 'insertClip', clip: { id: 'c', assetId: 'a' } });
const key = (atUs: number, x: number) => ({ atUs, x, y: 100, width: 200, height: 300 });
const MASK: Mask = { id: 'm', shape: 'ellipse', effect: 'mosaic', keys: [key(S, 0), key(3 * S, 400)] };

describe('what a clip does to its picture', () => {
  test('is kept where it does something and left out where it does not', () => {
    const crop = { x: 100, y: 0, width: 500, height: 1000 };
    expect(withPicture({}, { turn: 90, crop })).toEqual({ turn: 90, crop });
    expect(withPicture({ turn: 90, crop, mirrored: true }, { turn: 0, crop: null, mirrored: false })).toEqual({});
    expect(withPicture({ crop }, { crop: { x: 0, y: 0, width: 1000, height: 1000 } })).toEqual({});
    expect(withPicture({ masks: [MASK] }, { masks: [], colours: PLAIN })).toEqual({});
    const lut = { sha256: 'ab'.repeat(32), name: '茶园', strength: 0 };
    expect(withPicture({ lut }, { turn: 180 })).toEqual({ lut, turn: 180 });
    expect(withPicture({ lut, turn: 180 }, { lut: null })).toEqual({ turn: 180 });
    expect(withPicture({ masks: [MASK] }, { turn: 180 })).toEqual({ masks: [MASK], turn: 180 });
  });

  test('a clip that is split keeps it in both halves: masks hold on either side', () => {
    const masked = applyOperation(start, { type: 'setPicture', clipId: 'c', masks: [MASK], turn: 90 }).timeline;
    const { timeline } = applyOperation(masked, { type: 'splitClip', atUs: 2 * S, newId: 'd' });
    expect(timeline.storyline.map(({ masks, turn }) => [masks, turn])).toEqual([
      [[MASK], 90],
      [[MASK], 90],
    ]);
  });

  test('is taken back to the letter, and nothing changes when nothing is asked', () => {
    const done = applyOperation(start, { type: 'setPicture', clipId: 'c', colours: { ...PLAIN, warmth: 20 } });
    expect(applyOperation(done.timeline, done.inverse).timeline).toEqual(start);
    expect(applyOperation(start, { type: 'setPicture', clipId: 'c', turn: 0, masks: [] }).timeline).toBe(start);
  });

  test.each([
    [{ crop: { x: 600, y: 0, width: 500, height: 1000 } }, 'reaches beyond'],
    [{ zoom: { from: { x: 0, y: 0, size: 100 }, to: { x: 0, y: 0, size: 1000 } } }, 'from/size'],
    [{ turn: 45 }, 'turn'],
    [{ masks: [{ ...MASK, keys: [] }] }, 'keys'],
    [{ masks: [{ ...MASK, keys: [key(S, 0), key(S, 1)] }] }, 'keys stand by their time'],
    [{ masks: [MASK, MASK] }, 'twice'],
    [{ lut: { sha256: 'ab', name: 'x', strength: 100 } }, 'lut/sha256'],
    [{ lut: { sha256: 'ab'.repeat(32), name: 'x', strength: 101 } }, 'lut/strength'],
  ])('%o is refused at the door', (set, why) => {
    const read = () => parseOperations([{ type: 'setPicture', clipId: 'c', ...set }]);
    expect(read).toThrow(StudioError);
    try {
      read();
    } catch (error) {
      expect((error as StudioError).params['what']).toContain(why);
    }
  });
});

describe('the numbers film and preview share', () => {
  test('the size of what is left', () => {
    const source = { width: 1920, height: 1080 };
    expect(shownSize(source, {})).toEqual(source);
    expect(shownSize(source, { turn: 270 })).toEqual({ width: 1080, height: 1920 });
    const crop = { x: 0, y: 0, width: 500, height: 250 };
    expect(shownSize(source, { turn: 90, crop })).toEqual({ width: 540, height: 480 });
  });

  test('a view goes evenly from one to the other', () => {
    const zoom = { from: { x: 0, y: 0, size: 1000 }, to: { x: 400, y: 200, size: 500 } };
    expect(viewAt({ zoom }, 0)).toEqual(zoom.from);
    expect(viewAt({ zoom }, 0.5)).toEqual({ x: 200, y: 100, size: 750 });
    expect(viewAt({ zoom }, 7)).toEqual(zoom.to);
    expect(viewAt({}, 0.3)).toEqual({ x: 0, y: 0, size: 1000 });
  });

  test('a mask stands still before its first and behind its last key, and moves between', () => {
    const at = (us: number) => maskAt(MASK, us).x;
    expect([at(0), at(S), at(2 * S), at(2.5 * S), at(3 * S), at(9 * S)]).toEqual([0, 0, 200, 300, 400, 400]);
    expect(maskCell(MASK, { width: 1200, height: 600 })).toBe(40);
    expect(maskCell({ ...MASK, keys: [{ ...key(0, 0), width: 10, height: 10 }] }, { width: 640, height: 360 })).toBe(8);
  });

  test('a mask between two times is as large as all of its way', () => {
    const keys = [key(0, 0), { ...key(S, 300), y: 0 }, key(2 * S, 100)];
    const mask: Mask = { ...MASK, keys };
    expect(maskBetween(mask, 1.5 * S, 1.5 * S)).toEqual(maskAt(mask, 1.5 * S));
    expect(maskBetween(mask, 0, 2 * S)).toEqual({ x: 0, y: 0, width: 500, height: 400 });
    expect(maskBetween(mask, -S, 0)).toEqual({ x: 0, y: 100, width: 200, height: 300 });
  });

  test('colours: plain is the identity, no saturation is grey, a stop is 2^(1/2.2)', () => {
    const plain = colourTransfer(PLAIN);
    expect(plain).toEqual({ slope: [1, 1, 1], intercept: 0, matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] });
    const grey = colourTransfer({ ...PLAIN, saturation: -100 }).matrix;
    expect(grey.slice(0, 3)).toEqual(grey.slice(3, 6));
    expect(grey[0] + grey[1] + grey[2]).toBeCloseTo(1);
    expect(colourTransfer({ ...PLAIN, exposure: 100 }).slope[1]).toBeCloseTo(1.37035, 5);
    const soft = colourTransfer({ ...PLAIN, contrast: -100 });
    expect([soft.slope[0], soft.intercept]).toEqual([0.5, 0.25]);
  });
});
