import { describe, expect, it } from 'vitest';
import { reasonOfDeath } from './electron.mjs';

describe('why a window never opened', () => {
  it.each([
    [
      'FATAL:setuid_sandbox_host.cc(158)] The SUID sandbox helper binary was found, but is not configured correctly.',
      'the system does not let the desktop window run in its sandbox',
    ],
    [
      'electron: error while loading shared libraries: libnss3.so: cannot open shared object file',
      'the system library libnss3.so is missing',
    ],
    ['ERROR:ozone_platform_x11.cc(240)] Missing X server or $DISPLAY', 'the display cannot be reached'],
    ['Segmentation fault', 'the desktop window closed at once'],
  ])('%s', (stderr, reason) => expect(reasonOfDeath(stderr).en).toBe(reason));
});
