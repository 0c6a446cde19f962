/** Encodings of short texts, as caption files are. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { Repairs, decodeText, visibleCharacters } from './index.ts';

const SRT =
  '1\n00:00:01,000 --> 00:00:03,200\n清晨五点，茶园的雾还没有散。\n\n2\n00:00:03,400 --> 00:00:06,000\n老周已经背着竹篓上了山。\n';
const TRADITIONAL =
  '1\n00:00:01,000 --> 00:00:03,200\n歡迎收看今天的節目，我們來到台北。\n\n2\n00:00:03,400 --> 00:00:06,000\n這裡的茶葉很有名。\n';

const decode = (bytes: Uint8Array): ReturnType<typeof decodeText> => decodeText(bytes, { html: false });

describe('decodeText', () => {
  it.each([
    ['utf8', 'UTF-8'],
    ['gb18030', 'GB18030'],
    ['utf-16le', 'UTF-16LE'],
    ['utf-16be', 'UTF-16BE'],
  ])('%s, with and without a mark', (encoding, label) => {
    const plain = { text: SRT, encoding: label, mark: false, guessed: false, unreadable: 0 };
    expect(decode(iconv.encode(SRT, encoding))).toEqual(plain);
    expect(decode(iconv.encode(`\ufeff${SRT}`, encoding))).toEqual({ ...plain, mark: true });
  });

  it('Big5 is a guess', () => {
    expect(decode(iconv.encode(TRADITIONAL, 'big5'))).toMatchObject({
      text: TRADITIONAL,
      encoding: 'Big5',
      guessed: true,
    });
  });

  it('UTF-8 cut off inside a character, or with a foreign byte, is still UTF-8', () => {
    const bytes = Buffer.from(SRT.trimEnd());
    const cut = decode(bytes.subarray(0, -2));
    expect(cut).toMatchObject({ encoding: 'UTF-8', guessed: false, unreadable: 1 });
    expect(cut?.text.slice(0, 60)).toBe(SRT.slice(0, 60));
  });

  it('halves of a character written as UTF-8: a pair is the character, one alone is one unreadable sign', () => {
    const say = (...middle: number[]): ReturnType<typeof decode> =>
      decode(Buffer.concat([Buffer.from('清早上山采茶，前'), Buffer.from(middle), Buffer.from('后。')]));
    expect(say(0xed, 0xa0, 0xbc, 0xed, 0xbd, 0xb5)).toMatchObject({
      ...{ text: '清早上山采茶，前🍵后。', encoding: 'UTF-8', guessed: false, unreadable: 0 },
    });
    expect(say(0xed, 0xa0, 0xbc)).toMatchObject({
      text: '清早上山采茶，前\uFFFD后。',
      encoding: 'UTF-8',
      unreadable: 1,
    });
    expect(say(0xed, 0xbd, 0xb5)).toMatchObject({ text: '清早上山采茶，前\uFFFD后。', unreadable: 1 });
  });

  it('characters beyond GBK', () => {
    expect(decode(iconv.encode(`${SRT}㐂𠮷`, 'gb18030'))?.text).toBe(`${SRT}㐂𠮷`);
  });

  it('is null for what is no text', () => {
    expect(decode(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toBeNull();
    expect(decode(Uint8Array.from({ length: 200 }, (_, i) => i % 20))).toBeNull();
  });
});

it('visibleCharacters counts what it drops and what it cannot read', () => {
  expect(visibleCharacters('a\0\u200bb\ud800')).toEqual({ text: 'ab\ufffd', dropped: 2, unreadable: 1 });
});

it('Repairs adds up by kind and names at most five things', () => {
  const list = new Repairs({ lost: (n: number, names: string) => `${n}：${names}`, other: () => '' });
  list.add('lost', 0);
  expect(list.toArray()).toEqual([]);
  for (const name of ['a', 'b', 'a', 'c', 'd', 'e', 'f']) list.add('lost', 1, name);
  expect(list.toArray()).toEqual([{ code: 'lost', message: '7：a、b、c、d、e等', count: 7 }]);
});
