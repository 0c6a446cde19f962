/** How the selected clip fills the canvas that is looked at: in which way, and which part of it stays. */
import { SegmentedControl, Slider } from '@mantine/core';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { shownSize } from '../../../../../core/model/timeline/framing.ts';
import { MIDDLE, framingOf, reframeOf, shapeOf } from '../../../../../core/model/timeline/reframe.ts';
import type { OperationOf } from '../../../../../core/model/timeline/operation.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { FITS } from '../player/PlayerPanel.tsx';
import { useCut, useCutState } from '../use-cut.ts';

type Change = Pick<OperationOf<'setFraming'>, 'fit' | 'focus'>;

/** Which of the clip's picture is cut off on this canvas when it is filled: at the sides, or above and below. */
function useSlack({ clip }: PlacedClip): 'x' | 'y' | null {
  const { shown } = useCut();
  const asset = shown.assets.find(({ assetId }) => assetId === clip.assetId);
  if (!asset?.width || !asset.height) return null;
  const shape = shownSize({ width: asset.width, height: asset.height }, clip);
  const by = shape.width * shown.canvas.height - shape.height * shown.canvas.width;
  // Less than a hundredth is not worth a slider.
  if (Math.abs(by) < (shape.width * shown.canvas.height) / 100) return null;
  return by > 0 ? 'x' : 'y';
}

export function Framing({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session, shown } = useCut();
  const { timeline } = useCutState();
  const { clip } = placed;
  const seen = shapeOf(shown.canvas);
  // In the film's own shape the clip is set for all; in another for that one alone.
  const shape = seen === shapeOf(timeline.canvas) ? null : seen;
  const own = reframeOf(clip, shape);
  const { fit, focus } = framingOf(clip, timeline.fit, shown.canvas);
  const slack = useSlack(placed);
  const set = (change: Change, mark: string | null = null) =>
    session.run({ type: 'setFraming', clipId: clip.id, ...(shape === null ? {} : { shape }), ...change }, mark);
  const value = (shape === null ? clip.fit : own?.fit) ?? 'inherit';
  const inherits = shape === null ? t('cutting.fit.timeline') : t('cutting.fit.alike');
  return (
    <>
      <h3>{shape === null ? t('cutting.fit.label') : t('cutting.fit.inShape', { shape })}</h3>
      <SegmentedControl
        fullWidth
        aria-label={t('cutting.fit.clip')}
        value={value}
        disabled={!session.canEdit}
        onChange={(next) => set({ fit: next === 'inherit' ? null : next })}
        data={[
          { value: 'inherit' as const, label: inherits },
          ...FITS.map((each) => ({ value: each, label: t(`cutting.fit.${each}`) })),
        ]}
      />
      {fit === 'crop' && slack !== null ? (
        <div className="f focus">
          <span>{t(`cutting.fit.focus.${slack}`)}</span>
          <Slider
            size="xs"
            thumbLabel={t(`cutting.fit.focus.${slack}`)}
            label={null}
            min={0}
            max={1000}
            step={10}
            value={focus[slack]}
            disabled={!session.canEdit}
            onChange={(to) => set({ focus: { ...focus, [slack]: to } }, `focus-${clip.id}`)}
            onChangeEnd={() => session.closeStep()}
          />
          <Btn
            size="xs"
            kind="quiet"
            disabled={!session.canEdit || focus[slack] === MIDDLE[slack]}
            onClick={() => set({ focus: { ...focus, [slack]: MIDDLE[slack] } })}
          >
            {t('cutting.fit.middle')}
          </Btn>
        </div>
      ) : null}
    </>
  );
}
