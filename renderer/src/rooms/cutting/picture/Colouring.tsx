/** Exposure, contrast, saturation and warmth of the selected clip. */
import { NumberInput, Slider } from '@mantine/core';
import { PLAIN, type Colours } from '../../../../../core/model/timeline/look.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { useCut } from '../use-cut.ts';
import type { PictureProps } from './props.ts';

const RANGES: Record<keyof Colours, number> = { exposure: 200, contrast: 100, saturation: 100, warmth: 100 };
const KEYS = ['exposure', 'contrast', 'saturation', 'warmth'] as const;

export function Colouring({ placed, set }: PictureProps) {
  const { t } = useText();
  const { session } = useCut();
  const { colours = PLAIN } = placed.clip;
  const disabled = !session.canEdit;
  return (
    <>
      <div className="row">
        <h3 className="grow">{t('picture.colours.label')}</h3>
        {placed.clip.colours && !disabled ? (
          <Btn size="xs" kind="quiet" onClick={() => set({ colours: null })}>
            {t('picture.colours.reset')}
          </Btn>
        ) : null}
      </div>
      {KEYS.map((key) => {
        const most = RANGES[key];
        const label = t(`picture.colours.${key}`);
        const change = (value: number) =>
          set({ colours: { ...colours, [key]: Math.round(Math.max(-most, Math.min(most, value))) } }, `colour-${key}`);
        return (
          <div className="f" key={key}>
            <span>{label}</span>
            <Slider
              size="xs"
              thumbLabel={label}
              label={null}
              min={-most}
              max={most}
              step={5}
              value={colours[key]}
              disabled={disabled}
              onChange={change}
              onChangeEnd={() => session.closeStep()}
            />
            <NumberInput
              aria-label={t('picture.colours.value', { name: label })}
              value={colours[key]}
              min={-most}
              max={most}
              allowDecimal={false}
              hideControls
              disabled={disabled}
              onChange={(next) => typeof next === 'number' && change(next)}
              onBlur={() => session.closeStep()}
            />
          </div>
        );
      })}
    </>
  );
}
