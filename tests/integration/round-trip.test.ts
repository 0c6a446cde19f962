/** JSON → Markdown → JSON and JSON → Word → JSON lose what docs/TARGETS.md lists, and nothing else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOTHING_KNOWN, renderTarget } from '../../core/model/targets/index.ts';
import { createDocumentMaker } from '../../core/platform/documents/index.ts';
import type { DocumentPicture } from '../../core/ports/index.ts';
import { importDocument, type ImportedDocument } from '../../core/stories/import/index.ts';
import { fullArticle } from '../fixtures/article.ts';
import { lostFeatures, lostWords } from '../support/round-trip.ts';
import { repoRoot } from '../support/studio.ts';

const title = '半山上的茶：五十一年';
const doc = fullArticle();
const ids = Array.from({ length: 7 }, (_, i) => `pic-${i + 1}`);
const images = new Map(ids.map((id, i) => [id, { src: `images/0${i + 1}.jpg`, width: 120, height: 80 }]));
const about = { ...NOTHING_KNOWN, publisher: '清河发布' };

/** Features with an x under `column` in the table. */
function listed(column: 'md' | 'docx'): string[] {
  const rows = readFileSync(path.join(repoRoot, 'docs/TARGETS.md'), 'utf8').matchAll(
    /^\| `([\w.]+)` +\| +(x?) *\| +(x?) *\|/gm,
  );
  return [...rows].flatMap(([, name = '', md, docx]) => ((column === 'md' ? md : docx) === 'x' ? [name] : [])).sort();
}

let picture: Buffer;
beforeAll(async () => {
  picture = await sharp({ create: { width: 120, height: 80, channels: 3, background: '#8a6' } })
    .jpeg()
    .toBuffer();
});

/** What both have in common: titles, notes and pictures with their words come back. */
function expectKept(imported: ImportedDocument): void {
  expect(imported.title).toBe(title);
  expect(imported.images.length).toBeGreaterThanOrEqual(7);
  const nodes = imported.doc.content.map(({ type, attrs }) => ({ type, ...attrs }));
  expect(nodes).toContainEqual(
    expect.objectContaining({ type: 'image', alt: '清晨的茶园', caption: '清晨六点的茶园', credit: '陈志远 摄' }),
  );
  expect(nodes).toContainEqual(expect.objectContaining({ type: 'image', alt: '晒茶', ai: true }));
  expect(JSON.stringify(imported.doc)).toContain('{"type":"footnote","attrs":{"text":"据镇上的户籍登记。"}}');
}

describe('round trips', () => {
  it('Markdown', async () => {
    const { file } = renderTarget('md', { title, doc, images, about });
    const beside = new Map([...images.values()].map(({ src }) => [src, new Uint8Array(picture)]));
    const imported = await importDocument(Buffer.from(file, 'utf8'), '稿.md', beside);
    expectKept(imported);
    expect(imported.repairs).toEqual([]);
    expect(lostFeatures(doc, imported.doc)).toEqual(listed('md'));
    expect(lostWords(doc, imported.doc)).toEqual([
      '林阿伯七十三岁，守着半山那片老茶园四十年五十一年。土壤pH 值 5.2，海拔 800 m2，CO2少。',
      '他说“茶要等人”。详见县志和上一篇。',
    ]);
    // A second time there is nothing left to lose but where a card was read as paragraphs.
    const again = renderTarget('md', { title, doc: imported.doc, images: new Map(), about }).file;
    const third = await importDocument(Buffer.from(again, 'utf8'), '稿.md');
    expect(lostWords(imported.doc, third.doc)).toEqual([]);
  });

  it('Word, the contribution form left out and told', async () => {
    const pictures = new Map<string, DocumentPicture>(
      ids.map((id) => [id, { data: picture, format: 'jpeg', width: 120, height: 80 }]),
    );
    const made = await createDocumentMaker().docx({ input: { title, doc, images, about }, pictures, form: true });
    const imported = await importDocument(made.data, '稿.docx');
    expectKept(imported);
    expect(imported.repairs.map((r) => r.code)).toEqual(['contribution_form_left_out']);
    expect(lostFeatures(doc, imported.doc)).toEqual(listed('docx'));
    expect(lostWords(doc, imported.doc)).toEqual(['他说“茶要等人”。详见县志和上一篇。']);
  });
});
