import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { PNG } from '../../../tests/fixtures/docx.ts';
import { codeOf } from '../../../tests/fixtures/errors.ts';
import { articleText, parseArticle } from '../../model/article/index.ts';
import type { ArticleNodeJson } from '../../model/article/index.ts';
import { importDocument } from './index.ts';
import type { ImportedDocument } from './index.ts';

const take = async (html: string | Uint8Array): Promise<ImportedDocument> => {
  const imported = await importDocument(Buffer.from(html), '页.html');
  expect(parseArticle(imported.doc)).toEqual(imported.doc);
  return imported;
};
const codes = (imported: ImportedDocument): [string, number][] => imported.repairs.map((r) => [r.code, r.count]);
const outline = (node: ArticleNodeJson): unknown => {
  if (node.type === 'paragraph')
    return (node.content ?? []).map((c) => (c.type === 'hardBreak' ? '⏎' : c.text)).join('');
  return [node.type, ...(node.content ?? []).map((c) => (c.type === 'text' ? c.text : outline(c)))];
};
const tree = async (html: string): Promise<unknown[]> =>
  (await take(`<title>题</title>${html}`)).doc.content.map(outline);
const marks = async (html: string): Promise<unknown[]> =>
  ((await take(`<title>题</title><p>${html}</p>`)).doc.content[0]?.content ?? []).map((c) => [
    c.text,
    (c.marks ?? []).map((m) => m.type).join(' '),
  ]);
const dataUri = `data:image/png;base64,${PNG.toString('base64')}`;

describe('blocks', () => {
  it('reads headings, lists, quotes, rules and tables', async () => {
    expect(
      await tree(
        '<h2>节</h2><h5>深</h5><p>文</p><ol start=3><li>一<ul><li><p>二</p></li></ul></li><li></li></ol><blockquote>引</blockquote><hr>' +
          '<table><caption>表</caption><thead><tr><th>甲<th>乙</thead><tr><td colspan=2>丙</table>',
      ),
    ).toEqual([
      ['heading', '节'],
      ['heading', '深'],
      '文',
      ['orderedList', ['listItem', '一', ['bulletList', ['listItem', '二']]]],
      ['blockquote', '引'],
      ['horizontalRule'],
      '表',
      ['table', ['tableRow', ['tableHeader', '甲'], ['tableHeader', '乙']], ['tableRow', ['tableCell', '丙']]],
    ]);
  });
  it('flattens wrappers, parts at double breaks, folds white space', async () => {
    expect(
      await tree('<div><section><span>一</span> <b> 二 </b>\n三<div>四</div>五</section></div>六<br>七<br><br>八<br>'),
    ).toEqual(['一 二三', '四', '五', '六⏎七', '八']);
    expect(await tree('<p>第一行\n第二行 end\nof line</p><pre>a\n  b</pre>')).toEqual([
      '第一行第二行 end of line',
      'a⏎  b',
    ]);
    expect(await tree('<h1>标<div>题</div></h1>')).toEqual([
      ['heading', '标'],
      ['heading', '题'],
    ]);
  });
  it('puts stray content of lists and tables where it can stand', async () => {
    expect(
      await tree('<ul>散<li>一</li><ul><li>二</li></ul></ul><li>独</li><table>外<tr><td>甲</td></tr></table>'),
    ).toEqual([
      ['bulletList', ['listItem', '散'], ['listItem', '一', ['bulletList', ['listItem', '二']]]],
      '独',
      '外',
      ['table', ['tableRow', ['tableCell', '甲']]],
    ]);
    expect(await tree('<ul><li><h2>头</h2></li><li><ul><li>x</li></ul></li></ul>')).toEqual([
      ['bulletList', ['listItem', '头'], ['listItem', '', ['bulletList', ['listItem', 'x']]]],
    ]);
  });
  it('makes ragged tables rectangular', async () => {
    const imported = await take(
      '<title>题</title><table><tr><td rowspan=9>a<td colspan=200>b<tr><td>c<td>d<td>e<tr></table>',
    );
    const rows = imported.doc.content[0]?.content ?? [];
    const width = (i: number): number =>
      (rows[i]?.content ?? []).reduce((sum, c) => sum + Number(c.attrs?.['colspan']), 0);
    expect([rows.length, width(0), width(1), width(2)]).toEqual([3, 101, 100, 100]);
    expect(rows[0]?.content?.[0]?.attrs?.['rowspan']).toBe(3);
  });
  it('keeps centred and right lines, as style, attribute or inherited', async () => {
    const { doc } = await take(
      '<title>题</title><center>一</center><div align=right>二<p style="text-align:left">三</p></div><p style="text-align: justify">四</p><h2 style="text-align:center">五',
    );
    expect(doc.content.map((n) => n.attrs?.['textAlign'])).toEqual(['center', 'right', null, null, 'center']);
  });
});

