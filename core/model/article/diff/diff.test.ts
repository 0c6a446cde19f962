import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { fullArticle, leaf, node, para, text } from '../../../../tests/fixtures/article.ts';
import { articleSchema, parseArticle, type ArticleDoc, type ArticleNodeJson } from '../index.ts';
import { blockText, diffArticles, type ArticleChange, type ComparedArticle } from './index.ts';
import { coverOf } from '../../cover/cover.ts';
import { MAX_WORDS } from './words.ts';

const article = (...content: ArticleNodeJson[]): ComparedArticle => ({
  title: '题',
  doc: parseArticle({ type: 'doc', content }),
});
const only = (a: ComparedArticle, b: ComparedArticle): ArticleChange => {
  const { changes } = diffArticles(a, b);
  expect(changes).toHaveLength(1);
  return changes[0]!;
};
describe('what belongs to the whole', () => {
  it('theme and cover are told beside the blocks, in both spellings of "none"', () => {
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: '一锅茶。' }] }];
    const cover = { ...coverOf('p1'), text: { words: '守茶', style: 'bar', place: 'top', size: 'small' } as const };
    const plain = { title: '', doc: { type: 'doc' as const, content } };
    const asEdited = {
      title: '',
      doc: { type: 'doc' as const, attrs: { theme: null, cover: null }, content } as never,
    };
    const dressed = { title: '', doc: { type: 'doc' as const, attrs: { theme: 'chalv', cover }, content } };
    expect(diffArticles(plain, asEdited).whole).toEqual([]);
    expect(diffArticles(plain, dressed)).toMatchObject({
      whole: [
        { part: 'theme', before: '', after: 'chalv' },
        { part: 'cover', before: '', after: '守茶' },
      ],
      changes: [],
    });
    const moved = {
      title: '',
      doc: { ...dressed.doc, attrs: { theme: 'chalv', cover: { ...cover, view: { x: 0, y: 0, zoom: 2 } } } },
    };
    expect(diffArticles(dressed, moved).whole).toEqual([{ part: 'cover', before: '守茶', after: '守茶' }]);
  });
});

const pieces = ({ before, after, ranges }: ArticleChange): string[] =>
  ranges.map(({ from, to, kind }) => `${kind} ${(kind === 'deleted' ? before : after).slice(from, to)}`);

