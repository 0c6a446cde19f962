import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { THEMES } from '../../../../core/model/bridge.ts';
import { chooseLanguage } from '../../frame/language.ts';
import { LANGUAGES } from '../../i18n/index.ts';
import { useText } from '../../i18n/use-text.ts';
import { Setting } from './Setting.tsx';

/** Light or dark, Chinese or English: for this computer. */
export function LookTab() {
  const { t, language } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Setting title={t('settings.look.theme')} hint={t('settings.look.themeHint')}>
        <SegmentedControl
          aria-label={t('settings.look.theme')}
          value={colorScheme}
          onChange={(value) => setColorScheme(THEMES.find((theme) => theme === value) ?? 'auto')}
          data={THEMES.map((value) => ({ value, label: t(`settings.look.${value}`) }))}
        />
      </Setting>
      <Setting title={t('settings.look.language')} hint={t('settings.look.languageHint')}>
        <SegmentedControl
          aria-label={t('settings.look.language')}
          value={language}
          onChange={(value) => chooseLanguage(value === 'en' ? 'en' : 'zh-CN')}
          data={LANGUAGES.map((l) => ({ value: l.code, label: l.name }))}
        />
      </Setting>
    </>
  );
}
