import { Switch } from '@mantine/core';
import {
  PALETTE_NAMES,
  WECHAT_LIGHT,
  contrast,
  readColour,
  type Palette,
  type WechatTheme,
} from '../../../../core/model/wechat/index.ts';
import { useText } from '../../i18n/use-text.ts';
import { ColourField } from '../../ui/ColourField.tsx';

interface PaletteProps {
  theme: WechatTheme;
  disabled: boolean;
  onChange: (theme: WechatTheme, about: string) => void;
}

const HIGHLIGHTS = ['yellow', 'red', 'green', 'blue'] as const;
/** Light surfaces and lines: nothing is read in these colours. */
const SURFACES = ['onAccent', 'line', 'tint'] as const;
/** WCAG 2.2 AA for text of this size. */
const LEAST = 4.5;

interface OneProps {
  label: string;
  value: string;
  disabled: boolean;
  /** Contrast with what it stands on; null where nothing is read. */
  ratio: number | null;
  onChange: (value: string) => void;
}

function Color({ ratio, label, ...rest }: OneProps) {
  const { t } = useText();
  const told = ratio === null ? null : t('themes.ratio', { ratio: ratio.toFixed(1) });
  const low = ratio !== null && ratio < LEAST;
  return (
    <ColourField
      label={label}
      pickLabel={t('themes.pick', { name: label })}
      {...(told === null ? {} : { description: <span className={low ? 'tw' : undefined}>{told}</span> })}
      {...rest}
    />
  );
}

/** The colours of a theme. The article's own colours are these names, so every theme can answer. */
export function PaletteForm({ theme, disabled, onChange }: PaletteProps) {
  const { t } = useText();
  const { palette } = theme;
  const set = (change: Partial<Palette>, about: string) =>
    onChange({ ...theme, palette: { ...palette, ...change } }, `palette ${about}`);
  const ground = readColour(palette.paper ?? WECHAT_LIGHT.page);
  const onGround = (value: string): number | null => {
    const colour = readColour(value);
    return ground && colour ? contrast(colour, ground) : null;
  };
  return (
    <div className="theme-fields">
      <Switch
        size="xs"
        label={t('themes.ownPaper')}
        checked={palette.paper !== null}
        disabled={disabled}
        onChange={(e) => set({ paper: e.currentTarget.checked ? palette.tint : null }, 'paper')}
      />
      {palette.paper === null ? null : (
        <Color
          label={t('themes.palette.paper')}
          value={palette.paper}
          ratio={null}
          disabled={disabled}
          onChange={(paper) => set({ paper }, 'paper')}
        />
      )}
      {PALETTE_NAMES.map((name) => (
        <Color
          key={name}
          label={t(`themes.palette.${name}`)}
          value={palette[name]}
          ratio={onGround(palette[name])}
          disabled={disabled}
          onChange={(value) => set({ [name]: value }, name)}
        />
      ))}
      {SURFACES.map((name) => (
        <Color
          key={name}
          label={t(`themes.palette.${name}`)}
          value={palette[name]}
          ratio={null}
          disabled={disabled}
          onChange={(value) => set({ [name]: value }, name)}
        />
      ))}
      {HIGHLIGHTS.map((name) => (
        <Color
          key={name}
          label={t(`themes.highlight.${name}`)}
          value={palette.highlight[name]}
          ratio={null}
          disabled={disabled}
          onChange={(value) => set({ highlight: { ...palette.highlight, [name]: value } }, `highlight ${name}`)}
        />
      ))}
    </div>
  );
}
