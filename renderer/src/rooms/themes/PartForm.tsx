import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import {
  PALETTE_NAMES,
  type ThemeKind,
  type ThemeProblem,
  type WechatTheme,
} from '../../../../core/model/wechat/index.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';
import { constructionsOf, withPart, type PartFields } from './theme-parts.ts';

interface PartProps {
  kind: ThemeKind;
  theme: WechatTheme;
  problems: readonly ThemeProblem[];
  disabled: boolean;
  onChange: (theme: WechatTheme, about: string) => void;
}

const ALIGNS = ['left', 'center', 'right'] as const;

/** One part of an article: its construction in sight, the rest under it. */
export function PartForm({ kind, theme, problems, disabled, onChange }: PartProps) {
  const { t } = useText();
  const part: PartFields = theme[kind];
  const name = t(`themes.kind.${kind}`);
  const set = (change: Partial<PartFields>, about: string) =>
    onChange(withPart(theme, kind, change), `${kind} ${about}`);
  return (
    <details className="theme-part">
      <summary>
        <Icon name="right" size={14} />
        <span className="grow">{name}</span>
        {problems.length > 0 ? (
          <span className="tw s12">{t('themes.problems', { count: problems.length })}</span>
        ) : null}
        <span className="t3 s12">{t(`themes.as.${part.as as 'plain'}`)}</span>
      </summary>
      <div className="theme-fields">
        <Select
          label={t('themes.construction')}
          data={constructionsOf(kind).map((value) => ({ value, label: t(`themes.as.${value as 'plain'}`) }))}
          value={part.as}
          allowDeselect={false}
          disabled={disabled}
          onChange={(as) => as !== null && set({ as }, 'as')}
        />
        <Select
          label={t('themes.color')}
          data={PALETTE_NAMES.map((value) => ({ value, label: t(`themes.palette.${value}`) }))}
          value={part.color ?? null}
          clearable
          placeholder={t('themes.usual')}
          disabled={disabled}
          onChange={(color) => set({ color: color ?? undefined }, 'color')}
        />
        <NumberInput
          label={t('themes.size')}
          min={12}
          max={40}
          allowDecimal={false}
          clampBehavior="strict"
          placeholder={t('themes.usual')}
          value={part.size ?? ''}
          disabled={disabled}
          onChange={(size) => {
            if (size === '') set({ size: undefined }, 'size');
            else if (typeof size === 'number' && size >= 12 && size <= 40) set({ size }, 'size');
          }}
        />
        <div>
          <span className="theme-label">{t('themes.align')}</span>
          <SegmentedControl
            fullWidth
            aria-label={`${name} ${t('themes.align')}`}
            data={[
              { value: '', label: t('themes.usual') },
              ...ALIGNS.map((value) => ({ value, label: t(`themes.aligns.${value}`) })),
            ]}
            value={part.align ?? ''}
            disabled={disabled}
            onChange={(value) => set({ align: ALIGNS.find((one) => one === value) }, 'align')}
          />
        </div>
        <TextInput
          label={t('themes.mark')}
          description={t('themes.markHint')}
          maxLength={4}
          value={part.mark ?? ''}
          disabled={disabled}
          onChange={(e) => {
            if (!/[<>&"]/.test(e.currentTarget.value)) set({ mark: e.currentTarget.value }, 'mark');
          }}
        />
        <TextInput
          label={t('themes.css')}
          description={t('themes.cssHint')}
          maxLength={200}
          spellCheck={false}
          value={part.css ?? ''}
          disabled={disabled}
          onChange={(e) => set({ css: e.currentTarget.value }, 'css')}
        />
        {problems.map(({ code, what, ratio }) => (
          <p key={`${code} ${what}`} className="theme-problem">
            {t(`themes.problem.${code}`, { what, ratio })}
          </p>
        ))}
      </div>
    </details>
  );
}
