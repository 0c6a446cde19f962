import { NumberInput, Slider, Switch } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { useCut } from './use-cut.ts';

interface LevelProps {
  label: string;
  fieldLabel: string;
  value: number;
  /** Range of the slider and, where it is wider, of the field. */
  min: number;
  max: number;
  fieldMin?: number;
  fieldMax?: number;
  /** Of the slider. */
  step?: number;
  disabled: boolean;
  onChange: (value: number) => void;
}

/** Decibels, by slider and by number; a run of changes is one step of undo. */
export function Level(props: LevelProps) {
  const { label, fieldLabel, value, min, max, fieldMin = min, fieldMax = max, step = 1, disabled, onChange } = props;
  const { session } = useCut();
  return (
    <div className="f">
      <span>{label}</span>
      <Slider
        size="xs"
        thumbLabel={label}
        label={null}
        min={min}
        max={max}
        step={step}
        value={Math.max(min, Math.min(max, value))}
        disabled={disabled}
        onChange={onChange}
        onChangeEnd={() => session.closeStep()}
      />
      <NumberInput
        aria-label={fieldLabel}
        value={value}
        min={fieldMin}
        max={fieldMax}
        hideControls
        suffix=" dB"
        disabled={disabled}
        onChange={(next) => typeof next === 'number' && onChange(Math.max(fieldMin, Math.min(fieldMax, next)))}
        onBlur={() => session.closeStep()}
      />
    </div>
  );
}

/** Range of the slider; the field beside it takes all the timeline holds. */
const [QUIETEST, LOUDEST] = [-30, 12];

interface LoudnessProps {
  gainDb: number;
  muted: boolean;
  onGain: (gainDb: number) => void;
  onMuted: (muted: boolean) => void;
}

/** How loud a clip or a piece of sound is, and whether it is heard at all. */
export function Loudness({ gainDb, muted, onGain, onMuted }: LoudnessProps) {
  const { t } = useText();
  const { session } = useCut();
  return (
    <>
      <Level
        label={t('cutting.inspector.gain')}
        fieldLabel={t('cutting.inspector.gainDb')}
        value={gainDb}
        min={QUIETEST}
        max={LOUDEST}
        fieldMin={-60}
        fieldMax={24}
        step={0.5}
        disabled={!session.canEdit || muted}
        onChange={onGain}
      />
      <Switch
        size="xs"
        label={t('cutting.inspector.muted')}
        checked={muted}
        disabled={!session.canEdit}
        onChange={(e) => onMuted(e.currentTarget.checked)}
      />
    </>
  );
}
