/** Every text target of the article that uses everything, held against files (`golden/`), and the rules they keep. */
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { fullArticle, node, para, text } from '../../../tests/fixtures/article.ts';
import { parseArticle } from '../article/index.ts';
import type { ArticleDoc, ArticleNodeJson } from '../article/index.ts';
import {
  ARTICLE_TARGETS,
  countAs,
  parseTargetRules,
  partWords,
  renderTarget,
  rulesOf,
  warningWords,
  type RuledTarget,
  type TargetInput,
  type TextTarget,
} from './index.ts';
import { hasWords } from './words.ts';

const RULED = ARTICLE_TARGETS.filter((target): target is RuledTarget => target !== 'wechat');
const TEXTS = RULED.filter((target): target is TextTarget => target !== 'docx' && target !== 'pdf');

const images = new Map(
  Array.from({ length: 7 }, (_, i) => {
    const stem = `images/0${i + 1}`;
    const sources = [
      { src: `${stem}-480.jpg`, width: 480 },
      { src: `${stem}.jpg`, width: 1200 },
    ];
    return [`pic-${i + 1}`, { src: `${stem}.jpg`, width: 1200, height: 800, sources }];
  }),
);

function input(more: Partial<TargetInput> = {}): TargetInput {
  return {
    title: '半山上的茶：五十一年',
    doc: fullArticle(),
    images,
    films: new Map([['film-1', '春茶一分钟']]),
    about: { publisher: '清河发布', publishedAt: null, modifiedAt: '2026-11-26T01:00:00.000Z' },
    ...more,
  };
}
const articleOf = (...content: ArticleNodeJson[]): ArticleDoc => parseArticle({ type: 'doc', content });

type Element = DefaultTreeAdapterTypes.Element;
function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const look = (parent: DefaultTreeAdapterTypes.ParentNode): void => {
    for (const child of parent.childNodes) {
      if ('tagName' in child) found.push(child);
      if ('childNodes' in child) look(child);
    }
  };
  look(parse(html));
  return found;
}
const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((a) => a.name === name)?.value;

describe('golden outputs', () => {
  it.each(TEXTS)('%s', async (target) => {
    const made = renderTarget(target, input());
    const ending = rulesOf(target).html || target === 'web' ? 'html' : target === 'md' ? 'md' : 'txt';
    await expect(made.file).toMatchFileSnapshot(`golden/full-${target}.${ending}`);
    const told = [...made.lost.map((l) => `${l.what}: ${l.where}`), ...made.warnings.map((w) => warningWords(w, 'en'))];
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(`golden/full-${target}.told.txt`);
  });

  it.each(TEXTS)('%s: whatever it loses has a name for people, in both languages', (target) => {
    for (const { what } of renderTarget(target, input()).lost) {
      expect(partWords(what, 'zh-CN')).toMatch(/^[\u4e00-\u9fff]+$/);
      expect(partWords(what, 'en')).toMatch(/^[a-z -]+$/);
    }
  });

  it.each(TEXTS)('%s counts what is pasted, and says the same twice', (target) => {
    const made = renderTarget(target, input());
    expect(made.chars).toBe(made.content.length);
    expect(made.bytes).toBe(Buffer.byteLength(made.content, 'utf8'));
    expect(renderTarget(target, input())).toEqual(made);
  });
});

describe('in every target', () => {
  it.each(TEXTS)('%s: what an AI made says so, and a draft says so at both ends', (target) => {
    const { content } = renderTarget(target, input({ draft: true }));
    expect(content.match(/AI 生成/g)?.length).toBeGreaterThanOrEqual(target === 'xiaohongshu' ? 1 : 2);
    expect(content).toContain('草稿 · 未经审核，不得发布');
  });

  it.each(TEXTS)('%s: a picture without a file is told, and nothing of it is written', (target) => {
    const { file, lost } = renderTarget(target, input({ images: new Map() }));
    expect(file).not.toContain('images/');
    expect(lost).toContainEqual({ what: 'image', where: '清晨六点的茶园　陈志远 摄' });
  });

  it('hostile words stay words', () => {
    const bad = '<script>alert(1)</script>"><img src=x onerror=alert(1)>](javascript:alert(1))';
    const doc = articleOf(para(bad));
    for (const target of TEXTS) {
      const { file } = renderTarget(target, { title: bad, doc, images: new Map() });
      if (target !== 'web' && !rulesOf(target).html) continue;
      const elements = elementsOf(file);
      expect(elements.filter(({ tagName }) => tagName === 'img')).toEqual([]);
      const scripts = elements.filter(({ tagName }) => tagName === 'script');
      expect(scripts.map((e) => attribute(e, 'type'))).toEqual(target === 'web' ? ['application/ld+json'] : []);
    }
    expect(renderTarget('md', { title: '题', doc, images: new Map() }).file).not.toMatch(/(?<!\\)\]\(/);
  });
});