describe('inline', () => {
  it('maps tags and the styles that mean the same', async () => {
    expect(
      await marks(
        '<b>粗<span style="font-weight:400">细</span></b><em>斜</em><u>下</u><s>删</s>x<sup>2</sup><sub>3</sub>',
      ),
    ).toEqual([
      ['粗', 'bold'],
      ['细', ''],
      ['斜', 'italic'],
      ['下', 'underline'],
      ['删', 'strike'],
      ['x', ''],
      ['2', 'superscript'],
      ['3', 'subscript'],
    ]);
    expect(
      await marks(
        '<span style="FONT-WEIGHT: 700 !important; font-style:italic; text-decoration: underline line-through; color:red">a</span>',
      ),
    ).toEqual([['a', 'bold italic underline strike']]);
  });
});

describe('titles', () => {
  it.each([
    ['<title>路通了_频道_网站</title><h1>路通了</h1><p>文', '路通了', '文'],
    ['<meta property="og:title" content="甲"><title>乙</title><p>文', '甲', '文'],
    ['<h1>丙</h1><p>文', '丙', '文'],
    ['<p>丁</p><p>文', '丁', '文'],
    ['<title>戊</title><h1>己</h1><p>文', '戊', '己\n文'],
  ])('%s', async (html, title, text) => {
    const imported = await take(html);
    expect([imported.title, articleText(imported.doc)]).toEqual([title, text]);
  });
});

it('reads an article saved from WeChat', async () => {
  const imported = await take(
    `<html><head><title></title><meta property="og:title" content="别的"><script>var a="<p>x</p>"</script></head><body><div>顶部导航</div>
     <h1 id="activity-name">
        路通了
     </h1><a id="js_name">清河发布</a>
     <div id="js_content" style="visibility: hidden; opacity: 0;"><section style="text-align:center"><span style="font-size:17px"><strong>导语</strong></span></section>
     <p><img data-src="https://mmbiz.qpic.cn/a/640?wx_fmt=png" src="data:image/gif;base64,iVBORw0KGgo="></p><p><img data-src="https://mmbiz.qpic.cn/b" src="${dataUri.repeat(1)}${'A'.repeat(400)}" alt="图"></p>
     <section><mpvoice></mpvoice><iframe class="video_iframe"></iframe><p style="display:none">藏</p><p>正文</p></section></div><div>阅读原文</div></body></html>`,
  );
  expect(imported.title).toBe('路通了');
  expect(imported.doc.content.map(outline)).toEqual(['导语', ['image'], '正文']);
  expect(imported.images).toHaveLength(1);
  expect(codes(imported)).toEqual([
    ['remote_image_left_out', 1],
    ['media_left_out', 2],
    ['hidden_left_out', 1],
  ]);
});

describe('pictures', () => {
  it('takes data: pictures by what they are, and tells of all others', async () => {
    const svg = `data:image/svg+xml;base64,${Buffer.from('<svg onload="x"/>').toString('base64')}`;
    const imported = await take(
      `<title>题</title><figure><img src="${dataUri}" alt="a"><figcaption>图 <b>注</b></figcaption></figure><img src="https://a.cn/1.png"><img src="//a.cn/2.png">
       <img src="页_files/%E5%9B%BE.jpg?x"><img src="file:///c:/x.png"><img src="${svg}"><img src="data:image/png;base64,AAAA"><img src="data:text/html,x"><img><picture><source srcset="https://a.cn/3.png"><img srcset="https://a.cn/4.png"></picture>`,
    );
    expect(imported.doc.content).toEqual([
      { type: 'image', attrs: { assetId: 'import:0', alt: 'a', caption: '图 注', credit: '', width: null, ai: false } },
    ]);
    expect(imported.images[0]).toMatchObject({ name: '页-图1.png', alt: 'a' });
    expect(codes(imported)).toEqual([
      ['remote_image_left_out', 2],
      ['local_image_left_out', 2],
      ['picture_format_left_out', 3],
    ]);
    expect(imported.repairs[1]?.message).toContain('图.jpg、x.png');
  });
  it('refuses a picture over 20 MB', async () => {
    const big = Buffer.concat([PNG, Buffer.alloc(20 * 1024 * 1024)]).toString('base64');
    expect(codes(await take(`<title>题</title><p>文<img src="data:image/png;base64,${big}">`))).toEqual([
      ['picture_too_large', 1],
    ]);
  });
});

