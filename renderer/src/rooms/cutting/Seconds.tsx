import { NumberInput } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { useCut } from './use-cut.ts';

const SECOND = 1_000_000;

/** Seconds as a number; what stands there is microseconds. */
export function Seconds({
  label,
  us,
  disabled,
  inline = false,
  onChange,
}: {
  label: string;
  us: number;
  disabled: boolean;
  /** Beside another field: its name is read out, not shown. */
  inline?: boolean;
  onChange: (us: number) => void;
}) {
  const { t } = useText();
  const { session } = useCut();
  return (
    <NumberInput
      {...(inline ? { 'aria-label': label } : { label })}
      value={us / SECOND}
      suffix={t('cutting.sound.seconds')}
      min={0}
      step={0.5}
      decimalScale={3}
      size="xs"
      hideControls
      disabled={disabled}
      onChange={(next) => typeof next === 'number' && next >= 0 && onChange(Math.round(next * SECOND))}
      onBlur={() => session.closeStep()}
    />
  );
}
