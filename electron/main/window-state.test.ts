import { describe, expect, it } from 'vitest';
import { fitToDisplays } from './window-state.ts';

const laptop = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };

describe('fitToDisplays', () => {
  it('opens in the middle of the first display at first', () => {
    expect(fitToDisplays(null, [laptop, right])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
  });
  it('keeps bounds that fit', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(fitToDisplays(saved, [laptop, right])).toEqual(saved);
  });
  it('comes back to the middle of the first display when its display is gone', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(fitToDisplays(saved, [laptop])).toEqual({ x: 360, y: 120, width: 1200, height: 800 });
  });
  it('moves a window that hangs over the edge back in', () => {
    expect(fitToDisplays({ x: 1500, y: -50, width: 1200, height: 800 }, [laptop])).toEqual({
      x: 720,
      y: 0,
      width: 1200,
      height: 800,
    });
  });
  it('shrinks to the display but not below the smallest size', () => {
    expect(fitToDisplays({ x: 0, y: 0, width: 5000, height: 4000 }, [laptop])).toEqual(laptop);
    expect(fitToDisplays({ x: 0, y: 0, width: 300, height: 200 }, [laptop])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 680,
    });
    expect(fitToDisplays(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 680,
    });
  });
});
