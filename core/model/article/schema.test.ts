import { describe, expect, it } from 'vitest';
import { fullArticle } from '../../../tests/fixtures/article.ts';
import { isStudioError } from '../../../tests/fixtures/errors.ts';
import { ARTICLE_MARKS, ARTICLE_NODES, isAllowedHref, isLeaf, isLine } from './describe.ts';
import { MAX_ARTICLE_BYTES, articleBytes, articleSchema, cleanText, emptyArticle, parseArticle } from './schema.ts';

const text = (value: string, ...marks: unknown[]): unknown => ({
  type: 'text',
  text: value,
  ...(marks.length ? { marks } : {}),
});
const para = (...content: unknown[]): unknown => ({ type: 'paragraph', content });
const doc = (...content: unknown[]): unknown => ({ type: 'doc', content });
const what = (json: unknown): string => {
  try {
    parseArticle(json);
  } catch (error) {
    if (isStudioError(error, 'bad_article')) return String(error.params['what']);
    throw error;
  }
  return 'accepted';
};

describe('parseArticle', () => {
  it('takes every node and mark of the table and fills in the attributes', () => {
    const parsed = fullArticle();
    const used = JSON.stringify(parsed);
    for (const name of [...Object.keys(ARTICLE_NODES), ...Object.keys(ARTICLE_MARKS)])
      expect(used).toContain(`"${name}"`);
    expect(parsed.content.find((node) => node.type === 'image')).toEqual({
      type: 'image',
      attrs: {
        assetId: 'pic-1',
        alt: '清晨的茶园',
        caption: '清晨六点的茶园',
        credit: '陈志远 摄',
        width: 80,
        ai: false,
      },
    });
    expect(parsed.content.find((node) => node.type === 'orderedList')?.attrs).toEqual({ start: 3 });
    expect(parseArticle(parsed)).toEqual(parsed);
  });

  it('keeps the theme it is set in, and writes nothing where none was chosen', () => {
    const plain = { type: 'doc', content: [{ type: 'paragraph' }] };
    expect(parseArticle({ ...plain, attrs: { theme: 'chalv' } }).attrs).toEqual({ theme: 'chalv' });
    expect(parseArticle({ ...plain, attrs: { theme: null } })).toEqual(parseArticle(plain));
    expect(Object.keys(parseArticle(plain))).toEqual(['type', 'content']);
    for (const theme of ['../x', 'A', '', 7]) expect(what({ ...plain, attrs: { theme } })).not.toBe('accepted');
  });

  it('brings equal articles to one form: marks in order, doubles gone, pieces joined', () => {
    const a = parseArticle(
      doc(para(text('一', { type: 'italic' }, { type: 'bold' }), text('二', { type: 'bold' }, { type: 'italic' }))),
    );
    const b = parseArticle(
      doc({
        type: 'paragraph',
        attrs: { textAlign: null },
        content: [text('一二', { type: 'bold' }, { type: 'italic' })],
      }),
    );
    expect(a).toEqual(b);
    expect(a.content[0]?.content).toEqual([
      { type: 'text', text: '一二', marks: [{ type: 'bold' }, { type: 'italic' }] },
    ]);
  });

  it('cleans what cannot be stored or signed', () => {
    const parsed = parseArticle(doc(para(text('a\u0000\u0007b\ud800c'), text('\u0001'))));
    expect(parsed.content[0]?.content).toEqual([{ type: 'text', text: 'ab\ufffdc' }]);
    expect(cleanText('\ud83d\ude00 好\t\n')).toBe('\ud83d\ude00 好\t\n');
  });

  it.each([
    ['no document', null],
    ['a list', []],
    ['another top node', { type: 'paragraph' }],
    ['an empty document', doc()],
    ['an unknown node', doc({ type: 'script' })],
    ['a name of Object.prototype', doc({ type: 'constructor' })],
    ['an unknown mark', doc(para(text('a', { type: 'blink' })))],
    ['a colour of its own', doc(para(text('a', { type: 'textColor', attrs: { color: '#f00' } })))],
    ['a highlight outside the palette', doc(para(text('a', { type: 'highlight', attrs: { color: 'pink' } })))],
    ['a ruby without a reading', doc(para(text('a', { type: 'ruby' })))],
    ['a card inside a quote', doc({ type: 'blockquote', content: [{ type: 'leadGuide', content: [para()] }] })],
    ['a person without a name line', doc({ type: 'personCard', content: [para()] })],
    ['a gallery without pictures', doc({ type: 'gallery', content: [] })],
    ['an AI mark that is no yes or no', doc({ type: 'image', attrs: { ai: 'yes' } })],
    [
      'a code that leads to a script',
      doc({ type: 'qrBlock', attrs: { href: 'javascript:1' }, content: [{ type: 'cardNote' }] }),
    ],
    ['an unknown attribute', doc({ type: 'paragraph', attrs: { style: 'color:red' } })],
    ['an attribute of a mark', doc(para(text('a', { type: 'link', attrs: { href: 'https://a.cn', onclick: 'x' } })))],
    ['an unknown field', doc({ type: 'paragraph', html: '<b>' })],
    ['wrong nesting', doc({ type: 'bulletList', content: [para(text('a'))] })],
    ['text outside a line', doc(text('a'))],
    ['a picture inside a line', doc(para({ type: 'image', attrs: {} }))],
    ['empty text', doc(para({ type: 'text', text: '' }))],
    ['text that is no text', doc(para({ type: 'text', text: 1 }))],
    ['a mark on a block', doc({ type: 'paragraph', marks: [{ type: 'bold' }], content: [] })],
    ['subscript and superscript at once', doc(para(text('a', { type: 'subscript' }, { type: 'superscript' })))],
    ['heading level 4', doc({ type: 'heading', attrs: { level: 4 } })],
    ['heading level "1"', doc({ type: 'heading', attrs: { level: '1' } })],
    ['an alignment', doc({ type: 'paragraph', attrs: { textAlign: 'justify-all' } })],
    ['a picture width of 0', doc({ type: 'image', attrs: { width: 0 } })],
    [
      'a colspan of 0',
      doc({
        type: 'table',
        content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: { colspan: 0 }, content: [para()] }] }],
      }),
    ],
    [
      'an empty cell',
      doc({ type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [] }] }] }),
    ],
    ['a link without address', doc(para(text('a', { type: 'link' })))],
    ['content that is no list', { type: 'doc', content: 'x' }],
  ])('refuses %s', (_, json) => {
    expect(what(json)).not.toBe('accepted');
  });

  it('names the place', () => {
    expect(what(doc(para(), { type: 'blockquote', content: [{ type: 'iframe' }] }))).toBe(
      '/1/0: unknown node "iframe"',
    );
  });

  it('limits depth and size', () => {
    const quoted = (levels: number): unknown => {
      let node = para(text('深'));
      for (let i = 0; i < levels; i++) node = { type: 'blockquote', content: [node] };
      return doc(node);
    };
    expect(what(quoted(18))).toBe('accepted'); // 18 quotes, paragraph 19, text 20
    expect(what(quoted(19))).toContain('deeper than 20');
    expect(what(quoted(5000))).toContain('deeper than 20');

    const room = MAX_ARTICLE_BYTES - articleBytes(parseArticle(doc(para(text('a'))))) + 1;
    expect(what(doc(para(text('a'.repeat(room)))))).toBe('accepted');
    expect(what(doc(para(text('a'.repeat(room + 1)))))).toContain('5 MB');
    expect(what(doc(para(text('字'.repeat(MAX_ARTICLE_BYTES / 3)))))).toContain('5 MB');
  });
});

