import { Slider } from '@mantine/core';
import { memo } from 'react';
import type { CommandId } from '../../../commands/definitions.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { rateOf, seconds, timecode } from '../time/timecode.ts';
import { MAX_ZOOM, MIN_ZOOM } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import type { BoardView } from './use-board-view.ts';

function Tool({ id, icon, disabled = false }: { id: CommandId; icon: IconName; disabled?: boolean }) {
  const { t } = useText();
  return (
    <IconBtn
      icon={icon}
      label={t(`frame.command.${id}`)}
      shortcut={shortcutOf(id)}
      disabled={disabled}
      onClick={() => void runCommand(id)}
    />
  );
}

/** What is selected, and where it stands. */
function Selected() {
  const { t } = useText();
  const { timeline, places, selection, picked } = useCutState();
  if (picked.length > 1) {
    return (
      <span className="grow row board-picked s12">
        <span className="cut">{t('cutting.many.label', { count: picked.length })}</span>
      </span>
    );
  }
  const placed = selection?.kind === 'clip' ? places.byId.get(selection.id) : undefined;
  if (!placed) return <span className="grow" />;
  const rate = rateOf(timeline.canvas.frameRate);
  const name = placed.clip.gap
    ? t('cutting.gap.label')
    : (timeline.assets.find(({ assetId }) => assetId === placed.clip.assetId)?.name ?? '');
  return (
    <span className="grow row board-picked s12">
      <span className="cut">{t('cutting.board.selected', { name })}</span>
      <span className="nowrap">{`${timecode(placed.startUs, rate)} – ${timecode(placed.endUs, rate)}`}</span>
      <span className="t3 nowrap">{t('cutting.seconds', { n: seconds(placed.endUs - placed.startUs) })}</span>
    </span>
  );
}

/** A zoom twice as deep is one step of the slider. */
const toSlider = (zoom: number): number => Math.log2(zoom);

/** Drawn anew for a new zoom, not for what is scrolled. */
export const BoardBar = memo(function BoardBar({ view }: { view: BoardView }) {
  const { t } = useText();
  const { session } = useCut();
  const { undoLabel, redoLabel, places, selection } = useCutState();
  const still = !session.canEdit || places.clips.length === 0;
  return (
    <div className="hd" role="toolbar" aria-label={t('cutting.board.tools')}>
      <Tool id="cut.undo" icon="undo" disabled={!session.canEdit || undoLabel === null} />
      <Tool id="cut.redo" icon="redo" disabled={!session.canEdit || redoLabel === null} />
      <span className="vr" />
      <Tool id="cut.split" icon="cutr" disabled={still} />
      <Tool id="cut.trimStart" icon="trimin" disabled={still} />
      <Tool id="cut.trimEnd" icon="trimout" disabled={still} />
      <Tool id="cut.delete" icon="trash" disabled={still && selection === null} />
      <Tool id="cut.addTitle" icon="text" disabled={still} />
      <Tool id="cut.voice" icon="mic" disabled={still} />
      <span className="vr" />
      <button
        type="button"
        className={view.snap ? 'pick on' : 'pick'}
        aria-pressed={view.snap}
        onClick={view.toggleSnap}
      >
        <Icon name="magnet" />
        {t('frame.command.cut.snap')}
        <Kbd keys={shortcutOf('cut.snap') ?? ''} />
      </button>
      <Selected />
      <Tool id="cut.zoomOut" icon="zout" />
      <Slider
        className="zoom"
        size="xs"
        thumbLabel={t('cutting.board.zoom')}
        label={null}
        min={toSlider(MIN_ZOOM)}
        max={toSlider(MAX_ZOOM)}
        step={0.05}
        value={toSlider(view.zoom)}
        onChange={(value) => view.setZoom(2 ** value)}
      />
      <Tool id="cut.zoomIn" icon="zin" />
      <Btn kind="quiet" size="sm" onClick={view.fitAll}>
        {t('cutting.board.fit')}
      </Btn>
    </div>
  );
});
