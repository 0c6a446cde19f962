/** What makes captions hard to read: the numbers, where they come from, and what to do about each finding. */
import type { Cue } from './schema.ts';
import { textWidth } from './text.ts';

const NETFLIX_ZH = 'Netflix 简体中文字幕规范';
const NETFLIX = 'Netflix 字幕通用规范';

/** Largest width of a line, full-width characters. Subtitle Edit, NetflixQualityController SingleLineMaxLength, zh. */
const MAX_WIDTH = 16;
/** Subtitle Edit, NetflixQualityController MaximumLines. */
const MAX_LINES = 2;
/** Full-width characters a second, adult programmes in Chinese. Subtitle Edit PR #13347 against Netflix's guide. */
const MAX_CPS = 9;
/** 5/6 second and 7 seconds: Netflix, Timed Text Style Guide, General Requirements (215758617). */
const SHORTEST_US = 833_000;
const LONGEST_US = 7_000_000;
/**
 * Two frames at 30 a second are 66.7 ms: Netflix, General Requirements; Subtitle Edit NetflixCheckTwoFramesGap.
 * Files keep whole milliseconds, so exactly two frames may stand as 66.
 */
const SMALLEST_GAP_US = 66_000;

/** Each rule and the document it comes from. */
export const CAPTION_RULES = {
  line_too_long: { source: NETFLIX_ZH },
  too_many_lines: { source: NETFLIX_ZH },
  too_fast: { source: NETFLIX_ZH },
  too_short: { source: NETFLIX },
  too_long: { source: NETFLIX },
  gap_too_small: { source: NETFLIX },
  overlap: { source: NETFLIX },
} as const;

export type CaptionRule = keyof typeof CAPTION_RULES;
export const CAPTION_RULE_NAMES = Object.keys(CAPTION_RULES) as [CaptionRule, ...CaptionRule[]];

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

type Note = (rule: CaptionRule, what: string, fix: string) => void;

function checkLines(cue: Cue, note: Note): void {
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
}

function checkTimes(cue: Cue, note: Note): void {
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

function checkNeighbours(cue: Cue, endBefore: number, note: Note): void {
  const gap = cue.startUs - endBefore;
  if (gap < 0) {
    note('overlap', `和前面的字幕重叠 ${milliseconds(-gap)}`, '让前一条在这一条开始时结束；两人同时说话可合成一条。');
  } else if (gap > 0 && gap < SMALLEST_GAP_US) {
    note('gap_too_small', `和前一条只隔 ${milliseconds(gap)}，不到两帧`, '接上前一条，或隔开至少 67 毫秒。');
  }
}

/** Checks a caption table in Chinese. Findings in order of the cues; a cue may have several. */
export function checkCaptions(cues: readonly Cue[]): CaptionFinding[] {
  const findings: CaptionFinding[] = [];
  let endBefore: number | null = null;
  cues.forEach((cue, index) => {
    const note: Note = (rule, what, fix) => {
      const message = `第 ${index + 1} 条${what}（${CAPTION_RULES[rule].source}）`;
      findings.push({ cue: index + 1, rule, message, fix });
    };
    checkLines(cue, note);
    checkTimes(cue, note);
    if (endBefore !== null) checkNeighbours(cue, endBefore, note);
    endBefore = Math.max(endBefore ?? 0, cue.endUs);
  });
  return findings;
}
