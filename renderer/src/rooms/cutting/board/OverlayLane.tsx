import { memo } from 'react';
import { overlayEndUs } from '../../../../../core/model/timeline/overlays.ts';
import type { Overlay, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { overlayByDrag } from '../acts.ts';
import { cueTime, seconds } from '../time/timecode.ts';
import { rowsOf } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { SpanBlock, type SetCaught } from './SpanBlock.tsx';
import { SpanLane } from './SpanLane.tsx';
import { useDrawn, type BoardView } from './use-board-view.ts';

export const overlaySpan = (overlay: Overlay): { startUs: number; endUs: number } => ({
  startUs: overlay.startUs,
  endUs: overlayEndUs(overlay),
});

export const overlayRows = (timeline: Timeline) => rowsOf(timeline.overlays.map(overlaySpan));

interface BlockProps {
  overlay: Overlay;
  view: BoardView;
  selected: boolean;
  setCaught: SetCaught;
  row: number;
  rows: number;
}

/** One video or picture over the storyline. */
const OverlayBlock = memo(function OverlayBlock({ overlay, view, selected, setCaught, row, rows }: BlockProps) {
  const { t } = useText();
  const { session } = useCut();
  const asset = session.getState().timeline.assets.find(({ assetId }) => assetId === overlay.assetId);
  const name = asset?.name ?? overlay.assetId;
  const span = overlaySpan(overlay);
  return (
    <SpanBlock
      item={{ kind: 'overlay', id: overlay.id }}
      span={span}
      label={t('picture.overlay.block', {
        ...{ name, time: cueTime(span.startUs), seconds: seconds(span.endUs - span.startUs) },
      })}
      title={name}
      className="ovl"
      view={view}
      selected={selected}
      setCaught={setCaught}
      row={row}
      rows={rows}
      dragged={(part, byUs) => overlayByDrag(overlay, part, byUs, asset?.durationUs ?? Number.MAX_SAFE_INTEGER)}
    >
      <span className="span-text">
        <span className="cut">{name}</span>
      </span>
    </SpanBlock>
  );
});

interface LaneProps {
  view: BoardView;
  setCaught: SetCaught;
}

/** What lies over the storyline; takes room only when there is something. */
export function OverlayLane({ view, setCaught }: LaneProps) {
  const { t } = useText();
  const { timeline } = useCutState();
  const { fromUs, toUs } = useDrawn(view, 'beside');
  return (
    <SpanLane
      kind="overlay"
      items={timeline.overlays}
      spanOf={overlaySpan}
      label={t('picture.overlay.lane')}
      lane="overlays"
      {...{ fromUs, toUs }}
      block={(overlay, place) => <OverlayBlock key={overlay.id} {...{ overlay, view, setCaught }} {...place} />}
    />
  );
}
