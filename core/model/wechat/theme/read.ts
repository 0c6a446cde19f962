/** The door every theme from outside passes. */
import { StudioError } from '../../errors.ts';
import { writeColour } from '../colour.ts';
import { WECHAT_DARK, WECHAT_LIGHT, wechatDark } from '../dark.ts';
import { isReadable, textRuns, type TextRun } from '../readable.ts';
import { renderWechat } from '../render/index.ts';
import { sanitizeWechat } from '../sanitizer/index.ts';
import { THEME_KINDS, themeFile, type ThemeKind, type WechatTheme } from './shape.ts';
import { SPECIMEN_OPTIONS, specimen } from './specimen.ts';

export interface ThemeProblem {
  /** `lost`: WeChat would not keep it. `contrast`, `contrast_dark`: hard to read by day, at night. */
  code: 'lost' | 'contrast' | 'contrast_dark';
  kind: ThemeKind;
  /** What is lost, or the two colours. */
  what: string;
  /** Contrast; 0 for `lost`. */
  ratio: number;
}

const colours = (run: TextRun): string => `${writeColour(run.color)} on ${writeColour(run.background)}`;

function hardToRead(code: ThemeProblem['code'], kind: ThemeKind, runs: TextRun[]): ThemeProblem[] {
  const bad = new Map(runs.filter((run) => !isReadable(run)).map((run) => [colours(run), run.contrast]));
  return [...bad].map(([what, ratio]) => ({ code, kind, what, ratio: Math.round(ratio * 100) / 100 }));
}

/** What a theme gets wrong, kind by kind, tried on a small piece of each. Empty for a good one. */
export function themeProblems(theme: WechatTheme): ThemeProblem[] {
  return THEME_KINDS.flatMap((kind) => {
    const { html } = renderWechat(specimen(kind), { ...SPECIMEN_OPTIONS, theme });
    const lost = sanitizeWechat(html).lost.map((l): ThemeProblem => ({ code: 'lost', kind, what: l.what, ratio: 0 }));
    return [
      ...lost,
      ...hardToRead('contrast', kind, textRuns(html, WECHAT_LIGHT)),
      ...hardToRead('contrast_dark', kind, textRuns(wechatDark(html), WECHAT_DARK)),
    ];
  });
}

/**
 * Checks a theme: its shape, that all of it survives in an official account, that its text can be read by day. Hard to
 * read at night is no reason to refuse it (`themeProblems` tells).
 *
 * @param value the file's JSON, parsed.
 * @throws StudioError bad_input {what}: the place in the file and what is wrong there.
 */
export function readTheme(value: unknown): WechatTheme {
  const parsed = themeFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('/') || 'theme';
    throw new StudioError('bad_input', { what: `${place}: ${issue?.message ?? 'wrong'}` });
  }
  const problem = themeProblems(parsed.data).find((p) => p.code !== 'contrast_dark');
  if (problem) {
    const why =
      problem.code === 'lost'
        ? `${problem.what} is lost`
        : `${problem.what} has a contrast of ${String(problem.ratio)}`;
    throw new StudioError('bad_input', { what: `${problem.kind}: ${why}` });
  }
  return parsed.data;
}
