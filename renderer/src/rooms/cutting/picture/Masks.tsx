/** Parts of the selected clip's picture that nobody may recognise: faces, number plates, papers. */
import { SegmentedControl } from '@mantine/core';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Mask } from '../../../../../core/model/timeline/look.ts';
import { maskAt } from '../../../../../core/model/timeline/framing.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { newId } from '../cut-session.ts';
import { momentOf } from '../player/schedule.ts';
import { rateOf } from '../time/timecode.ts';
import { useAtPlayhead, useCut, useCutState } from '../use-cut.ts';
import type { PictureProps } from './props.ts';
import { firstMaskBox, keyAt, maskMoved, type ClipEdit } from './stage-edit.ts';

interface MasksProps extends PictureProps {
  edit: ClipEdit | null;
  start: (edit: ClipEdit) => void;
  stop: () => void;
}

function useSourceUs(placed: PlacedClip): number {
  const { timeline } = useCutState();
  const rate = rateOf(timeline.canvas.frameRate);
  return useAtPlayhead((us) => momentOf(placed, us, rate).sourceUs);
}

/** The places of one mask: noted where the picture stands, so that it goes along with a face that moves. */
function Keys({ placed, mask, change }: { placed: PlacedClip; mask: Mask; change: (mask: Mask) => void }) {
  const { t } = useText();
  const sourceUs = useSourceUs(placed);
  const here = keyAt(mask, sourceUs);
  const several = mask.keys.length > 1;
  return (
    <div className="row insp-acts">
      <span className="t2 s12 grow">
        {several ? t('picture.mask.places', { count: mask.keys.length }) : t('picture.mask.stands')}
      </span>
      {here && several ? (
        <Btn size="xs" kind="quiet" onClick={() => change({ ...mask, keys: mask.keys.filter((key) => key !== here) })}>
          {t('picture.mask.forget')}
        </Btn>
      ) : (
        <Btn size="xs" onClick={() => change(maskMoved(mask, maskAt(mask, sourceUs), sourceUs, true))}>
          {t('picture.mask.note')}
        </Btn>
      )}
    </div>
  );
}

function Row({ placed, set, edit, start, stop, mask, n }: MasksProps & { mask: Mask; n: number }) {
  const { t } = useText();
  const { session } = useCut();
  const { id, masks = [] } = placed.clip;
  const on = edit?.kind === 'mask' && edit.maskId === mask.id;
  const name = t('picture.mask.nth', { n, shape: t(`picture.mask.shape.${mask.shape}`) });
  const change = (next: Mask) => set({ masks: masks.map((each) => (each.id === mask.id ? next : each)) });
  return (
    <li className="mask-row" aria-label={name}>
      <div className="row">
        <span className="grow">{name}</span>
        <Btn
          size="xs"
          aria-pressed={on}
          disabled={!session.canEdit}
          onClick={() => (on ? stop() : start({ kind: 'mask', clipId: id, maskId: mask.id }))}
        >
          {t(on ? 'picture.done' : 'picture.mask.place')}
        </Btn>
        <IconBtn
          icon="trash"
          size="sm"
          label={t('picture.mask.remove', { name })}
          disabled={!session.canEdit}
          onClick={() => set({ masks: masks.filter((each) => each.id !== mask.id) })}
        />
      </div>
      {on ? (
        <>
          <SegmentedControl
            fullWidth
            aria-label={t('picture.mask.effectOf', { name })}
            value={mask.effect}
            onChange={(effect) => change({ ...mask, effect })}
            data={(['mosaic', 'blur'] as const).map((value) => ({ value, label: t(`picture.mask.effect.${value}`) }))}
          />
          <Keys placed={placed} mask={mask} change={change} />
          <p className="t3 s12 insp-note">{t('picture.mask.hint')}</p>
        </>
      ) : null}
    </li>
  );
}

export function Masks(props: MasksProps) {
  const { placed, set, start } = props;
  const { t } = useText();
  const { session } = useCut();
  const { timeline } = useCutState();
  const { id, assetId, turn, masks = [] } = placed.clip;
  const add = (shape: Mask['shape']) => {
    const maskId = newId('m');
    const asset = timeline.assets.find((each) => each.assetId === assetId);
    const source = { width: asset?.width ?? 1, height: asset?.height ?? 1 };
    set({
      masks: [
        ...masks,
        { id: maskId, shape, effect: 'mosaic', keys: [{ atUs: 0, ...firstMaskBox(shape, source, turn) }] },
      ],
    });
    start({ kind: 'mask', clipId: id, maskId });
  };
  return (
    <>
      <h3>{t('picture.mask.label')}</h3>
      {masks.length > 0 ? (
        <ul className="mask-list" aria-label={t('picture.mask.label')}>
          {masks.map((mask, i) => (
            <Row key={mask.id} {...props} mask={mask} n={i + 1} />
          ))}
        </ul>
      ) : null}
      {session.canEdit && masks.length < 20 ? (
        <div className="row insp-acts">
          {(['ellipse', 'rectangle'] as const).map((shape) => (
            <Btn key={shape} size="sm" icon="plus" onClick={() => add(shape)}>
              {t(`picture.mask.add.${shape}`)}
            </Btn>
          ))}
        </div>
      ) : null}
    </>
  );
}
