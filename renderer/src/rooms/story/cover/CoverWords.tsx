import { SegmentedControl, Select, Textarea } from '@mantine/core';
import {
  COVER_PLACES,
  COVER_SIZES,
  COVER_STYLES,
  MAX_COVER_WORDS,
  type Cover,
  type CoverText,
} from '../../../../../core/model/cover/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';

interface WordsProps {
  cover: Cover;
  /** The story's title, offered as the cover's words. */
  title: string;
  disabled: boolean;
  /** Letters as they are typed; a pause or `onSettle` ends the gesture. */
  onText: (text: CoverText | null) => void;
  onSettle: () => void;
  /** One choice: a step of undo of its own. */
  onChoose: (text: CoverText) => void;
}

const NEW: CoverText = { words: '', style: 'shade', place: 'bottom', size: 'medium' };

/** The words on the cover and how they stand. */
export function CoverWords({ cover, title, disabled, onText, onSettle, onChoose }: WordsProps) {
  const { t, language } = useText();
  const text = cover.text ?? NEW;
  const set = (change: Partial<CoverText>) => onChoose({ ...text, ...change });
  return (
    <section className="cover-words" aria-label={t('cover.words.label')}>
      <Textarea
        label={t('cover.words.label')}
        placeholder={t('cover.words.hint')}
        value={text.words}
        maxLength={MAX_COVER_WORDS}
        autosize
        minRows={2}
        maxRows={4}
        disabled={disabled}
        onChange={(e) => {
          const words = e.currentTarget.value;
          onText(words === '' ? null : { ...text, words });
        }}
        onBlur={onSettle}
      />
      {text.words === '' && title.trim() !== '' ? (
        <Btn size="sm" kind="quiet" disabled={disabled} onClick={() => set({ words: title.slice(0, MAX_COVER_WORDS) })}>
          {t('cover.words.useTitle')}
        </Btn>
      ) : null}
      {text.words === '' ? null : (
        <>
          <Select
            aria-label={t('cover.words.style')}
            data={COVER_STYLES.map(({ id, name }) => ({ value: id, label: language === 'en' ? name.en : name.zh }))}
            value={text.style}
            allowDeselect={false}
            disabled={disabled}
            comboboxProps={{ withinPortal: true }}
            onChange={(value) => {
              const style = COVER_STYLES.find(({ id }) => id === value);
              if (style) set({ style: style.id });
            }}
          />
          <SegmentedControl
            fullWidth
            aria-label={t('cover.words.place')}
            data={COVER_PLACES.map((value) => ({ value, label: t(`cover.words.at.${value}`) }))}
            value={text.place}
            disabled={disabled}
            onChange={(place) => set({ place })}
          />
          <SegmentedControl
            fullWidth
            aria-label={t('cover.words.size')}
            data={COVER_SIZES.map((value) => ({ value, label: t(`cover.words.of.${value}`) }))}
            value={text.size}
            disabled={disabled}
            onChange={(size) => set({ size })}
          />
        </>
      )}
    </section>
  );
}
