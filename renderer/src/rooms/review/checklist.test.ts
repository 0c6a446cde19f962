import { describe, expect, it } from 'vitest';
import { MAX_OPINION, signedOpinion } from './checklist.ts';

describe('the words that are signed', () => {
  it('are what was written, then what was checked', () => {
    expect(signedOpinion(' 同意。 ', '已核：政治。')).toBe('同意。\n已核：政治。');
    expect(signedOpinion('', '已核：政治。')).toBe('已核：政治。');
  });
  it('are never longer than the contract takes', () => {
    expect(signedOpinion('字'.repeat(3000), '已核。')).toHaveLength(MAX_OPINION);
  });
});
