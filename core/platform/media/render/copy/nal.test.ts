import { describe, expect, test } from 'vitest';
import { bitsOf, bytesOfBits, escaped, nalsOf, readUe, sampleOf, ueBits, unescaped } from './nal.ts';
import { freeIdOf, joinedConfig, readConfig, renumberedSlice } from './config.ts';

describe('NAL units', () => {
  test('are found by their lengths, and not where these do not add up', () => {
    const nals = [Buffer.from([0x65, 1, 2, 3]), Buffer.from([0x41, 9])];
    expect(nalsOf(sampleOf(nals))).toEqual(nals);
    expect(nalsOf(sampleOf(nals).subarray(0, -1))).toBeNull();
    expect(nalsOf(Buffer.from([0, 0, 0, 0, 1]))).toBeNull();
    expect(nalsOf(Buffer.from([0, 0, 0, 9, 1]))).toBeNull();
  });

  test('keep start codes out of their payload, and give it back', () => {
    const payload = Buffer.from([0, 0, 0, 0, 0, 1, 7, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0]);
    const nal = escaped(payload);
    expect(nal.indexOf(Buffer.from([0, 0, 0]))).toBe(-1);
    expect(nal.indexOf(Buffer.from([0, 0, 1]))).toBe(-1);
    expect(unescaped(nal)).toEqual(payload);
  });

  test('count in Exp-Golomb', () => {
    for (const value of [0, 1, 2, 6, 7, 15, 31, 255]) {
      expect(readUe(`101${ueBits(value)}1`, 3)).toEqual({ value, end: 3 + ueBits(value).length });
    }
    expect(readUe('0000', 0)).toBeNull();
    expect(bytesOfBits(bitsOf(Buffer.from([1, 128, 255])))).toEqual(Buffer.from([1, 128, 255]));
  });

  test('a slice of HEVC gets one byte more, and all behind its number stays where it was in its byte', () => {
    // IDR_W_RADL, first slice, no picture dropped, set 0, then coded data with bytes that need an escape.
    const head = Buffer.from([0x26, 0x01]);
    const payload = bytesOfBits(`10101101${bitsOf(Buffer.from([0, 0, 1, 0xab, 0xcd]))}`);
    const slice = escaped(Buffer.concat([head, payload]));
    const own = unescaped(renumberedSlice(slice));
    expect(bitsOf(own.subarray(2))).toBe(`10${ueBits(15)}01101${bitsOf(Buffer.from([0, 0, 1, 0xab, 0xcd]))}`);
    expect(() => renumberedSlice(Buffer.concat([head, Buffer.from([0b10010000, 1, 2])]))).toThrow('another number');
  });
});

describe('parameter sets', () => {
  const sps = (id: number): Buffer => Buffer.concat([Buffer.from([0x67, 100, 0, 31]), bytesOfBits(`${ueBits(id)}1`)]);
  const pps = (id: number): Buffer => Buffer.concat([Buffer.from([0x68]), bytesOfBits(`${ueBits(id)}11`)]);
  const config = (id: number, level: number) => ({
    ...{ codec: 'h264' as const, head: Buffer.from([1, 100, 0, level]), sets: [sps(id), pps(id)] },
  });

  test('of two kinds stand in one configuration, the higher level with them', () => {
    const joined = joinedConfig([config(0, 31), config(1, 40), config(0, 31)]);
    expect(joined[3]).toBe(40);
    expect(readConfig('h264', joined)?.sets).toEqual([sps(0), sps(1), pps(0), pps(1)]);
    expect(freeIdOf(config(0, 31))).toBe(1);
    expect(freeIdOf({ ...config(0, 31), sets: [sps(0), pps(1), pps(2)] })).toBe(3);
  });

  test('of lengths that are not four bytes, cut short, or none at all are refused', () => {
    const joined = joinedConfig([config(0, 31)]);
    const short = Buffer.from(joined);
    short[4] = 0xfd;
    expect(readConfig('h264', short)).toBeNull();
    expect(readConfig('h264', joined.subarray(0, 12))).toBeNull();
    expect(readConfig('hevc', Buffer.alloc(30))).toBeNull();
    expect(readConfig('h264', Buffer.alloc(0))).toBeNull();
  });
});
