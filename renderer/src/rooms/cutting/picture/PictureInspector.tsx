/** What the selected clip does to its picture: turned, cropped, moved over, coloured, covered. */
import { Select } from '@mantine/core';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { WHOLE_VIEW, type PictureSettings, type Zoom } from '../../../../../core/model/timeline/look.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { Colouring } from './Colouring.tsx';
import { LutField } from './LutField.tsx';
import { Masks } from './Masks.tsx';
import type { PictureProps } from './props.ts';
import { isClipEdit, type ClipEdit } from './stage-edit.ts';

const TURNED = { 0: 90, 90: 180, 180: 270, 270: 0 } as const;

/** Starts and ends setting something on the stage; the playhead goes where it can be seen. */
function useStageEdit(placed: PlacedClip) {
  const { edit, setEdit, player } = useCut();
  const mine = isClipEdit(edit) && edit.clipId === placed.clip.id ? edit : null;
  const start = (next: ClipEdit, atUs?: number) => {
    player.pause();
    const us = player.getTime();
    if (atUs !== undefined) player.seek(atUs);
    else if (us < placed.startUs || us >= placed.endUs) player.seek(placed.startUs);
    setEdit(next);
  };
  return { edit: mine, start, stop: () => setEdit(null) };
}

function TurnAndCrop({ placed, set }: PictureProps) {
  const { t } = useText();
  const { session } = useCut();
  const { edit, start, stop } = useStageEdit(placed);
  const { id, turn = 0, mirrored = false, crop } = placed.clip;
  const cropping = edit?.kind === 'crop';
  const disabled = !session.canEdit;
  return (
    <div className="row insp-acts">
      <IconBtn
        icon="turn"
        label={t('picture.turn', { degrees: turn })}
        disabled={disabled}
        onClick={() => set({ turn: TURNED[turn] })}
      />
      <IconBtn
        icon="mirror"
        label={t('picture.mirror')}
        aria-pressed={mirrored}
        disabled={disabled}
        onClick={() => set({ mirrored: !mirrored })}
      />
      <Btn
        size="sm"
        icon="crop"
        aria-pressed={cropping}
        disabled={disabled}
        onClick={() => (cropping ? stop() : start({ kind: 'crop', clipId: id }))}
      >
        {t(cropping ? 'picture.done' : 'picture.crop')}
      </Btn>
      {crop && !disabled ? (
        <Btn size="sm" kind="quiet" onClick={() => set({ crop: null })}>
          {t('picture.uncrop')}
        </Btn>
      ) : null}
    </div>
  );
}

/** Usual moves; a tenth of the side for a pan, a fifth for coming near. */
const NEAR = { x: 100, y: 100, size: 800 };
const MOVES: Record<string, Zoom> = {
  nearer: { from: WHOLE_VIEW, to: NEAR },
  farther: { from: NEAR, to: WHOLE_VIEW },
  toRight: { from: { x: 0, y: 75, size: 850 }, to: { x: 150, y: 75, size: 850 } },
  toLeft: { from: { x: 150, y: 75, size: 850 }, to: { x: 0, y: 75, size: 850 } },
};
const MOVE_NAMES = ['still', 'nearer', 'farther', 'toRight', 'toLeft'] as const;

const sameZoom = (a: Zoom, b: Zoom): boolean =>
  (['from', 'to'] as const).every((end) => (['x', 'y', 'size'] as const).every((key) => a[end][key] === b[end][key]));

function Moving({ placed, set }: PictureProps) {
  const { t } = useText();
  const { session } = useCut();
  const { edit, start, stop } = useStageEdit(placed);
  const { id, zoom } = placed.clip;
  const usual = zoom ? MOVE_NAMES.find((name) => MOVES[name] && sameZoom(MOVES[name], zoom)) : 'still';
  const value = usual ?? 'own';
  const names = value === 'own' ? [...MOVE_NAMES, 'own' as const] : MOVE_NAMES;
  return (
    <>
      <h3 id="zoom-label">{t('picture.move.label')}</h3>
      <Select
        aria-labelledby="zoom-label"
        size="xs"
        allowDeselect={false}
        value={value}
        disabled={!session.canEdit}
        data={names.map((name) => ({ value: name, label: t(`picture.move.${name}`) }))}
        onChange={(name) => name !== null && name !== 'own' && set({ zoom: MOVES[name] ?? null })}
      />
      {zoom && session.canEdit ? (
        <div className="row insp-acts">
          {(['from', 'to'] as const).map((end) => {
            const on = edit?.kind === 'zoom' && edit.end === end;
            const atUs = end === 'from' ? placed.startUs : placed.endUs - 1;
            return (
              <Btn
                key={end}
                size="sm"
                aria-pressed={on}
                onClick={() => (on ? stop() : start({ kind: 'zoom', clipId: id, end }, atUs))}
              >
                {t(on ? 'picture.done' : `picture.move.set.${end}`)}
              </Btn>
            );
          })}
        </div>
      ) : null}
    </>
  );
}

export function PictureInspector({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { edit, start, stop } = useStageEdit(placed);
  const { timeline } = useCutState();
  const { id } = placed.clip;
  const asset = timeline.assets.find(({ assetId }) => assetId === placed.clip.assetId);
  if (!asset?.width) return null;
  const set = (settings: PictureSettings, mark?: string) =>
    void session.run({ type: 'setPicture', clipId: id, ...settings }, mark === undefined ? null : `${mark}-${id}`);
  return (
    <>
      <h3>{t('picture.label')}</h3>
      <TurnAndCrop placed={placed} set={set} />
      <Moving placed={placed} set={set} />
      <Masks placed={placed} set={set} edit={edit} start={start} stop={stop} />
      <Colouring placed={placed} set={set} />
      <LutField placed={placed} set={set} />
    </>
  );
}
