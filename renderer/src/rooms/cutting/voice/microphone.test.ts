import { afterEach, describe, expect, it, vi } from 'vitest';
import { Microphone, listMicrophones, microphoneError } from './microphone.ts';

afterEach(() => vi.unstubAllGlobals());

const refusing = (name: string) => vi.fn(() => Promise.reject(new DOMException('no', name)));
const open = () =>
  Microphone.open(
    'chosen',
    () => undefined,
    () => undefined,
  );

describe('a microphone that cannot be had', () => {
  it.each([
    ['NotAllowedError', 'microphone_denied'],
    ['SecurityError', 'microphone_denied'],
    ['NotFoundError', 'microphone_missing'],
    ['NotReadableError', 'microphone_busy'],
    ['AbortError', 'microphone_busy'],
  ])('%s is told as %s', async (name, code) => {
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: refusing(name) } });
    await expect(open()).rejects.toMatchObject({ code });
    expect(microphoneError(new Error('odd')).code).toBe('microphone_busy');
  });

  it('the chosen one is not connected: another is asked for, as it is', async () => {
    const ask = refusing('OverconstrainedError');
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: ask } });
    await expect(open()).rejects.toMatchObject({ code: 'microphone_missing' });
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
    expect(ask.mock.calls).toEqual([
      [{ audio: { ...plain, deviceId: { exact: 'chosen' } }, video: false }],
      [{ audio: plain, video: false }],
    ]);
  });

  it('an address that is not safe has no microphones at all', async () => {
    vi.stubGlobal('navigator', {});
    await expect(open()).rejects.toMatchObject({ code: 'microphone_needs_localhost' });
    expect(await listMicrophones()).toEqual([]);
  });
});
