import { RuleTester } from 'eslint';
import { afterAll, describe, it } from 'vitest';
import { noLiteralJsxText } from './no-literal-jsx-text.mjs';
import { themeOnlyValues } from './theme-only-values.mjs';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({
  languageOptions: {
    ecmaVersion: 2024,
    sourceType: 'module',
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
});

const refused = (code, messageId, count = 1) => ({
  code,
  errors: Array.from({ length: count }, () => ({ messageId })),
});

tester.run('no-literal-jsx-text', noLiteralJsxText, {
  valid: [
    '<p>{t("story.title")}</p>',
    '<p>12:30 · — “…” %</p>',
    '<p className="body" data-testid="x">{count}</p>',
    '<Button aria-label={t("close")} variant="light" />',
    '<img alt="" src="a.png" />',
    '<p>{known ? t("yes") : t("no")}</p>',
    '<p>{t(`kind.${kind}`)}</p>',
    '<p>{list.map((item) => item.name)}</p>',
    '<a title={`${width}×${height}`}>{x}</a>',
    'const key = "Stories";',
  ],
  invalid: [
    refused('<p>Stories</p>', 'literal'),
    refused('<p>稿件</p>', 'literal'),
    refused('<>Привет</>', 'literal'),
    refused('<p>{"Stories"}</p>', 'literal'),
    refused('<p>{`共 ${n}`}</p>', 'literal'),
    refused('<p>{ok ? "Yes" : "No"}</p>', 'literal', 2),
    refused('<p>{ok && "Saved"}</p>', 'literal'),
    refused('<p>{n + " items"}</p>', 'literal'),
    refused('<input placeholder="搜索" />', 'literal'),
    refused('<button aria-label={"Close"} />', 'literal'),
    refused('<img alt={ok ? "a picture" : ""} />', 'literal'),
    refused('<TextInput label="Name" description={`Your name`} error="Wrong" title="T" />', 'literal', 4),
  ],
});

tester.run('theme-only-values', themeOnlyValues, {
  valid: [
    '<div style={{ color: "var(--ink)", padding: "var(--s4)", width: 320 }} />',
    '<div style={{ border: "1px solid var(--line)", flex: 1, inset: 0, width: "50%" }} />',
    '<Box p="md" gap="xs" radius={0} shadow="sm" />',
    '<Box style={{ boxShadow: "var(--shadow-1)" }} />',
    '<Box style={{ boxShadow: "none" }} />',
    'const anchor = "#123"; const issue = "see #1234 there";',
    'const text = "picture 1080px wide";',
    '<a href="#abc" />',
    '<Box w={320} mah={240} />',
    'draw({ fontSize })',
  ],
  invalid: [
    refused('<div style={{ color: "#fff" }} />', 'colour'),
    refused('const red = "#C0362C";', 'colour'),
    refused('const x = { backgroundColor: "#123" };', 'colour'),
    refused('const x = "rgba(0, 0, 0, 0.4)";', 'colour'),
    refused('const x = `1px solid hsl(${h} 50% 50%)`;', 'colour'),
    refused('<div style={{ border: "1px solid #ddd" }} />', 'colour'),
    refused('<div style={{ padding: "12px" }} />', 'length'),
    refused('<div style={{ width: "calc(100% - 40px)" }} />', 'length'),
    refused('<div style={{ marginTop: 8, fontSize: big ? 20 : 14 }} />', 'length', 3),
    refused('<div style={{ marginTop: -8 }} />', 'length'),
    refused('<Stack gap={12} p="1.5rem" />', 'length', 2),
    refused('const x = { padding: "4px 8px" };', 'length'),
    refused('<div style={{ boxShadow: "0 1px 2px var(--line)" }} />', 'shadow'),
    refused('const x = { textShadow: "0 0 4px #000" };', 'shadow'),
    refused('const x = { boxShadow: `0 0 ${n}px black` };', 'shadow', 2),
  ],
});
