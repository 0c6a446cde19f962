/** What makes captions hard to read: the numbers, where they come from, and what to do about each finding. */
import { badBreaks, partedNames, withoutFinalMark } from './breaks.ts';
import { LONGEST_US, MAX_CPS, MAX_LINES, MAX_WIDTH, SHORTEST_US, SMALLEST_GAP_US } from './limits.ts';
import { speakersOf } from './names.ts';
import type { Cue } from './schema.ts';
import { measureOf, textWidth } from './text.ts';

const NETFLIX_ZH = 'Netflix 简体中文字幕规范';
const NETFLIX = 'Netflix 字幕通用规范';
const NETFLIX_EN = 'Netflix 英文字幕规范';

/** Marks: the national standard. Words and names: Netflix, General Requirements, Line Treatment. */
const BREAKS = 'GB/T 15834 与 Netflix 断行规定';
/**
 * No document says so; it is the custom of Chinese captions, and what caption programs do unasked (VideoCaptioner, issue
 * 268). Netflix's own Chinese examples end without a mark.
 */
const CUSTOM = '中文字幕惯例';

/** Each rule and the document it comes from. A `hint` is a matter of taste: the caption reads well all the same. */
export const CAPTION_RULES = {
  line_too_long: { source: NETFLIX_ZH },
  too_many_lines: { source: NETFLIX_ZH },
  too_fast: { source: NETFLIX_ZH },
  too_short: { source: NETFLIX },
  too_long: { source: NETFLIX },
  gap_too_small: { source: NETFLIX },
  overlap: { source: NETFLIX },
  bad_break: { source: BREAKS },
  final_punctuation: { source: CUSTOM, hint: true },
  translation_line_too_long: { source: NETFLIX_EN },
  translation_too_many_lines: { source: NETFLIX_EN },
  translation_too_fast: { source: NETFLIX_EN },
} as const satisfies Record<string, { source: string; hint?: true }>;

export type CaptionRule = keyof typeof CAPTION_RULES;
export const CAPTION_RULE_NAMES = Object.keys(CAPTION_RULES) as [CaptionRule, ...CaptionRule[]];

/** Whether a rule is a matter of taste. */
export const isHint = (rule: CaptionRule): boolean => 'hint' in CAPTION_RULES[rule];

export interface CaptionFinding {
  /** Number of the cue in order of time, counted from 1 as in an SRT file. */
  cue: number;
  rule: CaptionRule;
  /** What is wrong and against which document, in plain Chinese. */
  message: string;
  /** What to do, in plain Chinese. */
  fix: string;
}

const seconds = (us: number): string => `${Number((us / 1_000_000).toFixed(3))} 秒`;
const milliseconds = (us: number): string => `${Math.round(us / 1000)} 毫秒`;
const plain = (n: number): string => String(Number(n.toFixed(1)));

/** A caption as it is checked: of a file, or of a timeline with its second language. */
export type CheckedCue = Pick<Cue, 'startUs' | 'endUs' | 'text' | 'speaker'> & { translation?: string };

type Note = (rule: CaptionRule, what: string, fix: string) => void;

function checkLines(cue: CheckedCue, names: readonly string[], note: Note): void {
  const lines = cue.text.split('\n');
  const widest = Math.max(...lines.map(textWidth));
  if (widest > MAX_WIDTH) {
    note(
      'line_too_long',
      `一行有 ${plain(widest)} 个字，最多 ${MAX_WIDTH} 个`,
      widest <= MAX_WIDTH * MAX_LINES && lines.length < MAX_LINES
        ? '在标点或词语之间断成两行。'
        : '拆成两条字幕，或删减文字。',
    );
  }
  if (lines.length > MAX_LINES)
    note('too_many_lines', `有 ${lines.length} 行，最多 ${MAX_LINES} 行`, '拆成两条字幕，或把短行合并。');
  const [name] = partedNames(cue.text, names);
  if (name !== undefined) note('bad_break', `把人名“${name}”断成两行`, '把名字放回同一行，在标点或词语之间换行。');
  else if (badBreaks(cue.text).length > 0)
    note('bad_break', '在数字、词语或书名中间换行', '把断开的部分放回同一行，在标点或词语之间换行。');
  if (withoutFinalMark(cue.text) !== cue.text.trimEnd())
    note('final_punctuation', '句末有句号或逗号', '去掉最后的标点。');
}