describe('links', () => {
  it.each(['http://a.cn', 'HTTPS://a.cn/路径?x=1', 'mailto:a@b.cn'])('allows %s', (href) => {
    expect(isAllowedHref(href)).toBe(true);
    expect(what(doc(para(text('a', { type: 'link', attrs: { href } }))))).toBe('accepted');
  });
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:x',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/relative',
    '//a.cn',
    'https://a b',
    'https://',
    '',
    'blob:https://a',
    'ftp://a',
    null,
    1,
    `https://a/${'x'.repeat(5000)}`,
  ])('refuses %s', (href) => {
    expect(isAllowedHref(href)).toBe(false);
    expect(what(doc(para(text('a', { type: 'link', attrs: { href } }))))).not.toBe('accepted');
  });
});

it('makes an empty article that is in normal form', () => {
  expect(parseArticle(emptyArticle())).toEqual(emptyArticle());
  expect(emptyArticle()).not.toBe(emptyArticle());
});

it('has one ProseMirror schema whose names and defaults are those of the table', () => {
  expect(Object.keys(articleSchema.nodes)).toEqual(Object.keys(ARTICLE_NODES));
  expect(Object.keys(articleSchema.marks)).toEqual(Object.keys(ARTICLE_MARKS));
  expect(articleSchema.nodes['image']?.spec.attrs?.['width']?.default).toBeNull();
});

it('knows lines and leaves', () => {
  expect(Object.keys(ARTICLE_NODES).filter(isLine)).toEqual([
    'paragraph',
    'heading',
    'sourceItem',
    'cardTitle',
    'cardNote',
  ]);
  const leaves = Object.keys(ARTICLE_NODES).filter(isLeaf);
  expect(leaves).toEqual(['image', 'horizontalRule', 'hardBreak', 'videoCard', 'footnote', 'text']);
});