describe('a comparison of two articles', () => {
  it('finds nothing between equal articles', () => {
    expect(diffArticles({ title: '一', doc: fullArticle() }, { title: '一', doc: fullArticle() })).toEqual({
      whole: [],
      changes: [],
      stats: {
        changes: 0,
        insertedChars: 0,
        deletedChars: 0,
        kinds: { inserted: 0, deleted: 0, changed: 0, moved: 0, marks: 0, attrs: 0 },
      },
    });
  });

  it('compares words, not characters', () => {
    const change = only(
      article(para('镇上一共有八十六户人家种茶。')),
      article(para('镇上一共有一百二十六户农民种茶。')),
    );
    expect(change).toMatchObject({ blockId: 'b0', kind: 'changed', a: 0, b: 0 });
    expect(pieces(change)).toContain('deleted 人家');
    expect(pieces(change)).toContain('inserted 农民');
  });

  it('keeps two small changes of a long paragraph apart', () => {
    const long = (who: string, when: string): string =>
      `${'县文化馆在镇上开办了炒茶技艺传习班。'.repeat(3)}${who}是第一个报名的人，她说${when}上课再好不过，白天还要下地。${'大家都来了。'.repeat(5)}`;
    const change = only(article(para(long('王大姐', '晚上'))), article(para(long('李大姐', '周末'))));
    expect(pieces(change)).toEqual(['deleted 王', 'inserted 李', 'deleted 晚上', 'inserted 周末']);
  });

  it('calls bold on a word a change of marks', () => {
    const change = only(
      article(para('他守着老茶园。')),
      article(para('他守着', text('老茶园', { type: 'bold' }), '。')),
    );
    expect(change.kind).toBe('marks');
    expect(pieces(change)).toEqual(['marks 老茶园']);
    expect(change.edits).toEqual([{ fromA: 4, toA: 7, fromB: 4, toB: 7, kind: 'marks' }]);
  });

  it('counts the address of a link and the colour of a word', () => {
    const link = (href: string): ArticleNodeJson => para('见', text('县志', { type: 'link', attrs: { href } }));
    expect(only(article(link('https://a.cn/')), article(link('https://b.cn/'))).kind).toBe('marks');
  });

  it('calls another level, start or width a change of attributes', () => {
    const heading = (level: number): ArticleNodeJson => node('heading', [text('怎么炒')], { level });
    expect(only(article(heading(1)), article(heading(2)))).toMatchObject({ kind: 'attrs', ranges: [] });
    const picture = (width: number): ArticleNodeJson => leaf('image', { assetId: 'p', caption: '茶园', width });
    expect(only(article(picture(80)), article(picture(90)))).toMatchObject({ kind: 'attrs', before: '茶园' });
    expect(only(article(para('怎么炒')), article(heading(2))).kind).toBe('attrs');
  });

  it('shows a changed caption and footnote as text', () => {
    const picture = (caption: string): ArticleNodeJson => leaf('image', { assetId: 'p', caption });
    expect(pieces(only(article(picture('早上的茶园')), article(picture('傍晚的茶园'))))).toEqual([
      'deleted 早上',
      'inserted 傍晚',
    ]);
    const noted = (note: string): ArticleNodeJson => para('五十一年。', leaf('footnote', { text: note }));
    expect(pieces(only(article(noted('据本人讲述。')), article(noted('据户籍登记。'))))[0]).toMatch(/^deleted/);
  });

  it('tells inserted, deleted and moved blocks apart', () => {
    const blocks = [
      '清早五点，雾还没有散。',
      '他先看天，再看叶。',
      '锅温二百度上下，手不离锅。',
      '炒好的茶要摊开晾凉。',
    ];
    const [one = '', two = '', three = '', four = ''] = blocks;
    const { changes } = diffArticles(
      article(para(one), para(two), para(three), para(four)),
      article(para(four), para(one), para('这一段是新写的话。'), para(three)),
    );
    expect(changes.map(({ blockId, kind }) => [blockId, kind])).toEqual([
      ['b0', 'moved'],
      ['a1', 'deleted'],
      ['b2', 'inserted'],
    ]);
  });

  it('compares titles', () => {
    const doc = parseArticle({ type: 'doc', content: [para('一')] });
    const { changes } = diffArticles({ title: '半山茶园', doc }, { title: '半山老茶园', doc });
    expect(changes).toMatchObject([{ blockId: 'title', kind: 'changed', before: '半山茶园', after: '半山老茶园' }]);
    expect(pieces(changes[0]!)).toEqual(['inserted 老']);
  });

  it('finds a changed item of a list and a changed cell of a table', () => {
    const item = (value: string): ArticleNodeJson => node('listItem', [para(value)]);
    const list = (...items: string[]): ArticleNodeJson => node('bulletList', items.map(item));
    const change = only(article(list('春茶', '夏茶', '秋茶')), article(list('春茶', '秋茶')));
    expect(change).toMatchObject({ kind: 'changed', before: '春茶\n夏茶\n秋茶', after: '春茶\n秋茶' });
    expect(pieces(change).join()).toContain('夏茶');
    const cell = (value: string): ArticleNodeJson => node('tableCell', [para(value)]);
    const table = (n: string): ArticleNodeJson => node('table', [node('tableRow', [cell('产量'), cell(n)])]);
    expect(pieces(only(article(table('1200斤')), article(table('1500斤'))))).toEqual(['deleted 1200', 'inserted 1500']);
  });

  it(`goes by sentences where a block has more than ${MAX_WORDS} words left`, () => {
    const sentences = Array.from({ length: 900 }, (_, i) => `第${i}户人家今年种了${i * 3}亩茶树。`);
    const edited = sentences.map((sentence, i) => (i === 1 || i === 898 ? sentence.replace('茶树', '果树') : sentence));
    const change = only(article(para(sentences.join(''))), article(para(edited.join(''))));
    expect(pieces(change).filter((piece) => piece.startsWith('inserted'))).toHaveLength(2);
    expect(change.ranges.reduce((sum, { from, to }) => sum + to - from, 0)).toBeLessThan(20);
  });

  it('replaces as a whole a sentence that is too long for words', () => {
    const row = (name: string): string => Array.from({ length: MAX_WORDS + 10 }, (_, i) => `${name}${i}`).join(' ');
    const change = only(
      article(para(`同一个开头 ${row('a')}`)),
      article(para(`同一个开头 ${row('a').replaceAll('7', 'x')}`)),
    );
    expect(change.kind).toBe('changed');
    expect(change.ranges).toHaveLength(2);
  });
});

