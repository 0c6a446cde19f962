import { format, resolveConfig } from 'prettier';
import { describe, expect, it, test } from 'vitest';
import data from '../../../../templates/targets/wechat-sanitizer.json' with { type: 'json' };
import { SNIPPETS } from '../../../../tests/fixtures/wechat-snippets.ts';
import { WECHAT_RULES, sanitizeWechat, sanitizerFile } from './index.ts';

describe('the rules', () => {
  it('each say where they are from, and only official pages make one certain', () => {
    for (const rule of WECHAT_RULES) {
      expect(rule.source, rule.id).not.toBe('');
      expect(/developers\.weixin\.qq\.com/.test(rule.source) || rule.inferred, rule.id).toBe(true);
    }
  });

  it('are refused when they are wrong', () => {
    const with0 = (change: object) => ({ ...data, rules: [{ ...data.rules[0], ...change }, ...data.rules.slice(1)] });
    expect(sanitizerFile.safeParse(data).success).toBe(true);
    expect(sanitizerFile.safeParse(with0({ effect: 'eaten' })).success).toBe(false);
    expect(sanitizerFile.safeParse(with0({ source: '' })).success).toBe(false);
    expect(sanitizerFile.safeParse(with0({ id: 'handler' })).success).toBe(false);
    expect(sanitizerFile.safeParse(with0({ extra: 1 })).success).toBe(false);
  });

  it('stand in docs/ as a table', async () => {
    const told = (rule: (typeof WECHAT_RULES)[number]): string => {
      if (rule.kind === 'structure') return rule.name.replaceAll('_', ' ');
      if (rule.kind === 'value') return `values like \`${rule.pattern}\``;
      if (rule.kind === 'url') return `addresses like \`${rule.pattern}\``;
      const list = rule.kind === 'tag' || rule.kind === 'unknown_tag' ? rule.tags : rule.names;
      const names = list.map((name) => `\`${name}\``).join(' ');
      return `${rule.kind.startsWith('unknown') ? `every ${rule.kind.slice(8)} but ` : `${rule.kind}: `}${names}`;
    };
    const rows = WECHAT_RULES.map((rule) => {
      const cells = [
        rule.id,
        told(rule),
        rule.effect,
        rule.inferred ? 'inferred' : 'official',
        rule.source,
        rule.checked,
      ];
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    });
    const head = ['# What an official account does to HTML', '', data.note, ''];
    const from = ['Written from `templates/targets/wechat-sanitizer.json` by `sanitizer.test.ts` (`vitest -u`).', ''];
    const table = [
      '| rule | what | effect | known | source | checked |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows,
    ];
    const file = new URL('../../../../docs/wechat-rules.md', import.meta.url).pathname;
    const text = await format([...head, ...from, ...table].join('\n'), {
      ...(await resolveConfig(file)),
      filepath: file,
    });
    await expect(text).toMatchFileSnapshot(file);
  });

  it('are each met by a snippet', () => {
    const met = new Set(SNIPPETS.flatMap((s) => s.rules));
    const unmet = WECHAT_RULES.map((r) => r.id).filter((id) => !met.has(id));
    expect(unmet).toEqual(['svg_link', 'script_value']);
  });
});

describe(`${String(SNIPPETS.length)} foreign snippets`, () => {
  it('are at least thirty', () => expect(SNIPPETS.length).toBeGreaterThanOrEqual(30));

  test.each(SNIPPETS)('$name', ({ html, left, rules }) => {
    const result = sanitizeWechat(html);
    expect(result.html).toBe(left);
    expect(result.lost.map((l) => l.rule)).toEqual(rules);
    // What is left loses nothing more.
    const again = sanitizeWechat(result.html).lost.filter((l) => l.rule !== 'root_background');
    expect(again).toEqual([]);
  });
});

describe('a loss', () => {
  it('names the part, the words, and the place in the source', () => {
    const html = '<section><p>前</p><p style="position:fixed;color:#333" id="a">悬在上方的字</p></section>';
    const { lost } = sanitizeWechat(html);
    expect(lost).toEqual([
      {
        ...{ rule: 'place', effect: 'dropped', what: 'position:fixed', where: '悬在上方的字' },
        ...{ offset: html.indexOf('style='), inferred: true },
      },
      {
        rule: 'id',
        effect: 'dropped',
        what: 'id',
        where: '悬在上方的字',
        offset: html.indexOf('id="a"'),
        inferred: true,
      },
    ]);
    expect(sanitizeWechat('<p>一</p><script>1</script>').lost[0]).toMatchObject({ offset: 8, inferred: false });
  });

  it('is none for pictures that are put into the account first', () => {
    const html = '<p><img src="https://studio.local/a.jpg"></p>';
    expect(sanitizeWechat(html).lost.map((l) => l.rule)).toEqual(['foreign_picture']);
    expect(sanitizeWechat(html, { own: new Set(['https://studio.local/a.jpg']) })).toEqual({ html, lost: [] });
    expect(sanitizeWechat('<p><img src="images/01.jpg"></p>').lost).toEqual([]);
  });

  it('is told of drawings and of scripts in styles', () => {
    const svg = '<section><svg viewBox="0 0 1 1"><path fill="red" filter="url(#f)" d="M0 0"/></svg></section>';
    expect(sanitizeWechat(svg).lost.map((l) => l.rule)).toEqual(['svg_link']);
    expect(sanitizeWechat('<p style="width:expression(1)">x</p>').lost.map((l) => l.rule)).toEqual(['script_value']);
  });

  it('leaves brackets, quotes and semicolons in values alone', () => {
    const html = `<p style="font-family:'a;b',serif;background-position:calc(1px + (2px));color:#333">x</p>`;
    expect(sanitizeWechat(`<section>${html}</section>`)).toEqual({ html: `<section>${html}</section>`, lost: [] });
  });
});
