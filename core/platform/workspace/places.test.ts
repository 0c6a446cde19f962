import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import { configHome, defaultDir, safeFolderName } from './places.ts';

const temp = tempDirs();

describe('the config home', () => {
  it.each([
    ['linux', {}, '/home/a/.config/tongxin-studio'],
    ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/tongxin-studio'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/a/.config/tongxin-studio'],
    ['linux', { TONGXIN_HOME: '/t', XDG_CONFIG_HOME: '/x' }, '/t'],
    ['darwin', {}, '/home/a/Library/Application Support/tongxin-studio'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/tongxin-studio'],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(configHome({ platform, env, home: '/home/a' })).toBe(path.normalize(expected));
  });
});

describe('a safe folder name', () => {
  it.each([
    ['同心县融媒体中心', '同心县融媒体中心'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['  x. . ', 'x'],
    ['..', '_'],
    ['.hidden', '_hidden'],
    ['', '工作区'],
    [' \t ', '工作区'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['console', 'console'],
    ['a\0b\nc', 'a_b_c'],
    ['e\u0301', '\u00e9'],
  ])('of %j is %j', (name, expected) => {
    expect(safeFolderName(name)).toBe(expected);
  });

  it('fits what a file system takes, whole characters only', () => {
    expect(safeFolderName('县'.repeat(300))).toBe('县'.repeat(66));
    const family = '👩‍👩‍👧‍👦';
    const kept = safeFolderName(family.repeat(50));
    expect(kept.length % family.length).toBe(0);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(200);
  });
});

it('gives a default folder that is not taken', () => {
  const home = temp();
  const first = defaultDir('采访', home);
  expect(first).toBe(path.join(home, 'TongxinStudio', '采访'));
  mkdirSync(first, { recursive: true });
  mkdirSync(`${first} 2`);
  expect(defaultDir('采访', home)).toBe(`${first} 3`);
});
