import { Textarea } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';

interface TitleFieldProps {
  value: string;
  readOnly: boolean;
  onChange: (title: string) => void;
  onEnter: () => void;
}

/** The headline: one line that wraps; Enter goes on to the text. 200 characters, as the contract says. */
export function TitleField({ value, readOnly, onChange, onEnter }: TitleFieldProps) {
  const { t } = useText();
  return (
    <Textarea
      variant="unstyled"
      autosize
      minRows={1}
      classNames={{ input: 'title-field' }}
      aria-label={t('story.titleLabel')}
      placeholder={t('story.titlePlaceholder')}
      value={value}
      maxLength={200}
      readOnly={readOnly}
      autoFocus={value === '' && !readOnly}
      onChange={(e) => onChange(e.currentTarget.value.replace(/\s*[\r\n]+\s*/g, ' '))}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' || e.nativeEvent.isComposing) return;
        e.preventDefault();
        onEnter();
      }}
    />
  );
}
