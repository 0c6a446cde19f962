/** Subtitles inside mp4 and mkv files, made with ffmpeg: told, read, refused where they are pictures. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_FFMPEG, make, moving, quietLog, refusalOf, scratch, x264 } from './fixtures.ts';
import { createMediaEngine } from './index.ts';

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);

function captions(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}
const SRT = '1\n00:00:00,500 --> 00:00:01,250\n<b>春茶</b>开采\n\n2\n00:00:01,500 --> 00:00:02,000\n好\n';
const ENGLISH = '1\n00:00:00,500 --> 00:00:01,250\nSpring tea\n';
const film = (name: string, ...options: string[]): string => {
  const files = [captions('a.srt', SRT), captions('b.srt', ENGLISH)].flatMap((file) => ['-i', file]);
  return make(
    at(name),
    ...moving('64x48', 25, 3),
    ...files,
    '-map',
    '0',
    '-map',
    '1',
    '-map',
    '2',
    ...x264(),
    ...options,
  );
};
const NAMED = [
  '-metadata:s:s:0',
  'language=chi',
  '-metadata:s:s:1',
  'language=eng',
  '-metadata:s:s:1',
  'title=English',
];
const read = async (file: string, track: number): Promise<string> =>
  new TextDecoder().decode((await engine.textTrack(file, track)).bytes);

/** One segment of a Blu-ray's subtitle file: "PG", two times of 90 kHz, a kind, its length. */
function segment(second: number, kind: number, body = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(13);
  head.write('PG', 0, 'latin1');
  head.writeUInt32BE(second * 90_000, 2);
  head.writeUInt8(kind, 10);
  head.writeUInt16BE(body.length, 11);
  return Buffer.concat([head, body]);
}
/** An empty screen of 64x48: what such a file begins with. */
const SCREEN = Buffer.from([0, 64, 0, 48, 0x10, 0, 0, 0x80, 0, 0, 0]);

describe.skipIf(!HAS_FFMPEG)('subtitles inside a film', () => {
  test.each([
    ['mp4', 'mov_text', 'srt'],
    ['mkv', 'subrip', 'srt'],
    ['mkv', 'ass', 'ass'],
    ['mkv', 'webvtt', 'srt'],
  ])('%s with %s: named with their language, read as %s', async (container, codec, format) => {
    const file = film(`${codec}.${container}`, '-c:s', codec, ...NAMED);
    const tracks = await engine.textTracks(file);
    // MP4 keeps no titles of its tracks.
    const title = container === 'mp4' ? '' : 'English';
    expect(tracks).toEqual([
      { track: 1, codec, language: 'chi', title: '', readable: true },
      { track: 2, codec, language: 'eng', title, readable: true },
    ]);
    const first = await engine.textTrack(file, 1);
    expect([first.format, first.zeroUs]).toEqual([format, 0]);
    const text = new TextDecoder().decode(first.bytes);
    expect(text).toContain('开采');
    expect(text).toMatch(/0:00:00[.,]50?0? ?(?:-->|,)/);
    expect(await read(file, 2)).toContain('Spring tea');
    const { problems } = await engine.probe(file, { name: 'film' });
    expect(problems).toEqual([{ code: 'text_tracks', message: '自带 2 条文字字幕，在剪辑室的“导入字幕”里可以取用。' }]);
  });

  test('a picture that begins later: what the container calls its time is told', async () => {
    const file = film('late.mkv', '-c:s', 'subrip', '-output_ts_offset', '5');
    const { bytes, zeroUs } = await engine.textTrack(file, 1);
    expect(zeroUs).toBe(5_000_000);
    expect(new TextDecoder().decode(bytes)).toContain('00:00:05,500 --> 00:00:06,250');
  });

  test('pictures of words are named and refused; what is no subtitle is unknown; most films have none', async () => {
    writeFileSync(
      at('drawn.sup'),
      Buffer.concat([segment(0, 0x16, SCREEN), segment(0, 0x80), segment(1, 0x16, SCREEN), segment(1, 0x80)]),
    );
    const inputs = [...moving('64x48', 25, 2), '-i', at('drawn.sup'), '-i', captions('c.srt', SRT)];
    const drawn = make(
      at('drawn.mkv'),
      ...inputs,
      ...['-map', '0', '-map', '1', '-map', '2'],
      ...x264(),
      ...['-c:s:0', 'copy', '-c:s:1', 'subrip'],
    );
    expect(await engine.textTracks(drawn)).toEqual([
      { track: 1, codec: 'hdmv_pgs_subtitle', language: null, title: '', readable: false },
      { track: 2, codec: 'subrip', language: null, title: '', readable: true },
    ]);
    expect(await refusalOf(engine.textTrack(drawn, 1))).toMatchObject({
      code: 'text_track_unreadable',
      params: { codec: 'hdmv_pgs_subtitle' },
    });
    expect(await refusalOf(engine.textTrack(drawn, 0))).toMatchObject({ code: 'unknown_id' });
    expect((await engine.probe(drawn, { name: 'film' })).problems.map(({ code }) => code)).toEqual([
      'text_tracks',
      'picture_tracks',
    ]);
    const plain = make(at('plain.mp4'), ...moving('64x48', 25, 1), ...x264());
    expect(await engine.textTracks(plain)).toEqual([]);
    expect((await engine.probe(plain, { name: 'film' })).problems).toEqual([]);
  });
});
