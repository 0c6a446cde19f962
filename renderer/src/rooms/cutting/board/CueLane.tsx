import { memo, useMemo } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { cuesBetween } from '../time/view.ts';
import { useCutState } from '../use-cut.ts';
import type { Marks } from './ClipBlock.tsx';
import { CueBlock } from './CueBlock.tsx';
import { useDrawn, type BoardView } from './use-board-view.ts';

/** The captions over the film's time, those in view and a few beside it. */
export const CueLane = memo(function CueLane({ view, marks }: { view: BoardView; marks: Marks }) {
  const { t } = useText();
  const { timeline, picked } = useCutState();
  const { fromUs, toUs } = useDrawn(view, 'cues');
  const { cues: all } = timeline.captions;
  const chosen = useMemo(() => new Set(picked.map(({ id }) => id)), [picked]);
  const cues = useMemo(() => cuesBetween(all, fromUs, toUs), [all, fromUs, toUs]);
  return (
    <div
      className="lane lane-cues"
      data-lane="cues"
      {...(cues.length > 0
        ? { role: 'listbox', 'aria-label': t('cutting.board.captions'), 'aria-multiselectable': true }
        : {})}
    >
      {cues.map(({ cue, index }) => (
        <CueBlock key={cue.id} cue={cue} index={index} view={view} selected={chosen.has(cue.id)} marks={marks} />
      ))}
    </div>
  );
});
