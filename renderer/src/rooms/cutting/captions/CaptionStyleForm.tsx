import { SegmentedControl, Slider, Switch } from '@mantine/core';
import type { CaptionStyle } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { CaptionPresets } from './CaptionPresets.tsx';

const POSITIONS: readonly CaptionStyle['position'][] = ['top', 'middle', 'bottom'];
/** The plate has the colour of the letters' rim, dense enough that words read on any picture. Percent. */
const PLATE_OPACITY = 60;

/** How all captions look: a ready-made look, size, place, plate. */
export function CaptionStyleForm() {
  const { t } = useText();
  const { session } = useCut();
  const { style } = useCutState().timeline.captions;
  const set = (change: Partial<CaptionStyle>, mark: string | null = null) =>
    session.run({ type: 'setCaptionStyle', style: change }, mark);
  return (
    <section className="style-form" aria-label={t('cutting.style.label')}>
      <CaptionPresets style={style} disabled={!session.canEdit} onChoose={(look) => set(look)} />
      <div className="f">
        <span>{t('cutting.style.size')}</span>
        <Slider
          size="xs"
          thumbLabel={t('cutting.style.size')}
          label={null}
          min={36}
          max={96}
          step={2}
          value={Math.max(36, Math.min(96, style.size))}
          disabled={!session.canEdit}
          onChange={(size) => set({ size }, 'caption-size')}
          onChangeEnd={() => session.closeStep()}
        />
        <span className="v">{style.size}</span>
      </div>
      <SegmentedControl
        fullWidth
        aria-label={t('cutting.style.position')}
        value={style.position}
        disabled={!session.canEdit}
        onChange={(value) => set({ position: value })}
        data={POSITIONS.map((value) => ({ value, label: t(`cutting.style.at.${value}`) }))}
      />
      <Switch
        size="xs"
        label={t('cutting.style.box')}
        checked={style.box !== null}
        disabled={!session.canEdit}
        onChange={(e) =>
          set({ box: e.currentTarget.checked ? { colour: style.outlineColour, opacity: PLATE_OPACITY } : null })
        }
      />
    </section>
  );
}
