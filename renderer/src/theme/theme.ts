import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Input,
  Menu,
  Popover,
  SegmentedControl,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Cinnabar, light to dark; shade 6 is the accent of the light theme, shade 5 that of the dark one. */
const cinnabar: MantineColorsTuple = [
  '#fdf3f0',
  '#faeae6',
  '#ecc3bb',
  '#e39d91',
  '#f2998b',
  '#cf4436',
  '#c0362c',
  '#a72c23',
  '#8f241c',
  '#6d1b15',
];

/** Buttons come in four kinds; every colour is a token, so light and dark need no second table. */
const variantColorResolver: VariantColorsResolver = ({ variant }) => {
  if (variant === 'filled') {
    return {
      background: 'var(--accent)',
      hover: 'var(--accent-hover)',
      color: 'var(--on-accent)',
      border: '1px solid var(--accent)',
    };
  }
  if (variant === 'subtle' || variant === 'transparent') {
    return {
      background: 'transparent',
      hover: 'var(--bg-hover)',
      color: 'var(--ink-2)',
      border: '1px solid transparent',
    };
  }
  return {
    background: 'var(--bg-surface)',
    hover: 'var(--bg-sunken)',
    color: 'var(--ink-1)',
    border: '1px solid var(--line-strong)',
  };
};

const BUTTON_SIZES: Record<string, [height: string, padding: string, font: string]> = {
  xs: ['24px', '8px', 'var(--t-12)'],
  sm: ['var(--h-sm)', '10px', 'var(--t-12)'],
  md: ['var(--h-md)', '12px', 'var(--t-13)'],
  lg: ['var(--h-lg)', '18px', 'var(--t-14)'],
};

const ICON_BUTTON_SIZES: Record<string, string> = { sm: '24px', md: '28px', lg: '32px' };

/** The one Mantine theme. Numbers are the tokens' (see tokens.css). */
export const theme = createTheme({
  primaryColor: 'cinnabar',
  primaryShade: { light: 6, dark: 5 },
  colors: { cinnabar },
  defaultRadius: 'md',
  radius: { xs: 'var(--r-1)', sm: 'var(--r-1)', md: 'var(--r-2)', lg: 'var(--r-3)', xl: 'var(--r-4)' },
  spacing: { xs: 'var(--s1)', sm: 'var(--s2)', md: 'var(--s3)', lg: 'var(--s4)', xl: 'var(--s6)' },
  fontSizes: { xs: 'var(--t-12)', sm: 'var(--t-13)', md: 'var(--t-14)', lg: 'var(--t-16)', xl: 'var(--t-20)' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.35' },
  shadows: { xs: 'var(--sh-1)', sm: 'var(--sh-2)', md: 'var(--sh-3)', lg: 'var(--sh-3)', xl: 'var(--sh-3)' },
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  cursorType: 'default',
  focusRing: 'auto',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default', size: 'md' },
      vars: (_theme, props) => {
        const [height, padding, font] = BUTTON_SIZES[props.size ?? 'md'] ?? BUTTON_SIZES.md ?? ['', '', ''];
        return { root: { '--button-height': height, '--button-padding-x': padding, '--button-fz': font } };
      },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', size: 'md' },
      vars: (_theme, props) => ({ root: { '--ai-size': ICON_BUTTON_SIZES[String(props.size ?? 'md')] ?? '28px' } }),
    }),
    Input: Input.extend({
      classNames: { input: 'tx-input' },
      vars: () => ({ wrapper: { '--input-height': 'var(--h-md)', '--input-fz': 'var(--t-13)' } }),
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 500, withArrow: false, offset: 6 } }),
    Menu: Menu.extend({
      // Without the placeholder the first item has the focus, and the menu holds nothing but items.
      defaultProps: { shadow: 'md', radius: 'xl', offset: 6, withInitialFocusPlaceholder: false, withinPortal: false },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', radius: 'xl', offset: 6 } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
  },
});

const roles = {
  '--mantine-color-body': 'var(--bg-surface)',
  '--mantine-color-text': 'var(--ink-1)',
  '--mantine-color-bright': 'var(--ink-1)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--accent-ink)',
  '--mantine-color-success': 'var(--ok-ink)',
  '--mantine-color-anchor': 'var(--ink-1)',
  '--mantine-color-default': 'var(--bg-surface)',
  '--mantine-color-default-hover': 'var(--bg-sunken)',
  '--mantine-color-default-color': 'var(--ink-1)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--bg-sunken)',
  '--mantine-color-disabled-color': 'var(--ink-4)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-cinnabar-filled': 'var(--accent)',
  '--mantine-color-cinnabar-filled-hover': 'var(--accent-hover)',
  '--mantine-color-cinnabar-light': 'var(--accent-soft)',
  '--mantine-color-cinnabar-light-color': 'var(--accent-ink)',
};

/** Mantine's colour variables point at our tokens, which change with the scheme by themselves. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: roles, dark: roles });
