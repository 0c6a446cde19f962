import { Editor, type JSONContent } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import { parseArticle, type ArticleNodeJson } from '../../../../../core/model/article/index.ts';
import { fullArticle } from '../../../../../tests/fixtures/article.ts';
import { articleExtensions } from './extensions.ts';
import { cleanPaste } from './clean-paste.ts';
import { fileOfDataUrl } from './paste/pictures.ts';

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('cleanPaste', () => {
  const place = (alt = '', caption = ''): string =>
    `<figure data-asset-id="" data-alt="${alt}" data-caption="${caption}"></figure>`;

  it('keeps the places of pictures from elsewhere, and none of their addresses', () => {
    const clean = cleanPaste(
      '<p>a<img src="https://t.example/a.png" alt="茶园"><b>b<img src="file:///c:/b.png" alt="图片">c</b></p><img src="x" width="1">',
    );
    expect(clean.pictures).toEqual([null, null]);
    expect(clean.html).toBe(`<p>a</p>${place('茶园')}<p><b>b</b></p>${place()}<p><b>c</b></p>`);
  });

  it('takes the caption of a picture that stands alone in its figure', () => {
    const clean = cleanPaste(
      '<figure><img data-src="https://mmbiz.qpic.cn/a"><figcaption>采茶\n 陈志远 摄</figcaption></figure><p>完</p>',
    );
    expect(clean.html).toBe(`<figure>${place('', '采茶 陈志远 摄')}</figure><p>完</p>`);
  });

  it('takes pictures that came with the text as files', async () => {
    const clean = cleanPaste(`<p>a<img src="${DOT}">b<img src="https://t.example/a.png"></p>`);
    expect(clean.html).toBe(`<p>a</p>${place()}<p>b</p>${place()}`);
    expect(clean.pictures.map((f) => f && [f.name, f.type])).toEqual([['picture-1.png', 'image/png'], null]);
    const bytes = new Uint8Array(await clean.pictures[0]!.arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it('lifts deep headings and keeps the rest', () => {
    expect(cleanPaste('<h5>t <b>x</b></h5><h2>k</h2>').html).toBe('<h3>t <b>x</b></h3><h2>k</h2>');
  });

  it('refuses data: addresses that are no pictures', () => {
    expect(fileOfDataUrl('data:text/html;base64,PGI+', 'x')).toBeNull();
    expect(fileOfDataUrl('data:image/svg+xml;base64,PHN2Zz4=', 'x')).toBeNull();
    expect(fileOfDataUrl('data:image/png;base64,***', 'x')).toBeNull();
  });
});

/** A list as Word 365 puts it on the clipboard. */
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal><b>经验</b><span style='color:red'>做法</span><o:p></o:p></p>
<p class=MsoListParagraph style='margin-left:18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>先看天<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span><span style='mso-list:Ignore'>a)<span>&nbsp; </span></span></span>看云</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span></span>再看叶</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='font-family:Wingdings'><span style='mso-list:Ignore'>Ø<span>&nbsp; </span></span></span>自带手套</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>`;

/** Blocks of page builders and official accounts: sections in sections, empty paragraphs, pictures by data-src. */
const ACCOUNT = `<section style="max-width:100%"><section><p style="color:rgb(62,62,62)">第一段<span style="color:rgb(255,76,65)">要紧</span></p></section>
<p><br></p><section><img data-src="https://mmbiz.qpic.cn/a/640" class="rich_pages"></section>
<section style="text-align:center"><span style="background-color:rgb(255,251,0)">标黄</span></section><p>&nbsp;</p><script>alert(1)</script></section>`;

describe('pasted from Word, WPS and official accounts', () => {
  let editor: Editor | null = null;
  afterEach(() => editor?.destroy());
  const paste = (html: string) => {
    editor = new Editor({ extensions: articleExtensions(), content: '' });
    editor.commands.setContent(cleanPaste(html).html);
    return parseArticle(editor.getJSON()).content;
  };
  const say = (n: ArticleNodeJson): string => {
    const marks = (n.marks ?? [])
      .map((m) => `${m.type}:${typeof m.attrs?.['color'] === 'string' ? m.attrs['color'] : ''}`)
      .join(',');
    if (n.type === 'text') return `“${n.text ?? ''}”${marks === '' ? '' : `[${marks}]`}`;
    return `${n.type}(${(n.content ?? []).map(say).join(' ')})`;
  };

  it('makes lists of what only looks like lists, nested and of both kinds, and drops Word’s own words', () => {
    expect(paste(WORD).map(say)).toEqual([
      'paragraph(“经验”[bold:] “做法”[textColor:red])',
      'orderedList(listItem(paragraph(“先看天”) orderedList(listItem(paragraph(“看云”)))) listItem(paragraph(“再看叶”)))',
      'bulletList(listItem(paragraph(“自带手套”)))',
    ]);
  });

  it('takes the words and colours of an account’s article, with a place for each picture, not its sections, blanks or scripts', () => {
    expect(cleanPaste(ACCOUNT).pictures).toEqual([null]);
    const content = paste(ACCOUNT);
    expect(content.map(say)).toEqual([
      'paragraph(“第一段” “要紧”[textColor:red])',
      'image()',
      'paragraph(“标黄”[highlight:yellow])',
    ]);
    expect(content[1]?.attrs).toMatchObject({ assetId: null, alt: '', caption: '' });
    expect(JSON.stringify(content)).not.toContain('alert');
  });

  it('copies a picture that still asks for its file with the text around it', () => {
    editor = new Editor({
      extensions: articleExtensions(),
      content: '<p>前</p><figure data-asset-id></figure><p>后</p>',
    });
    expect(paste(editor.getHTML()).map((n) => n.type)).toEqual(['paragraph', 'image', 'paragraph']);
  });

  it('leaves what this editor itself put on the clipboard as it is', () => {
    const full = fullArticle();
    editor = new Editor({ extensions: articleExtensions(), content: full as JSONContent });
    const html = editor.getHTML();
    editor.commands.setContent(cleanPaste(html).html);
    expect(parseArticle({ ...editor.getJSON() })).toEqual(full);
  });

  it('runs nothing and loads nothing', () => {
    const clean = cleanPaste(
      '<p onclick="x()">a</p><p style="background:url(https://t.example/x.png)">c</p><iframe src="https://t.example"></iframe><svg><foreignObject><p>b</p><script>x()</script></foreignObject></svg>',
    );
    expect(clean.html).not.toMatch(/script|iframe|svg|onclick/);
    expect(paste(clean.html).map(say)).toEqual(['paragraph(“a”)', 'paragraph(“c”)']);
  });
});
