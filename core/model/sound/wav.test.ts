import { describe, expect, it } from 'vitest';
import { TAKE_RATE, WAV_HEADER_BYTES, takeDurationUs, toPcm24, wavHeader } from './wav.ts';

describe('the sound of a take', () => {
  it('has the head that RIFF/WAVE asks for', () => {
    const bytes = Buffer.from(wavHeader(300));
    expect(bytes).toHaveLength(WAV_HEADER_BYTES);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(36 + 300);
    expect(bytes.toString('latin1', 8, 16)).toBe('WAVEfmt ');
    expect([20, 22, 32, 34].map((at) => bytes.readUInt16LE(at))).toEqual([1, 1, 3, 24]);
    expect(bytes.readUInt32LE(24)).toBe(48_000);
    expect(bytes.readUInt32LE(28)).toBe(144_000);
    expect(bytes.readUInt32LE(40)).toBe(300);
  });

  it('is whole numbers of 24 bits, cut off where it is louder than full scale', () => {
    const bytes = Buffer.from(toPcm24(Float32Array.of(0, 0.5, -0.5, 1, -1, 3, 2 ** -23)));
    const read = Array.from({ length: 7 }, (_, i) => bytes.readIntLE(3 * i, 3));
    expect(read).toEqual([0, 2 ** 22, -(2 ** 22), 2 ** 23 - 1, -(2 ** 23), 2 ** 23 - 1, 1]);
  });

  it('lasts as long as it has whole samples', () => {
    expect(takeDurationUs(3 * TAKE_RATE)).toBe(1_000_000);
    expect(takeDurationUs(3 * TAKE_RATE + 2)).toBe(1_000_000);
    expect(takeDurationUs(0)).toBe(0);
  });
});
