import { describe, expect, it } from 'vitest';
import { decoderOptions, MOST_CANVASES, placesAtOnce } from './share.ts';

describe('sharing the computer out', () => {
  it('encodes one place at a time where there are few cores', () => {
    for (const cores of [1, 2, 4, 6]) expect(placesAtOnce(cores, 1, false)).toBe(1);
  });

  it('encodes several where there are many, one canvas or few', () => {
    expect(placesAtOnce(8, 1, false)).toBe(2);
    expect(placesAtOnce(16, 1, false)).toBe(4);
    expect(placesAtOnce(16, 2, false)).toBe(2);
  });

  it('never has more canvases under way than memory is counted for', () => {
    for (let cores = 1; cores <= 128; cores += 1) {
      for (let canvases = 1; canvases <= MOST_CANVASES; canvases += 1) {
        const places = placesAtOnce(cores, canvases, false);
        expect(places).toBeGreaterThanOrEqual(1);
        expect(places * canvases).toBeLessThanOrEqual(MOST_CANVASES);
      }
    }
  });

  it('makes what lies beside copied pictures two at a time, whatever the computer', () => {
    for (const cores of [1, 2, 64]) expect(placesAtOnce(cores, 1, true)).toBeGreaterThanOrEqual(2);
  });

  it('bounds the threads of a decoder only where there would be many', () => {
    expect(decoderOptions(2)).toEqual([]);
    expect(decoderOptions(32)).toEqual(['-threads', '4']);
  });
});
