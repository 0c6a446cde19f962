/** What the check of captions found, and what of it can be mended with one click. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { canFix, fixAllFindings, fixFinding, type FixOptions } from '../../../../../core/model/captions/fixes.ts';
import {
  checkCaptions,
  isHint,
  namesFrom,
  peopleIn,
  peopleOfArticle,
  type CaptionFinding,
  type CaptionRule,
} from '../../../../../core/model/captions/index.ts';
import { durationUs } from '../../../../../core/model/timeline/layout.ts';
import { frameTime } from '../../../../../core/model/timeline/rational.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { api } from '../../../client/client.ts';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { newId, type CutSession } from '../cut-session.ts';
import { rateOf } from '../time/timecode.ts';
import { useCut } from '../use-cut.ts';
import { settleTyping } from './typing.ts';

export interface Finding extends CaptionFinding {
  hint: boolean;
  fixable: boolean;
}

export interface CaptionFindings {
  /** By the place of their cue, from 0. Empty cues are being written: they break no rule yet. */
  byCue: ReadonlyMap<number, readonly Finding[]>;
  /** Cues that break a rule, and cues about which there are hints only. */
  bad: number;
  hinted: number;
  /** Some of them can be mended. How many the click mends is worked out by the click: one mend makes another possible. */
  fixable: boolean;
}

/** Two frames of the film stay free behind a cue, and none is made to last beyond the film. */
function optionsFor(timeline: Timeline, names: readonly string[]): FixOptions {
  const film = durationUs(timeline);
  return {
    names,
    gapUs: frameTime(2, rateOf(timeline.canvas.frameRate)),
    ...(film > 0 ? { filmUs: film } : {}),
    newId: () => newId('q'),
  };
}

function look(timeline: Timeline, names: readonly string[]): CaptionFindings {
  const { cues } = timeline.captions;
  const options = optionsFor(timeline, names);
  const byCue = new Map<number, Finding[]>();
  for (const finding of checkCaptions(cues, names)) {
    const index = finding.cue - 1;
    if (cues[index]?.text.trim() === '') continue;
    const told = { ...finding, hint: isHint(finding.rule), fixable: canFix(cues, finding, options) };
    byCue.set(index, [...(byCue.get(index) ?? []), told]);
  }
  const bad = [...byCue.values()].filter((list) => list.some(({ hint }) => !hint)).length;
  const fixable = [...byCue.values()].some((list) => list.some((finding) => finding.fixable));
  return { byCue, bad, hinted: byCue.size - bad, fixable };
}

/** The people of the film and of its story; the same array as long as they are the same. */
function useNames(timeline: Timeline): readonly string[] {
  const { storyId } = useCut();
  const { data: story } = useQuery(api.stories.get.queryOptions({ input: { storyId } }));
  const ofStory = useMemo(() => (story ? peopleOfArticle({ content: story.doc.content ?? [] }) : []), [story]);
  const key = namesFrom([...peopleIn(timeline), ...ofStory]).join('\n');
  return useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
}

export function useCaptionFixes(session: CutSession, timeline: Timeline) {
  const { t } = useText();
  // A long list takes a moment: the letters that are typed come first.
  const shown = useDeferredValue(timeline);
  const names = useNames(shown);
  const findings = useMemo(() => look(shown, names), [shown, names]);
  const fix = useCallback(
    (cueId: string, rule: CaptionRule) => {
      settleTyping();
      const { timeline: now } = session.getState();
      const cue = now.captions.cues.findIndex(({ id }) => id === cueId) + 1;
      const operations = cue > 0 ? fixFinding(now.captions.cues, { cue, rule }, optionsFor(now, names)) : null;
      if (operations) session.run(operations);
    },
    [session, names],
  );
  const fixAll = useCallback(() => {
    settleTyping();
    const { timeline: now } = session.getState();
    const { operations, count } = fixAllFindings(now.captions.cues, optionsFor(now, names));
    if (operations.length > 0 && session.run(operations)) toast(t('captions.fix.done', { count }));
  }, [session, names, t]);
  useCommand('cut.fixCaptions', fixAll, session.canEdit && findings.fixable);
  return { findings, fix, fixAll };
}
