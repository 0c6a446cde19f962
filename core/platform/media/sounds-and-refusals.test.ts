import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_FFMPEG, make, moving, quietLog, refusalOf, scratch, tone, x264 } from './fixtures.ts';
import { createMediaEngine } from './index.ts';

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);
const probe = (file: string) => engine.probe(file, { name: path.basename(file) });

describe.skipIf(!HAS_FFMPEG)('sounds (skipped where ffmpeg is not on the PATH)', () => {
  test('an mp3 with a cover is a sound', async () => {
    const cover = make(at('cover.jpg'), ...moving('64x64', 1, 1), '-frames:v', '1');
    const file = make(
      at('cover.mp3'),
      ...tone(3),
      '-i',
      cover,
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-c:a',
      'libmp3lame',
      '-disposition:v',
      'attached_pic',
    );
    const answer = await probe(file);
    expect(answer).toMatchObject({
      kind: 'audio',
      width: null,
      videoCodec: null,
      audioTracks: 1,
      mime: 'audio/mpeg',
      problems: [],
    });
    expect(Math.abs((answer.durationUs ?? 0) - 3_000_000)).toBeLessThan(60_000);
  });

  test.each([
    ['s.wav', ['-c:a', 'pcm_s16le'], 'audio/wav'],
    ['s.flac', ['-c:a', 'flac'], 'audio/flac'],
    ['s.ogg', ['-c:a', 'libvorbis'], 'audio/ogg'],
    ['s.m4a', ['-c:a', 'aac'], 'audio/mp4'],
    ['s.mp3', ['-c:a', 'libmp3lame', '-q:a', '3'], 'audio/mpeg'],
  ])('%s, whole and cut', async (name, options, mime) => {
    const file = make(at(name), ...tone(5), ...options, ...(name.endsWith('m4a') ? ['-movflags', '+faststart'] : []));
    const answer = await probe(file);
    expect(answer).toMatchObject({ kind: 'audio', mime, problems: [] });
    expect(Math.abs((answer.durationUs ?? 0) - 5_000_000)).toBeLessThan(60_000);
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    if (name === 's.ogg') await expect(probe(file)).resolves.toMatchObject({ kind: 'audio' });
    else expect((await refusalOf(probe(file))).code).toBe('media_truncated');
  });

  test.each([
    ['silence.wav', 'pcm_s16le'],
    ['silence-adpcm.wav', 'adpcm_ima_wav'],
    ['silence.m4a', 'aac'],
    ['silence.flac', 'flac'],
  ])('silence is not a hole: %s', async (name, codec) => {
    const file = make(at(name), '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', '2', '-c:a', codec);
    const answer = await probe(file);
    expect(answer).toMatchObject({ kind: 'audio', problems: [] });
    // ADPCM comes in blocks of 1017 samples, the last one filled up.
    expect(Math.abs((answer.durationUs ?? 0) - 2_000_000)).toBeLessThan(21_200);
  });
});

describe('what is refused', () => {
  test('an empty file, a missing one, a folder', async () => {
    writeFileSync(at('empty.mp4'), '');
    mkdirSync(at('folder.mp4'));
    expect(await refusalOf(probe(at('empty.mp4')))).toMatchObject({
      code: 'empty_file',
      params: { file: 'empty.mp4' },
    });
    expect((await refusalOf(probe(at('nowhere.mp4')))).code).toBe('file_missing');
    expect((await refusalOf(probe(at('folder.mp4')))).code).toBe('file_unreadable');
  });

  test.each([
    ['text.mp4', '这是一段文字，不是视频。\n'.repeat(200)],
    ['list.mp4', `ffconcat version 1.0\nfile '/etc/passwd'\n`],
    ['list.m3u8', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n'],
    ['table.csv', 'a,b\n1,2\n'],
  ])('%s is not media', async (name, text) => {
    writeFileSync(at(name), text);
    expect((await refusalOf(probe(at(name)))).code).toBe('unreadable_media');
  });

  test('noise is not media', async () => {
    const noise = Buffer.alloc(50_000, 0);
    let state = 12345;
    for (let i = 0; i < noise.length; i += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      noise[i] = state >> 16;
    }
    writeFileSync(at('noise.mp4'), noise);
    expect((await refusalOf(probe(at('noise.mp4')))).code).toBe('unreadable_media');
  });

  test('a cancelled probe says so', async () => {
    writeFileSync(at('some.mp4'), 'x');
    const control = new AbortController();
    control.abort();
    expect((await refusalOf(engine.probe(at('some.mp4'), { name: 'a', signal: control.signal }))).code).toBe(
      'cancelled',
    );
  });
});

describe.skipIf(!HAS_FFMPEG)('names (skipped where ffmpeg is not on the PATH)', () => {
  test.each([
    '-y.mp4',
    'it\'s “引号” "x".mp4',
    '采访 😀 100%.mp4',
    'a%03d.mp4',
    'http:evil.mp4',
    'concat:a|b.mp4',
    '[1].mp4',
    '没有扩展名',
  ])('%s', async (name) => {
    const plain = make(at('named.mp4'), ...moving('64x64', 25, 1), ...x264());
    copyFileSync(plain, at(name));
    await expect(probe(at(name))).resolves.toMatchObject({ kind: 'video', durationUs: 1_000_000 });
  });
});
