/**
 * Mending what the check of captions found, as operations of the timeline. Only what is certain is offered: the finding
 * is gone afterwards and nothing is found that was not found before.
 */
import type { Operation } from '../timeline/operation.ts';
import type { Cue } from '../timeline/timeline.ts';
import { checkCaptions, type CaptionFinding, type CaptionRule } from './check.ts';
import { TWO_FRAMES_US } from './limits.ts';
import { MENDERS, type Mend, type MendOptions } from './mend.ts';
import { speakersOf } from './names.ts';

export interface FixOptions {
  /** Two frames of the film, microseconds; less than {@link TWO_FRAMES_US} (a film of more than 30 frames) counts as that. */
  gapUs?: number;
  /** Where the film ends, microseconds: no cue is made to last beyond it. Default: it does not matter. */
  filmUs?: number;
  /** Of people, as `namesFrom` gives them; keep the same array as long as they are the same. Default: who speaks. */
  names?: readonly string[];
  /** Gives the id of a cue that a split makes; each call another. */
  newId: () => string;
}

/** Who speaks in a table, worked out once. */
const speakers = new WeakMap<readonly Cue[], readonly string[]>();
function speakersIn(cues: readonly Cue[]): readonly string[] {
  const names = speakers.get(cues) ?? speakersOf(cues);
  speakers.set(cues, names);
  return names;
}

const optionsOf = (cues: readonly Cue[], { gapUs = 0, filmUs = Infinity, names, newId }: FixOptions): MendOptions => ({
  gapUs: Math.max(TWO_FRAMES_US, gapUs),
  filmUs,
  names: names ?? speakersIn(cues),
  newId,
});

const isEmpty = (cue: Cue | undefined): boolean => (cue?.text ?? '').trim() === '';

/** Findings by the cue they were first about: `origins` names it for every cue. Those of cues without words are left out. */
function told(cues: readonly Cue[], origins: readonly (string | number)[], names: readonly string[]): Set<string> {
  const findings = checkCaptions(cues, names).filter(({ cue }) => !isEmpty(cues[cue - 1]));
  return new Set(findings.map(({ cue, rule }) => `${String(origins[cue - 1])} ${rule}`));
}

/** Whether a mend takes its finding away and brings no other. Only the cues around it are looked at. */
function isCertain(
  cues: readonly Cue[],
  mend: Mend,
  index: number,
  rule: CaptionRule,
  names: readonly string[],
): boolean {
  const from = Math.max(0, Math.min(index, ...mend.keys()) - 1);
  const to = Math.min(cues.length - 1, Math.max(index, ...mend.keys()) + 1);
  const places = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const before = places.map((place) => cues[place]).filter((cue) => cue !== undefined);
  const after = places.flatMap((place, i) =>
    (mend.get(place) ?? before.slice(i, i + 1)).map((cue) => ({ cue, place })),
  );
  const [was, is] = [
    told(before, places, names),
    told(
      after.map(({ cue }) => cue),
      after.map(({ place }) => place),
      names,
    ),
  ];
  return !is.has(`${String(index)} ${rule}`) && [...is].every((finding) => was.has(finding));
}

function findMend(cues: readonly Cue[], index: number, rule: CaptionRule, options: MendOptions): Mend | null {
  for (const mender of MENDERS[rule]) {
    const mend = mender(cues, index, options);
    if (mend && isCertain(cues, mend, index, rule, options.names)) return mend;
  }
  return null;
}

/** A cue mended before: the answer holds as long as the cue, its neighbours and the options are the same. */
interface Known {
  around: readonly [Cue | undefined, Cue | undefined];
  gapUs: number;
  filmUs: number;
  names: readonly string[];
  /** What the cue becomes; null: nothing is certain. */
  parts: readonly Cue[] | null;
}
const known = new WeakMap<Cue, Map<CaptionRule, Known>>();
/** Rules whose mending looks at cues further away, and may change them. */
const FAR: ReadonlySet<CaptionRule> = new Set(['overlap', 'gap_too_small']);

/** {@link findMend}, remembered: in a long list an edit changes one cue, and the rest need not be worked out again. */
function mendOf(cues: readonly Cue[], index: number, rule: CaptionRule, options: MendOptions): Mend | null {
  const cue = cues[index];
  if (!cue || isEmpty(cue)) return null;
  if (FAR.has(rule)) return findMend(cues, index, rule, options);
  const { gapUs, filmUs, names } = options;
  const around = [cues[index - 1], cues[index + 1]] as const;
  const byRule = known.get(cue) ?? new Map<CaptionRule, Known>();
  known.set(cue, byRule);
  const before = byRule.get(rule);
  const same = before?.gapUs === gapUs && before.filmUs === filmUs && before.names === names;
  if (same && before.around.every((each, i) => each === around[i]))
    return before.parts && new Map([[index, before.parts]]);
  const mend = findMend(cues, index, rule, options);
  byRule.set(rule, { around, gapUs, filmUs, names, parts: mend?.get(index) ?? null });
  return mend;
}