function checkTimes(cue: CheckedCue, note: Note): void {
  const lasts = cue.endUs - cue.startUs;
  const width = textWidth(cue.text.replace(/\s/g, ''));
  const cps = width / (lasts / 1_000_000);
  if (lasts < SHORTEST_US)
    note('too_short', `只显示 ${seconds(lasts)}，至少要 0.833 秒`, '把结束时间往后移，或和相邻的字幕合并。');
  if (lasts > LONGEST_US) note('too_long', `显示了 ${seconds(lasts)}，最长 7 秒`, '提前结束，或拆成两条字幕。');
  // A hair above the limit is the rounding of the file's milliseconds.
  if (cps > MAX_CPS + 0.05) {
    note(
      'too_fast',
      `每秒 ${plain(cps)} 个字，最多 ${MAX_CPS} 个`,
      `至少显示 ${(Math.ceil((width / MAX_CPS) * 100) / 100).toFixed(2)} 秒，或删减文字。`,
    );
  }
}

/**
 * The second language by its own measure: Latin letters are counted with their spaces, Chinese under another language as
 * Chinese is.
 */
function checkTranslation({ translation, startUs, endUs }: CheckedCue, note: Note): void {
  if (translation === undefined) return;
  const { widthOf, line, perSecond, unit } = measureOf(translation);
  const lines = translation.split('\n');
  const widest = Math.max(...lines.map(widthOf));
  if (widest > line) {
    const fix =
      lines.length < MAX_LINES && widest <= line * MAX_LINES ? '在词语之间断成两行。' : '拆成两条字幕，或译得短些。';
    note('translation_line_too_long', `第二语言一行有 ${plain(widest)} ${unit}，最多 ${line} 个`, fix);
  }
  if (lines.length > MAX_LINES)
    note(
      'translation_too_many_lines',
      `第二语言有 ${lines.length} 行，最多 ${MAX_LINES} 行`,
      '把短行合并，或译得短些。',
    );
  const width = widthOf(lines.join(' '));
  const cps = width / ((endUs - startUs) / 1_000_000);
  if (cps > perSecond + 0.05) {
    const needed = (Math.ceil((width / perSecond) * 100) / 100).toFixed(2);
    const what = `第二语言每秒 ${plain(cps)} ${unit}，最多 ${perSecond} 个`;
    note('translation_too_fast', what, `至少显示 ${needed} 秒，或译得短些。`);
  }
}

function checkNeighbours(cue: CheckedCue, endBefore: number, note: Note): void {
  const gap = cue.startUs - endBefore;
  if (gap < 0) {
    note('overlap', `和前面的字幕重叠 ${milliseconds(-gap)}`, '让前一条在这一条开始时结束；两人同时说话可合成一条。');
  } else if (gap > 0 && gap < SMALLEST_GAP_US) {
    note('gap_too_small', `和前一条只隔 ${milliseconds(gap)}，不到两帧`, '接上前一条，或隔开至少 67 毫秒。');
  }
}

/**
 * Checks a caption table in Chinese. Findings in order of the cues; a cue may have several. `names`: of people, inside which
 * no line ends, as `namesFrom` gives them; left out: who speaks in these cues.
 */
export function checkCaptions(
  cues: readonly CheckedCue[],
  names: readonly string[] = speakersOf(cues),
): CaptionFinding[] {
  const findings: CaptionFinding[] = [];
  let endBefore: number | null = null;
  cues.forEach((cue, index) => {
    const note: Note = (rule, what, fix) => {
      const message = `第 ${index + 1} 条${what}（${CAPTION_RULES[rule].source}）`;
      findings.push({ cue: index + 1, rule, message, fix });
    };
    checkLines(cue, names, note);
    checkTimes(cue, note);
    checkTranslation(cue, note);
    if (endBefore !== null) checkNeighbours(cue, endBefore, note);
    endBefore = Math.max(endBefore ?? 0, cue.endUs);
  });
  return findings;
}
