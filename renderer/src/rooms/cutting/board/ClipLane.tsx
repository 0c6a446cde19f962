import { memo, useMemo } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { clipsBetween, xOf } from '../time/view.ts';
import { useCutState } from '../use-cut.ts';
import { ClipBlock, clipWidth, type Marks } from './ClipBlock.tsx';
import { partSeen } from './strips/mapping.ts';
import { useDrawn, type BoardView } from './use-board-view.ts';

/** The storyline: its clips one behind the other, those in view and a few beside it. */
export const ClipLane = memo(function ClipLane({ view, marks }: { view: BoardView; marks: Marks }) {
  const { t } = useText();
  const { places, picked } = useCutState();
  const { part, fromUs, toUs } = useDrawn(view, 'clips');
  const chosen = useMemo(() => new Set(picked.map(({ id }) => id)), [picked]);
  const clips = useMemo(() => clipsBetween(places, fromUs, toUs), [places, fromUs, toUs]);
  return (
    <div
      className="lane lane-clips"
      data-lane="clips"
      {...(clips.length > 0
        ? {
            role: 'listbox',
            'aria-label': t('cutting.board.storyline'),
            'aria-orientation': 'horizontal',
            'aria-multiselectable': true,
          }
        : {})}
    >
      {clips.map((placed) => (
        <ClipBlock
          key={placed.clip.id}
          placed={placed}
          view={view}
          selected={chosen.has(placed.clip.id)}
          marks={marks}
          {...partSeen(xOf(placed.startUs, view.zoom), clipWidth(placed, view.zoom), part)}
        />
      ))}
      {places.clips.length === 0 ? <p className="lane-hint t3">{t('cutting.board.empty')}</p> : null}
    </div>
  );
});