const mended = (cues: readonly Cue[], mend: Mend): Cue[] => cues.flatMap((cue, index) => mend.get(index) ?? [cue]);

/** What changed between two tables, as operations: `after` has every cue of `before`, and maybe new ones. */
function operationsBetween(before: readonly Cue[], after: readonly Cue[]): Operation[] {
  const old = new Map(before.map((cue) => [cue.id, cue]));
  return after.flatMap((cue): Operation[] => {
    const was = old.get(cue.id);
    if (!was) return [{ type: 'addCue', cue }];
    if (was === cue) return [];
    const change = {
      ...(cue.text === was.text ? {} : { text: cue.text }),
      ...(cue.translation === was.translation ? {} : { translation: cue.translation ?? null }),
      ...(cue.startUs === was.startUs ? {} : { startUs: cue.startUs }),
      ...(cue.endUs === was.endUs ? {} : { endUs: cue.endUs }),
    };
    return Object.keys(change).length === 0 ? [] : [{ type: 'editCue', cueId: cue.id, ...change }];
  });
}

/**
 * The operations that mend one finding of `checkCaptions(cues)`; null where nothing is certain. All of them are one step.
 * `cues` stand by their start, as in a timeline.
 */
export function fixFinding(
  cues: readonly Cue[],
  finding: Pick<CaptionFinding, 'cue' | 'rule'>,
  options: FixOptions,
): Operation[] | null {
  const mend = mendOf(cues, finding.cue - 1, finding.rule, optionsOf(cues, options));
  return mend && operationsBetween(cues, mended(cues, mend));
}

/** First the words, for a split shares out the time; then times, of which none moves a start. */
const PHASES: readonly (readonly CaptionRule[])[] = [
  [
    ...(['bad_break', 'line_too_long', 'too_many_lines', 'final_punctuation'] as const),
    ...(['translation_line_too_long', 'translation_too_many_lines'] as const),
  ],
  ['overlap', 'gap_too_small', 'too_long', 'too_short', 'too_fast', 'translation_too_fast'],
];
/** What one round makes possible (an overlap gone, so that a gap can be closed) the next one does. */
const ROUNDS = 4;

/** Mends findings of some rules, in their order, cue by cue from the last to the first, so that places stay true. */
function mendRules(cues: readonly Cue[], rules: readonly CaptionRule[], options: MendOptions): readonly Cue[] {
  const rank = ({ rule }: CaptionFinding): number => rules.indexOf(rule);
  const findings = checkCaptions(cues, options.names).filter((finding) => rank(finding) >= 0);
  findings.sort((a, b) => b.cue - a.cue || rank(a) - rank(b));
  const now = [...cues];
  let touched = false;
  for (const { cue, rule } of findings) {
    const mend = mendOf(now, cue - 1, rule, options);
    if (!mend) continue;
    touched = true;
    const places = [...mend.keys()].sort((a, b) => b - a);
    for (const place of places) now.splice(place, 1, ...(mend.get(place) ?? []));
  }
  return touched ? now : cues;
}

/** Whether {@link fixFinding} would have an answer; quick where nothing around the cue changed since it was asked. */
export function canFix(
  cues: readonly Cue[],
  finding: Pick<CaptionFinding, 'cue' | 'rule'>,
  options: FixOptions,
): boolean {
  return mendOf(cues, finding.cue - 1, finding.rule, optionsOf(cues, options)) !== null;
}

export interface AllFixes {
  /** One list, one step. Empty: nothing can be mended. */
  operations: Operation[];
  /** How many findings are gone afterwards. */
  count: number;
}

/** For every cue of the mended table the one it was split off, or itself. A split stands right behind what it came from. */
function originsOf(before: readonly Cue[], after: readonly Cue[]): string[] {
  const old = new Set(before.map(({ id }) => id));
  let last = '';
  return after.map(({ id }) => (last = old.has(id) ? id : last));
}

/** The operations that mend everything that can be mended, and how many findings that is. Order of `cues`: by start. */
export function fixAllFindings(cues: readonly Cue[], options: FixOptions): AllFixes {
  const all = optionsOf(cues, options);
  let now = cues;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = now;
    for (const rules of PHASES) now = mendRules(now, rules, all);
    if (now === before) break;
  }
  if (now === cues) return { operations: [], count: 0 };
  const [was, is] = [told(cues, originsOf(cues, cues), all.names), told(now, originsOf(cues, now), all.names)];
  return { operations: operationsBetween(cues, now), count: was.size - is.size };
}