describe('hostile pages', () => {
  it('keeps nothing that runs or leads elsewhere', async () => {
    const imported = await take(
      `<base href="javascript:/"><title>题</title><p onclick="alert(1)" style="background:url(javascript:x)">文</p>
       <a href="javascript:alert(1)">a</a><a href=" java&#10;script:alert(1)">b</a><a href="data:text/html,x">c</a><a href="/rel">d</a><a href="#x">e</a><a href="//ok.cn">f</a>
       <a href="https://ok.cn/a b">g</a><img src=x onerror=alert(1)><svg><script>alert(1)</script><text>x</text></svg><math><mi>x</mi></math>
       <iframe src="https://a.cn"></iframe><form action="https://a.cn"><label>名</label><input value=x><button>送</button></form><noscript><img src=y></noscript><template><p>t</p></template>
       <object data=x></object><x-y onfoo=1>z</x-y><svg><foreignObject><p>in</p></foreignObject></svg><script>alert(1)</script><style>p{}</style>`,
    );
    const json = JSON.stringify(imported.doc);
    expect(json).not.toMatch(/javascript|alert|onclick|onerror|data:|style|svg/i);
    expect(articleText(imported.doc)).toBe('文\nabcdef g\n名\nz');
    expect([...json.matchAll(/"href":"([^"]*)"/g)].map((m) => m[1])).toEqual(['https://ok.cn', 'https://ok.cn/a%20b']);
    expect(codes(imported)).toEqual([
      ['link_left_out', 4],
      ['local_image_left_out', 1],
      ['drawing_left_out', 2],
      ['formula_left_out', 1],
      ['media_left_out', 2],
      ['form_left_out', 2],
      ['script_left_out', 1],
    ]);
  });
  it.each([
    ['div', 10_000],
    ['blockquote', 10_000],
    ['b', 10_000],
    ['span', 10_000],
    ['section><p', 10_000],
    ['ul><li', 10_000],
    ['table><tr><td', 5000],
  ])('deeply nested <%s>', async (open, times) => {
    const started = Date.now();
    const imported = await take(`<title>题</title>${`<${open}>`.repeat(times)}底<p>面`);
    expect(articleText(imported.doc)).toContain('底');
    expect(articleText(imported.doc)).toContain('面');
    expect(Date.now() - started).toBeLessThan(20_000);
  });
  it('keeps as many list levels as an article may have, and all text below', async () => {
    const imported = await take(`<title>题</title>${Array.from({ length: 30 }, (_, i) => `<ul><li>${i}`).join('')}`);
    expect(articleText(imported.doc).split('\n')).toEqual(Array.from({ length: 30 }, (_, i) => String(i)));
    expect(JSON.stringify(imported.doc).split('bulletList')).toHaveLength(10); // nine levels
    expect(codes(imported)).toEqual([['nesting_flattened', 21]]);
  });
  it('refuses what no page is', async () => {
    expect(await codeOf(importDocument(Buffer.from('<div>'.repeat(30_000)), 'x.html'))).toBe('not_a_document');
  });
  it('takes many siblings', async () => {
    const imported = await take(`<title>题</title>${'<i></i>'.repeat(200_000)}文`);
    expect(articleText(imported.doc)).toBe('文');
  });
});

describe('encodings', () => {
  const page = (charset: string): string =>
    `<!DOCTYPE html><html><head><meta charset="${charset}"><title>编码</title></head><body><p>清河县的路修好了，出门不愁。</p></body></html>`;
  it.each([
    ['gbk', 'gbk'],
    ['gb2312', 'gb18030'],
    ['big5', 'big5'],
    ['utf-8', 'utf8'],
    ['utf-16', 'utf-16le'],
    ['utf-16', 'utf-16be'],
  ])('declared %s, written %s', async (declared, written) => {
    const text =
      written === 'big5'
        ? page(declared).replace(/编码|清河县的路修好了，出门不愁。/g, (s) =>
            s === '编码' ? '編碼' : '清河縣的路修好了，出門不愁。',
          )
        : page(declared);
    const imported = await take(iconv.encode(text, written));
    expect(articleText(imported.doc)).toMatch(/^清河[县縣]的路修好了，出[门門]不愁。$/);
    expect(imported.repairs).toEqual([]);
  });
  it('declared UTF-8 by mistake, written GB 18030', async () => {
    const imported = await take(iconv.encode(page('utf-8'), 'gb18030'));
    expect(imported.repairs).toEqual([]);
    expect(articleText(imported.doc)).toBe('清河县的路修好了，出门不愁。');
  });
  it('with a byte order mark', async () => {
    for (const encoding of ['utf-16le', 'utf-16be', 'utf8', 'utf-32le']) {
      const imported = await take(iconv.encode(page('whatever'), encoding, { addBOM: true }));
      expect(articleText(imported.doc)).toBe('清河县的路修好了，出门不愁。');
    }
  });
});
