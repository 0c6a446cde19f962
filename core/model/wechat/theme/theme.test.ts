import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, it, test } from 'vitest';
import { StudioError } from '../../errors.ts';
import { contrast, readColour } from '../colour.ts';
import { readStyle } from '../css.ts';
import {
  SPECIMEN_OPTIONS,
  THEME_KINDS,
  WECHAT_DARK,
  WECHAT_LIGHT,
  WECHAT_THEMES,
  readTheme,
  renderWechat,
  specimen,
  themeProblems,
  type ThemeKind,
  type WechatTheme,
} from '../index.ts';
import { textRuns } from '../readable.ts';

/** Tags and names of properties, without any value and without the words. */
function structure(html: string): string {
  const written = (node: Tree.Node): string => {
    const inner = 'childNodes' in node ? node.childNodes.map(written).join('') : '';
    if (!('tagName' in node)) return inner;
    const style = node.attrs.find((a) => a.name === 'style')?.value ?? '';
    const names = readStyle(style).map((d) => d.name);
    return `${node.tagName}{${[...new Set(names)].sort().join(' ')}}(${inner})`;
  };
  return written(parseFragment(html));
}

/** The block of a kind as a theme builds it, without the wrapper; footnotes stand behind the blocks. */
function built(theme: WechatTheme, kind: ThemeKind): string {
  const { html, blocks } = renderWechat(specimen(kind), { ...SPECIMEN_OPTIONS, theme });
  const last = blocks.at(-1)?.end ?? 0;
  return kind === 'notes' ? html.slice(last) : html.slice(blocks[0]?.start, last);
}

const pairs = WECHAT_THEMES.flatMap((a, i) => WECHAT_THEMES.slice(i + 1).map((b) => [a.id, b.id, a, b] as const));

describe('the themes', () => {
  it('are at least eight, each with two names and a use', () => {
    expect(WECHAT_THEMES.length).toBeGreaterThanOrEqual(8);
    expect(new Set(WECHAT_THEMES.map((t) => t.id)).size).toBe(WECHAT_THEMES.length);
    expect(new Set(WECHAT_THEMES.map((t) => t.name.zh)).size).toBe(WECHAT_THEMES.length);
  });

  test.each(pairs)('%s and %s differ in construction, not only in colours', (_a, _b, a, b) => {
    const different = THEME_KINDS.filter((kind) => structure(built(a, kind)) !== structure(built(b, kind)));
    expect(different.length, different.join(' ')).toBeGreaterThanOrEqual(3);
    const main = ['heading1', 'heading2', 'quote', 'divider', 'figure', 'person'] as const;
    expect(main.filter((kind) => different.includes(kind)).length, different.join(' ')).toBeGreaterThanOrEqual(3);
  });

  test.each(WECHAT_THEMES.map((t) => [t.id, t] as const))(
    '%s can be read by day and at night, and loses nothing',
    (_id, theme) => {
      expect(themeProblems(theme)).toEqual([]);
      for (const kind of THEME_KINDS) {
        const { html } = renderWechat(specimen(kind), { ...SPECIMEN_OPTIONS, theme });
        expect(html).not.toMatch(/gradient|rgba\(|opacity/);
        for (const run of textRuns(html, WECHAT_LIGHT)) expect(run.ownColor, `${kind}: ${run.text}`).toBe(true);
      }
    },
  );

  it('are compared by a measure that sees construction only', () => {
    const [first] = WECHAT_THEMES as [WechatTheme];
    const recoloured = { ...first, palette: { ...first.palette, ink: '#000', accent: '#123' } };
    for (const kind of THEME_KINDS) expect(structure(built(recoloured, kind))).toBe(structure(built(first, kind)));
  });
});

describe('a theme from outside', () => {
  const good = (): Record<string, unknown> => structuredClone(WECHAT_THEMES[1]) as unknown as Record<string, unknown>;
  const refusal = (change: (theme: Record<string, Record<string, unknown>>) => void): string => {
    const theme = good();
    change(theme as Record<string, Record<string, unknown>>);
    try {
      readTheme(theme);
    } catch (error) {
      if (error instanceof StudioError && error.code === 'bad_input') return String(error.params['what']);
      throw error;
    }
    return '';
  };
  const set = (part: string, key: string, value: unknown) => (theme: Record<string, Record<string, unknown>>) => {
    theme[part] = { ...theme[part], [key]: value };
  };

  it('that is whole is taken', () => {
    expect(readTheme(good())).toEqual(WECHAT_THEMES[1]);
  });

  test.each([
    ['palette', 'ink', 'black', 'palette/ink: must be a colour'],
    ['heading1', 'as', 'flaming', 'heading1/as:'],
    ['heading1', 'css', 'position:absolute', 'heading1/css: position does not survive'],
    ['quote', 'css', 'background:url(https://a.cn/x.png)', 'quote/css: background does not survive'],
    ['quote', 'css', 'color:var(--x)', 'quote/css: color does not survive'],
    ['quote', 'css', 'x" onclick="y', 'quote/css: must hold flat declarations'],
    ['quote', 'css', 'color', 'quote/css: must be declarations'],
    ['quote', 'css', 'background-image:linear-gradient(red,blue)', 'quote/css: must hold flat declarations'],
    ['divider', 'mark', '<b>', 'divider/mark:'],
    ['text', 'size', 80, 'text/size:'],
    ['name', 'zh', '', 'name/zh:'],
    ['palette', 'ink', '#bbbbbb', 'heading2: '],
    ['palette', 'onAccent', '#17477f', 'heading1: '],
  ])('is refused with the place: %s/%s %s', (part, key, value, place) => {
    expect(refusal(set(part, key, value))).toContain(place === 'heading2: ' ? 'has a contrast of' : place);
  });

  it('is refused when it is no theme at all', () => {
    for (const value of [null, 'x', [], {}]) expect(() => readTheme(value)).toThrow(StudioError);
    expect(refusal((theme) => Object.assign(theme, { extra: 1 }))).toContain('theme: ');
  });
});

describe('drawings', () => {
  test.each(WECHAT_THEMES.map((t) => [t.id, t] as const))(
    'of %s are seen by day and at night, though WeChat leaves them',
    (_id, theme) => {
      const { html } = renderWechat(specimen('divider'), { ...SPECIMEN_OPTIONS, theme });
      const colours = [...html.matchAll(/(?:fill|stroke)="(#[\da-f]+)"/g)].map((m) => readColour(m[1] ?? ''));
      expect(colours.length > 0).toBe(/^(?:leaf|fret|wheat)$/.test(theme.divider.as));
      for (const colour of colours)
        for (const page of [theme.palette.paper ?? WECHAT_LIGHT.page, WECHAT_DARK.page])
          expect(contrast(colour ?? [0, 0, 0], readColour(page) ?? [0, 0, 0])).toBeGreaterThan(3);
    },
  );
});

describe('contrast', () => {
  it('is that of WCAG', () => {
    const c = (a: string, b: string): number => contrast(readColour(a) ?? [0, 0, 0], readColour(b) ?? [0, 0, 0]);
    expect(c('#fff', '#000')).toBeCloseTo(21, 5);
    expect(c('#777', 'white')).toBeCloseTo(4.48, 2);
    expect(c('rgb(0, 0, 255)', '#ffffff')).toBeCloseTo(8.59, 2);
  });
});
