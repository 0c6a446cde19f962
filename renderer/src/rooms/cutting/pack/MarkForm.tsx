import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PackMark } from '../../../../../core/model/office-pack/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { FilePick } from './FilePick.tsx';
import type { PackFormProps } from './PartForm.tsx';

const CORNERS = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const;
const KINDS = ['none', 'text', 'picture'] as const;
/** Percent: of the look's size for words, of the canvas's shorter side for a picture. */
const SIZES = { text: { min: 50, max: 200, usual: 100 }, picture: { min: 4, max: 40, usual: 14 } } as const;
const OPACITY = { min: 10, max: 100, usual: 80 };

type MarkFields = Pick<PackMark, 'corner' | 'size' | 'opacity'>;

/** What stands in a corner of the whole film. */
export function MarkForm({ pack, disabled, onChange }: PackFormProps) {
  const { t } = useText();
  const { mark } = pack;
  const [choosing, setChoosing] = useState(false);
  const kind = choosing ? 'picture' : (mark?.kind ?? 'none');
  const start = (as: 'text' | 'picture'): MarkFields => ({
    corner: mark?.corner ?? 'topRight',
    size: mark?.kind === as ? mark.size : SIZES[as].usual,
    opacity: mark?.opacity ?? OPACITY.usual,
  });
  const number = (label: string, field: 'size' | 'opacity', range: { min: number; max: number }) => (
    <NumberInput
      label={label}
      size="xs"
      hideControls
      suffix={t('pack.percent')}
      disabled={disabled || !mark}
      value={mark?.[field] ?? ''}
      {...{ min: range.min, max: range.max, allowDecimal: false, clampBehavior: 'strict' as const }}
      onChange={(value) =>
        mark &&
        typeof value === 'number' &&
        value >= range.min &&
        value <= range.max &&
        onChange({ mark: { ...mark, [field]: Math.round(value) } })
      }
    />
  );
  return (
    <section className="pack-part" aria-label={t('pack.mark')}>
      <div className="pack-head">
        <h3>{t('pack.mark')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('pack.mark')}
          disabled={disabled}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`pack.markKind.${value}`) }))}
          onChange={(value) => {
            setChoosing(value === 'picture' && mark?.kind !== 'picture');
            if (value === 'none') onChange({ mark: null });
            if (value === 'text' && mark?.kind !== 'text')
              onChange({ mark: { kind: 'text', text: '{office}', ...start('text') } });
          }}
        />
      </div>
      {mark?.kind === 'text' && !choosing ? (
        <TextInput
          label={t('pack.markText')}
          size="xs"
          maxLength={40}
          disabled={disabled}
          value={mark.text}
          error={mark.text === ''}
          onChange={(e) => onChange({ mark: { ...mark, text: e.currentTarget.value } })}
        />
      ) : null}
      {kind === 'picture' ? (
        <FilePick
          label={t('pack.markKind.picture')}
          fits="image"
          file={mark?.kind === 'picture' ? mark.file : null}
          disabled={disabled}
          onChoose={(file) => {
            setChoosing(false);
            onChange({ mark: { kind: 'picture', file, ...start('picture') } });
          }}
        />
      ) : null}
      {mark && !choosing ? (
        <div className="pack-three">
          <Select
            label={t('pack.corner')}
            size="xs"
            allowDeselect={false}
            disabled={disabled}
            value={mark.corner}
            data={CORNERS.map((value) => ({ value, label: t(`pack.corners.${value}`) }))}
            onChange={(value) =>
              onChange({ mark: { ...mark, corner: CORNERS.find((one) => one === value) ?? mark.corner } })
            }
          />
          {number(t('pack.size'), 'size', SIZES[mark.kind])}
          {number(t('pack.opacity'), 'opacity', OPACITY)}
        </div>
      ) : null}
    </section>
  );
}