describe('clean HTML', () => {
  it.each(RULED.filter((target) => rulesOf(target).html))(
    '%s holds only the tags and attributes of its file',
    (target) => {
      const { content } = renderTarget(target as TextTarget, input());
      const allowed = rulesOf(target).html?.tags ?? {};
      const body = elementsOf(`<body>${content}</body>`).filter((e) => !['html', 'head', 'body'].includes(e.tagName));
      expect(body.length).toBeGreaterThan(50);
      for (const element of body) {
        expect(Object.keys(allowed)).toContain(element.tagName);
        expect(element.attrs.map((a) => a.name).filter((name) => !allowed[element.tagName]?.includes(name))).toEqual(
          [],
        );
      }
      expect(content).not.toMatch(/>\s+</);
      expect(content).not.toContain('<a ');
    },
  );
});

describe('the page for websites', () => {
  const { file } = renderTarget('web', input());
  const elements = elementsOf(file);
  const named = (tag: string): Element[] => elements.filter(({ tagName }) => tagName === tag);

  it('has the elements that mean what the article means', () => {
    for (const tag of ['article', 'header', 'time', 'figure', 'figcaption', 'ruby', 'rt', 'dl', 'dt', 'dd', 'aside']) {
      expect(named(tag), tag).not.toEqual([]);
    }
    expect(named('h1')).toHaveLength(1);
    expect(named('th').map((th) => attribute(th, 'scope'))).toEqual(['col', 'col']);
    expect(named('html').map((e) => attribute(e, 'lang'))).toEqual(['zh-CN']);
    expect(named('img').every((img) => attribute(img, 'alt') !== undefined)).toBe(true);
    expect(attribute(named('img')[0], 'srcset')).toBe('images/01-480.jpg 480w, images/01.jpg 1200w');
  });

  it('leads from each note back to its place', () => {
    const ids = new Set(elements.flatMap((e) => attribute(e, 'id') ?? []));
    const jumps = named('a')
      .flatMap((a) => attribute(a, 'href') ?? [])
      .filter((href) => href.startsWith('#'));
    expect(jumps).toEqual(['#note-1', '#ref-1']);
    expect(jumps.every((href) => ids.has(href.slice(1)))).toBe(true);
  });

  it('says what it is to search engines, and only what is known', () => {
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(file)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({
      '@type': 'NewsArticle',
      headline: '半山上的茶：五十一年',
      dateModified: '2026-11-26T01:00:00.000Z',
      author: [{ name: '何静文' }],
      publisher: { name: '清河发布' },
    });
    expect(JSON.parse(data)).not.toHaveProperty('datePublished');
  });

  it('marks what an AI made in its data too', () => {
    expect(elements.filter((e) => attribute(e, 'data-ai') === 'generated').map(({ tagName }) => tagName)).toEqual([
      'figure',
      'span',
    ]);
    expect(file).toContain('trainedAlgorithmicMedia');
  });
});

