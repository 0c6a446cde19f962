/** Whatever comes in: the article that comes out passes the one door, or the file is refused by name. */
import { expect, it } from 'vitest';
import { cell, docx, list, numbered, p, row, run, table } from '../../../tests/fixtures/docx.ts';
import { StudioError } from '../../model/errors.ts';
import { articleText, parseArticle } from '../../model/article/index.ts';
import { importDocument } from './index.ts';

/** Mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TAGS =
  'p div section h1 h2 h4 ul ol li table tr td th caption tbody blockquote pre b i u s sub sup a span br hr img figure figcaption center dl dt dd form svg math select option frameset body html head title template'.split(
    ' ',
  );
const ATTRIBUTES = [
  '',
  ' style="text-align:center;font-weight:bold"',
  ' colspan=3',
  ' rowspan=4',
  ' href="https://a.cn"',
  ' href="javascript:1"',
  ' src="a.png"',
  ' start=-5',
  ' hidden',
  ' colspan=0 rowspan=99999',
];
const TEXTS = ['文', ' ', '\n', 'a b', '\u00a0', '　', '&nbsp;', '\u0000', '\ud800', '<', '👨‍👩‍👧', '&#xD800;', '\u202e'];

it('random tag soup', async () => {
  const next = random(42);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  for (let round = 0; round < 300; round++) {
    let html = '';
    for (let i = 0; i < 80; i++) {
      const kind = next();
      if (kind < 0.5) html += `<${pick(TAGS)}${pick(ATTRIBUTES)}>`;
      else if (kind < 0.75) html += `</${pick(TAGS)}>`;
      else html += pick(TEXTS);
    }
    const { doc, title } = await importDocument(Buffer.from(`x${html}`), '随机.html');
    expect(parseArticle(doc), html).toEqual(doc);
    expect(title).not.toBe('');
  }
});

it('random Word documents keep every word', async () => {
  const next = random(7);
  const numbering =
    list(1, [
      ['decimal', '%1.'],
      ['bullet', '•'],
      ['lowerRoman', '%3.'],
    ]) +
    list(2, [
      ['chineseCounting', '%1、'],
      ['decimal', '%1.%2'],
    ]);
  for (let round = 0; round < 60; round++) {
    let words = 0;
    const word = (): string => `词${words++};`;
    const block = (depth: number): string => {
      const kind = next();
      if (kind < 0.3) return p(run(word()) + run(word(), '<w:b/>'));
      if (kind < 0.75 || depth > 3) return numbered(1 + Math.floor(next() * 2), Math.floor(next() * 3), run(word()));
      const cells = (): string =>
        Array.from({ length: 1 + Math.floor(next() * 3) }, () =>
          cell(block(depth + 1), next() < 0.3 ? '<w:vMerge w:val="restart"/>' : ''),
        ).join('');
      return table(row(cells()), row(cells()));
    };
    const body = p('题') + Array.from({ length: 12 }, () => block(0)).join('');
    const { doc } = await importDocument(docx({ body, numbering }), '随机.docx');
    expect(parseArticle(doc)).toEqual(doc);
    const found = [...articleText(doc).matchAll(/词\d+;/g)].map((m) => m[0]);
    expect(found).toEqual(Array.from({ length: words }, (_, i) => `词${i};`));
  }
});

it('random bytes', async () => {
  const next = random(99);
  for (let round = 0; round < 400; round++) {
    const bytes = Buffer.from(Array.from({ length: 1 + Math.floor(next() * 60) }, () => Math.floor(next() * 256)));
    for (const extension of ['txt', 'md', 'html', 'docx']) {
      try {
        const { doc } = await importDocument(bytes, `x.${extension}`);
        expect(parseArticle(doc)).toEqual(doc);
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
        expect(['not_a_document', 'empty_file']).toContain(error.code);
      }
    }
  }
});
