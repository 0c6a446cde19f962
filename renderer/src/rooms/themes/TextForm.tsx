import { SegmentedControl, Slider, Switch } from '@mantine/core';
import type { WechatTheme } from '../../../../core/model/wechat/index.ts';
import { useText } from '../../i18n/use-text.ts';

interface TextProps {
  theme: WechatTheme;
  disabled: boolean;
  onChange: (theme: WechatTheme, about: string) => void;
}

/** Bounds of the measures, as `themeFile` has them, and their steps. */
const MEASURES = [
  { name: 'size', min: 14, max: 20, step: 0.5 },
  { name: 'leading', min: 1.5, max: 2.2, step: 0.05 },
  { name: 'tracking', min: 0, max: 2, step: 0.1 },
  { name: 'gap', min: 0, max: 32, step: 1 },
  { name: 'side', min: 0, max: 24, step: 1 },
] as const;

/** Measures of the running text. */
export function TextForm({ theme, disabled, onChange }: TextProps) {
  const { t } = useText();
  const { text } = theme;
  const set = (change: Partial<WechatTheme['text']>, about: string) =>
    onChange({ ...theme, text: { ...text, ...change } }, `text ${about}`);
  return (
    <div className="theme-fields">
      {MEASURES.map(({ name, min, max, step }) => (
        <div key={name} className="theme-measure">
          <span>{t(`themes.text.${name}`)}</span>
          <Slider
            size="xs"
            thumbLabel={t(`themes.text.${name}`)}
            label={null}
            {...{ min, max, step, disabled }}
            value={text[name]}
            onChange={(value) => set({ [name]: Math.round(value * 100) / 100 }, name)}
          />
          <span className="v">{text[name]}</span>
        </div>
      ))}
      <SegmentedControl
        fullWidth
        aria-label={t('themes.text.align')}
        data={[
          { value: 'justify', label: t('themes.text.justify') },
          { value: 'left', label: t('themes.text.left') },
        ]}
        value={text.align}
        disabled={disabled}
        onChange={(value) => set({ align: value === 'left' ? 'left' : 'justify' }, 'align')}
      />
      <Switch
        size="xs"
        label={t('themes.text.indent')}
        checked={text.indent}
        disabled={disabled}
        onChange={(e) => set({ indent: e.currentTarget.checked }, 'indent')}
      />
      <Switch
        size="xs"
        label={t('themes.text.serif')}
        checked={text.serif}
        disabled={disabled}
        onChange={(e) => set({ serif: e.currentTarget.checked }, 'serif')}
      />
    </div>
  );
}