describe('a note', () => {
  const long = (sentences: number): ArticleDoc =>
    articleOf(...Array.from({ length: sentences }, (_, i) => para(`第${i}句写得不短，一共有二十来个字，说的是春茶。`)));

  it('counts its title as the platform does', () => {
    // Issue #401 of xpzouying/xiaohongshu-mcp has the rule; the numbers are worked out by hand.
    expect(countAs('half-ascii', '春茶abc')).toBe(4);
    expect(countAs('half-ascii', 'abc')).toBe(2);
    expect(countAs('half-ascii', '茶🍵')).toBe(3);
    expect(countAs('half-ascii', '')).toBe(0);
    const at = (title: string): string[] =>
      renderTarget('xiaohongshu', { title, doc: long(1), images }).warnings.map((w) => `${w.level} ${w.code}`);
    expect(at('茶'.repeat(20))).not.toContain('stop title_long');
    expect(at('茶'.repeat(20) + 'a')).toContain('stop title_long');
  });

  it('is cut at the end of a sentence, and says so', () => {
    const made = renderTarget('xiaohongshu', { title: '题', doc: long(80), images });
    expect(made.chars).toBeLessThanOrEqual(1000);
    expect(made.chars).toBeGreaterThan(950);
    expect(made.content).toMatch(/。$/);
    expect(made.warnings.map((w) => w.code)).toContain('text_shortened');
    expect(made.lost.map((l) => l.what)).toContain('text');
  });

  it('of one endless sentence is cut all the same, with the mark of it', () => {
    const made = renderTarget('xiaohongshu', { title: '题', doc: articleOf(para('茶'.repeat(3000))), images });
    expect(made.chars).toBeLessThanOrEqual(1000);
    expect(made.content).toMatch(/…$/);
  });

  it('keeps its topics when it is cut, and asks for pictures', () => {
    const about = { publisher: '清河发布', publishedAt: null, modifiedAt: null };
    const made = renderTarget('xiaohongshu', { title: '题', doc: long(80), images: new Map(), about });
    expect(made.content).toMatch(/。\n\n#清河发布$/);
    expect(made.warnings.map((w) => w.code)).toContain('pictures_few');
    const own = articleOf(para('#清河春茶# 开采了。'));
    expect(renderTarget('xiaohongshu', { title: '题', doc: own, images }).content).toBe('#清河春茶 开采了。');
  });
});

describe('Markdown', () => {
  const line = (...content: ArticleNodeJson[]): string =>
    renderTarget('md', { title: '', doc: articleOf(node('paragraph', content)), images }).file.trim();

  it('moves punctuation out of marks that could not stand there', () => {
    expect(line(text('他说', { type: 'bold' }), text('好'))).toBe('**他说**好');
    expect(line(text('记住：', { type: 'bold' }), text('别急'))).toBe('**记住**：别急');
    expect(line(text('甲'), text('“乙”', { type: 'bold' }), text('丙'))).toBe('甲“**乙**”丙');
    expect(line(text('甲 ', { type: 'bold' }), text('乙'))).toBe('**甲** 乙');
  });

  it('escapes what would be a sign', () => {
    expect(line(text('1. 不是列表'))).toBe('1\\. 不是列表');
    expect(line(text('# 不是标题 * _ [a](b) | `c`'))).toBe('\\# 不是标题 \\* \\_ \\[a\\](b) \\| \\`c\\`');
  });
});

describe('rule files', () => {
  it.each(RULED)('%s is read, every sentence it asks for is there', (target) => {
    const rules = rulesOf(target);
    expect(rules.target).toBe(target);
    for (const { code } of rules.advice) expect(hasWords(code), code).toBe(true);
  });

  it('a number that nobody could verify only warns', () => {
    for (const target of RULED) {
      for (const limit of Object.values(rulesOf(target).limits)) {
        if (limit && !limit.verified) expect(limit.stop).toBeUndefined();
      }
    }
  });

  it('a bad one is refused with its place', () => {
    const good = structuredClone(rulesOf('weibo'));
    const refused = (change: (rules: Record<string, unknown>) => void): string => {
      const bad = structuredClone(good) as unknown as Record<string, unknown>;
      change(bad);
      try {
        parseTargetRules(bad, 'x.json');
        return 'taken';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    expect(refused((r) => delete r['target'])).toContain('x.json: target');
    expect(refused((r) => Object.assign(r['limits'] as object, { title: { count: 'characters' } }))).toContain(
      'x.json: limits.title',
    );
    const title = { count: 'characters', stop: 32, source: 's', checked: '2026-11-23', verified: false };
    expect(refused((r) => Object.assign(r['limits'] as object, { title }))).toContain('only warns');
    expect(refused((r) => Object.assign(r, { extra: 1 }))).toContain('extra');
    expect(refused((r) => delete r['html'])).toContain('html');
  });
});
