import { Editor, getSchema, type JSONContent } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import { articleSchema, emptyArticle, parseArticle } from '../../../../../core/model/article/index.ts';
import { fullArticle } from '../../../../../tests/fixtures/article.ts';
import type { ArticleDocJson } from '../../../../../core/model/contract/index.ts';
import { showDoc } from './apply-remote.ts';
import { articleExtensions } from './extensions.ts';

const schema = getSchema(articleExtensions());

type Attrs = Record<string, { default?: unknown }> | undefined;
const defaults = (attrs: Attrs) =>
  Object.fromEntries(Object.entries(attrs ?? {}).map(([name, spec]) => [name, spec.default]));

describe('the editor schema', () => {
  it('has the nodes of the core: names, content, groups, attributes and defaults', () => {
    expect(Object.keys(schema.nodes).sort()).toEqual(Object.keys(articleSchema.nodes).sort());
    for (const [name, core] of Object.entries(articleSchema.nodes)) {
      const mine = schema.nodes[name]!;
      expect(mine.spec.content ?? '', `${name} content`).toBe(core.spec.content ?? '');
      expect(mine.spec.group ?? '', `${name} group`).toBe(core.spec.group ?? '');
      expect(mine.isInline, `${name} inline`).toBe(core.isInline);
      expect(mine.spec['tableRole'], `${name} role`).toBe(core.spec['tableRole']);
      expect(defaults(mine.spec.attrs as Attrs), `${name} attributes`).toEqual(defaults(core.spec.attrs as Attrs));
    }
  });

  it('has the marks of the core (it puts them into its own order)', () => {
    expect(Object.keys(schema.marks).sort()).toEqual(Object.keys(articleSchema.marks).sort());
    for (const [name, core] of Object.entries(articleSchema.marks)) {
      const mine = schema.marks[name]!;
      expect(mine.spec.excludes ?? '', `${name} excludes`).toBe(core.spec.excludes ?? '');
      expect(defaults(mine.spec.attrs as Attrs), `${name} attributes`).toEqual(defaults(core.spec.attrs as Attrs));
    }
  });

  it('fills gaps with a paragraph', () => {
    expect(schema.nodes['doc']!.createAndFill()!.firstChild!.type.name).toBe('paragraph');
  });
});

describe('the editor', () => {
  let editor: Editor | null = null;
  const open = (doc: ArticleDocJson) => {
    editor = new Editor({ extensions: articleExtensions(), content: doc as JSONContent });
    return editor;
  };
  afterEach(() => editor?.destroy());

  it('writes what the core takes without change', () => {
    const e = open(emptyArticle());
    e.commands.setContent(
      '<h2 style="text-align:center">题</h2><p>甲<strong>乙</strong><a href="https://a.cn/">丙</a><sub>2</sub></p>' +
        '<ol start="3"><li><p>一</p></li></ol><blockquote><p>引</p></blockquote><hr>' +
        '<table><tr><th>表头</th></tr><tr><td colspan="1">格</td></tr></table>',
    );
    const written = e.getJSON() as ArticleDocJson;
    expect(parseArticle(written)).toEqual(parseArticle(parseArticle(written)));
    expect((written.content ?? []).map((n) => n.type)).toEqual([
      'heading',
      'paragraph',
      'orderedList',
      'blockquote',
      'horizontalRule',
      'table',
    ]);
  });

  it('opens every node and mark of an article and writes it back without change, also over the clipboard', () => {
    const full = fullArticle();
    const e = open(full);
    expect(parseArticle(e.getJSON())).toEqual(full);
    const html = e.getHTML();
    e.commands.setContent(html);
    expect(parseArticle(e.getJSON())).toEqual(full);
  });

  it('drops links that are not http, https or mailto', () => {
    const e = open(emptyArticle());
    e.commands.setContent('<p><a href="javascript:alert(1)">x</a><a href="ftp://a">y</a></p>');
    expect(JSON.stringify(e.getJSON())).not.toContain('link');
    expect(e.commands.setLink({ href: 'javascript:alert(1)' })).toBe(false);
  });

  it('inserts a table the core takes', () => {
    const e = open(emptyArticle());
    e.commands.insertTable({ rows: 2, columns: 3 });
    const table = parseArticle(e.getJSON()).content.find((n) => n.type === 'table');
    expect(table?.content?.map((r) => r.content?.map((c) => c.type))).toEqual([
      ['tableHeader', 'tableHeader', 'tableHeader'],
      ['tableCell', 'tableCell', 'tableCell'],
    ]);
  });

  it('takes a change from elsewhere in place and keeps the selection and the undo history', () => {
    const paragraph = (text: string) => ({
      type: 'paragraph',
      attrs: { textAlign: null },
      content: [{ type: 'text', text }],
    });
    const e = open({ type: 'doc', content: [paragraph('第一段'), paragraph('第二段')] });
    e.commands.insertContentAt(1, '我写的');
    e.commands.setTextSelection(e.state.doc.content.size - 1);
    const fromEnd = e.state.doc.content.size - e.state.selection.from;
    const theirs = { type: 'doc' as const, content: [paragraph('我写的第一段，他们加的'), paragraph('第二段')] };
    expect(showDoc(e, theirs, { remote: true })).toBe(true);
    expect(e.state.doc.textContent).toBe('我写的第一段，他们加的第二段');
    expect(e.state.doc.content.size - e.state.selection.from).toBe(fromEnd);
    e.commands.undo();
    expect(e.state.doc.textContent).toBe('第一段，他们加的第二段');
    expect(showDoc(e, e.getJSON() as ArticleDocJson, { remote: true })).toBe(false);
    // Only the theme is another.
    const themed = { ...(e.getJSON() as ArticleDocJson), attrs: { theme: 'chalv' } };
    expect(showDoc(e, themed, { remote: true })).toBe(true);
    expect(parseArticle(e.getJSON()).attrs).toEqual({ theme: 'chalv' });
  });
});