/** Mulberry32: the same row of numbers for a seed on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const VOCABULARY = [
  '茶园',
  '的',
  '在',
  '县里',
  '1,200 斤',
  'CO2',
  '😀',
  '𠮷家',
  '，',
  '。',
  '报名',
  '林阿伯',
  ' ',
  'tea',
];
const MARKS = [{ type: 'bold' }, { type: 'italic' }, { type: 'textColor', attrs: { color: 'red' } }];

/** Edits an article the way people do: words, marks, blocks taken out, put in, moved, made into others. */
function mutate(doc: ArticleDoc, next: (below: number) => number): ArticleDoc {
  const content = structuredClone(doc.content);
  const words = (): string => Array.from({ length: 1 + next(6) }, () => VOCABULARY[next(VOCABULARY.length)]).join('');
  const lines = (nodes: ArticleNodeJson[]): ArticleNodeJson[] =>
    nodes.flatMap((child) => (child.content?.some((c) => c.type === 'text') ? [child] : lines(child.content ?? [])));
  for (let edits = 1 + next(8); edits > 0; edits--) {
    const at = next(content.length);
    const line = lines(content)[next(lines(content).length)];
    const piece = line?.content?.find((child) => child.type === 'text');
    switch (next(7)) {
      case 0:
        if (content.length > 1) content.splice(at, 1);
        break;
      case 1:
        content.splice(at, 0, para(words()));
        break;
      case 2:
        content.splice(next(content.length), 0, ...content.splice(at, 1));
        break;
      case 3:
      case 4:
        if (piece?.text) {
          // At a character, never inside one: the article's door would turn a half into a replacement character.
          const chars = [...piece.text];
          chars.splice(next(chars.length + 1), next(3), words());
          piece.text = chars.join('');
        }
        break;
      case 5:
        if (piece && line?.type !== 'sourceItem') piece.marks = [MARKS[next(MARKS.length)]!];
        break;
      default:
        content[at] = node('heading', [text(words())], { level: 1 + next(3) });
    }
  }
  return parseArticle({ type: 'doc', content });
}

const blocksOf = ({ doc }: ComparedArticle): Node[] =>
  (doc as ArticleDoc).content.map((json) => articleSchema.nodeFromJSON(json));

/** Text without the ranges of a kind. */
function without(value: string, change: ArticleChange, kind: 'inserted' | 'deleted'): string {
  let kept = '';
  let at = 0;
  for (const range of change.ranges.filter((r) => r.kind === kind)) {
    expect(range.from).toBeGreaterThanOrEqual(at);
    kept += value.slice(at, range.from);
    at = range.to;
  }
  return kept + value.slice(at);
}

/** One sign for each position of a node: what stands there. */
function positions(block: Node): string[] {
  const signs: string[] = [];
  const visit = (child: Node): void => {
    if (child.isText) signs.push(...(child.text ?? '').split('').map((c) => `${c}${JSON.stringify(child.marks)}`));
    else if (child.isLeaf) signs.push(JSON.stringify(child.toJSON()));
    else {
      signs.push(`<${child.type.name}${JSON.stringify(child.attrs)}`);
      child.forEach(visit);
      signs.push('>');
    }
  };
  visit(block);
  return signs;
}

const swapped = {
  inserted: 'deleted',
  deleted: 'inserted',
  changed: 'changed',
  moved: 'moved',
  marks: 'marks',
  attrs: 'attrs',
};

function holds(a: ComparedArticle, b: ComparedArticle): void {
  const { changes } = diffArticles(a, b);
  expect(diffArticles(a, b).changes).toEqual(changes);
  const [old, now] = [blocksOf(a), blocksOf(b)];
  const body = changes.filter(({ blockId }) => blockId !== 'title');

  // The old article can be put together again from the new one and the changes.
  const slots: (string | null)[] = old.map(() => null);
  for (const change of body) if (change.a !== null) slots[change.a] = change.before;
  const untouched = now.map(blockText).filter((_, i) => !body.some((change) => change.b === i));
  expect(slots.map((slot) => slot ?? untouched.shift())).toEqual(old.map(blockText));
  expect(untouched).toEqual([]);

  for (const change of changes) {
    // Nothing changed outside the ranges.
    expect(without(change.before, change, 'deleted')).toBe(without(change.after, change, 'inserted'));
    if (change.a === null || change.b === null) continue;
    const [signsA, signsB] = [positions(old[change.a]!), positions(now[change.b]!)];
    for (const edit of [...change.edits].reverse()) {
      signsA.splice(edit.fromA, edit.toA - edit.fromA);
      signsB.splice(edit.fromB, edit.toB - edit.fromB);
    }
    expect(signsA).toEqual(signsB);
  }

  // Read backwards, what came went.
  const key = (change: ArticleChange): string =>
    JSON.stringify([
      change.kind,
      change.a,
      change.b,
      change.before,
      change.after,
      without(change.before, change, 'deleted'),
    ]);
  const back = diffArticles(b, a).changes.map((change) => {
    const kind = swapped[change.kind] as ArticleChange['kind'];
    const ranges = change.ranges.map((range) => ({ ...range, kind: swapped[range.kind] as typeof range.kind }));
    return key({ ...change, kind, a: change.b, b: change.a, before: change.after, after: change.before, ranges });
  });
  expect(back.sort()).toEqual(changes.map(key).sort());
}

describe('properties of a comparison', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('hold for edits of seed %i', (seed) => {
    const next = random(seed);
    const first = { title: '半山上的茶', doc: fullArticle() };
    const second = { title: next(2) === 0 ? first.title : '半山的老茶园', doc: mutate(first.doc, next) };
    const third = { title: second.title, doc: mutate(second.doc, next) };
    holds(first, second);
    holds(second, third);
    holds(first, third);
  });
});
