import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('readArguments', () => {
  it.each([
    [['tongxin'], { cli: null, workspace: null, sample: false }],
    [['electron', '--no-sandbox', '/app', '--workspace', '/a b'], { cli: null, workspace: '/a b', sample: false }],
    [['tongxin', '--workspace=/a'], { cli: null, workspace: '/a', sample: false }],
    [['tongxin', '--sample'], { cli: null, workspace: null, sample: true }],
    [['tongxin', '--workspace'], { cli: null, workspace: null, sample: false }],
    [['tongxin', '--workspace='], { cli: null, workspace: null, sample: false }],
    [['electron', '/app', '--cli', 'doctor', '--json'], { cli: ['doctor', '--json'], workspace: null, sample: false }],
    [['tongxin', '--cli'], { cli: [], workspace: null, sample: false }],
    [
      ['tongxin', '--cli', 'check', '--workspace', '/a'],
      { cli: ['check', '--workspace', '/a'], workspace: null, sample: false },
    ],
  ])('%j', (argv, expected) => {
    expect(readArguments(argv)).toEqual(expected);
  });
});
