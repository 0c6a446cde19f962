import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repoRoot } from '../../../tests/support/studio.ts';
import { Chance } from '../../../tests/fixtures/timeline.ts';
import type { ArticleDoc } from '../article/types.ts';
import { blockTexts } from '../article/text.ts';
import type { Anchor } from '../contract/index.ts';
import { ROLES } from '../roles.ts';
import {
  DEFAULT_ROUTE,
  compareParts,
  packagePath,
  placeAnchor,
  routeTemplate,
  signRefusal,
  sortParts,
} from './index.ts';

const doc = (...texts: string[]): ArticleDoc => ({
  type: 'doc',
  content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});

describe('the default route', () => {
  it('is the same as its template', () => {
    const text = readFileSync(path.join(repoRoot, 'templates/routes/default.json'), 'utf8');
    expect(routeTemplate.parse(JSON.parse(text)).stages).toEqual(DEFAULT_ROUTE);
  });

  it.each([
    [[]],
    [[{ n: 2, id: 'a', name: 'A' }]],
    [
      [
        { n: 1, id: 'a', name: 'A' },
        { n: 2, id: 'a', name: 'B' },
      ],
    ],
    [[{ n: 1, id: 'a', name: 'A', role: 'owner' }]],
  ])('would not be %j', (stages) => {
    expect(routeTemplate.safeParse({ format: 'tongxin-route/1', stages }).success).toBe(false);
  });
});

describe('parts', () => {
  const part = (kind: string, id: string, digit = '0') => ({ kind, id, sha256: digit.repeat(64) });

  it('stand by kind and id, each once, whatever order they come in', () => {
    const parts = [
      part('timeline', 'b'),
      part('asset', 'z'),
      part('asset', 'B'),
      part('asset', 'z'),
      part('asset', 'a'),
    ];
    const sorted = ['asset B', 'asset a', 'asset z', 'timeline b'];
    expect(sortParts(parts).map((p) => `${p.kind} ${p.id}`)).toEqual(sorted);
    expect(sortParts(parts.reverse()).map((p) => `${p.kind} ${p.id}`)).toEqual(sorted);
  });

  it('differ by what was changed, added and removed', () => {
    const then = [part('article', 's'), part('asset', 'a'), part('asset', 'b')];
    const now = [part('article', 's', '1'), part('asset', 'b'), part('timeline', 'v')];
    expect(compareParts(then, now)).toEqual([
      { kind: 'article', id: 's', what: 'changed' },
      { kind: 'asset', id: 'a', what: 'removed' },
      { kind: 'timeline', id: 'v', what: 'added' },
    ]);
    expect(compareParts(then, then)).toEqual([]);
  });
});

it('only a reviewer who neither submitted nor signed may sign', () => {
  const round = { state: 'in_review', submittedBy: 'author', signedBy: ['signer'] } as const;
  const free = ROLES.filter((role) => signRefusal(round, { userId: 'other', role }) === null);
  expect(free).toEqual(['reviewer']);
  for (const role of ROLES) {
    expect(signRefusal(round, { userId: 'author', role })).toBe('own_work');
    expect(signRefusal(round, { userId: 'signer', role })).toBe('already_signed');
    expect(signRefusal({ ...round, state: 'approved' }, { userId: 'author', role })).toBe('not_in_review');
  }
});

describe('anchors', () => {
  const anchorAt = (
    texts: string[],
    block: number,
    offset: number,
    length: number,
  ): Extract<Anchor, { kind: 'text' }> => {
    const text = texts[block] ?? '';
    return {
      kind: 'text',
      versionHash: 'a'.repeat(64),
      block,
      offset,
      length,
      quote: text.slice(offset, offset + length),
      before: text.slice(Math.max(0, offset - 12), offset),
      after: text.slice(offset + length, offset + length + 12),
    };
  };

  it('choose, of many like places, the one that is surrounded as before', () => {
    const texts = ['茶园里的茶，比山下的茶早。', '茶农说：这里的茶最好。'];
    const anchor = anchorAt(texts, 1, 7, 1);
    expect(anchor.quote).toBe('茶');
    const later = doc('一段新的话，也说茶。', ...texts);
    expect(placeAnchor(later, 'b'.repeat(64), anchor)).toMatchObject({ lost: false, anchor: { block: 2, offset: 7 } });
  });

  it('stay where they are while nothing changes, also between two letters', () => {
    const chance = new Chance(7);
    for (let round = 0; round < 200; round += 1) {
      const texts = Array.from({ length: 4 }, () =>
        Array.from({ length: 30 }, () => '春茶雾山老周说好。，'[chance.below(10)]).join(''),
      );
      const block = chance.below(4);
      const offset = chance.below(25);
      const anchor = anchorAt(texts, block, offset, chance.below(5));
      const found = placeAnchor(doc(...texts), 'a'.repeat(64), anchor);
      expect(found.lost).toBe(false);
      const text = blockTexts(doc(...texts))[found.anchor.block] ?? '';
      expect(text.slice(found.anchor.offset, found.anchor.offset + found.anchor.length)).toBe(anchor.quote);
      expect(text.slice(0, found.anchor.offset).endsWith(anchor.before)).toBe(true);
    }
  });

  it('are lost, as they were, when the words are gone', () => {
    const anchor = anchorAt(['雾散了才好采'], 0, 0, 2);
    expect(placeAnchor(doc('别的'), 'b'.repeat(64), anchor)).toEqual({ anchor, lost: true });
  });
});

it.each(['', '/a', 'a/', 'a//b', '..', '../a', 'a/..', 'a/../b', './a', 'a/.', 'a\\b', 'C:a', 'a\u0000b', 'a\nb'])(
  'is no path of a package: %j',
  (text) => {
    expect(packagePath.safeParse(text).success).toBe(false);
  },
);

it.each(['a', 'wechat/images/01.jpg', '…/...', '.a', 'a..b/c'])('is a path of a package: %j', (text) => {
  expect(packagePath.safeParse(text).success).toBe(true);
});
