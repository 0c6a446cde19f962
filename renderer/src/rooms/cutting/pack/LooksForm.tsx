import { Select, TextInput } from '@mantine/core';
import { NAME_BARS } from '../../../../../core/model/office-pack/index.ts';
import { CAPTION_PRESETS } from '../../../../../core/model/timeline/caption-presets.ts';
import { TITLE_LOOKS } from '../../../../../core/model/timeline/title-looks.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ColourField } from '../../../ui/ColourField.tsx';
import { packColour, type PackFormProps } from './PartForm.tsx';

/** Stands for "as they are" in a list of choices. */
const KEEP = '';

/** What the pack is called, and the looks of name bars and captions. */
export function LooksForm({ pack, disabled, onChange }: PackFormProps) {
  const { t, language } = useText();
  const lang = language === 'en' ? 'en' : 'zh';
  const keep = { value: KEEP, label: t('pack.keep') };
  const nameBars = TITLE_LOOKS.filter(({ id }) => NAME_BARS.includes(id));
  const choices = (all: readonly { id: string; name: { zh: string; en: string } }[]) => [
    keep,
    ...all.map(({ id, name }) => ({ value: id, label: name[lang] })),
  ];
  const rename = (name: string) => {
    // One name for both, unless a file brought two.
    const alike = pack.name.zh === pack.name.en;
    onChange({ name: alike ? { zh: name, en: name } : { ...pack.name, [lang]: name } });
  };
  return (
    <section className="pack-part" aria-label={t('pack.name')}>
      <TextInput
        label={t('pack.name')}
        size="xs"
        maxLength={40}
        disabled={disabled}
        value={pack.name[lang]}
        error={pack.name[lang].trim() === ''}
        onChange={(e) => rename(e.currentTarget.value)}
      />
      <div className="pack-three">
        <Select
          label={t('pack.nameBar')}
          size="xs"
          allowDeselect={false}
          disabled={disabled}
          value={pack.nameBar ?? KEEP}
          data={choices(nameBars)}
          onChange={(value) => onChange({ nameBar: value || null })}
        />
        <ColourField
          label={t('pack.accent')}
          pickLabel={t('pack.pick', { name: t('pack.accent') })}
          value={pack.accent}
          disabled={disabled || pack.nameBar === null}
          onChange={(value) => onChange({ accent: packColour(value) })}
        />
        <Select
          label={t('pack.captions')}
          size="xs"
          allowDeselect={false}
          disabled={disabled}
          value={pack.captions ?? KEEP}
          data={choices(CAPTION_PRESETS)}
          onChange={(value) => onChange({ captions: value || null })}
        />
      </div>
    </section>
  );
}
