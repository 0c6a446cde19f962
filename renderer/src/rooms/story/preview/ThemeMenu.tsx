import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { DEFAULT_THEME, WECHAT_THEMES, type WechatTheme } from '../../../../../core/model/wechat/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useOwnThemes, useTheme } from '../../themes/use-theme.ts';

interface ThemeMenuProps {
  editor: Editor;
  disabled: boolean;
  /** Keeps the text as a version; it is read at once. */
  beforeChange: () => Promise<unknown>;
}

function Swatch({ theme }: { theme: WechatTheme }) {
  return <span className="theme-swatch" style={{ backgroundColor: theme.palette.accent }} aria-hidden="true" />;
}

/** In which theme the article is set for an official account. */
export function ThemeMenu({ editor, disabled, beforeChange }: ThemeMenuProps) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const id = useEditorState({ editor, selector: () => String(editor.state.doc.attrs['theme'] ?? '') });
  const { theme: found, own, missing } = useTheme(id);
  const office = (useOwnThemes().data ?? []).map((one) => one.theme as WechatTheme);
  const current = found ?? DEFAULT_THEME;
  const nameOf = (theme: WechatTheme) => (language === 'en' ? theme.name.en : theme.name.zh);
  const shown = missing ? t('editor.wechat.themeGone') : nameOf(current);
  const choose = (theme: WechatTheme) => {
    if (theme.id === current.id && !missing) return;
    void beforeChange();
    editor.view.dispatch(editor.state.tr.setDocAttribute('theme', theme.id));
    toast(t('editor.wechat.themeDone', { name: nameOf(theme) }));
  };
  const item = (theme: WechatTheme) => (
    <Menu.Item
      key={theme.id}
      leftSection={<Swatch theme={theme} />}
      rightSection={theme.id === current.id && !missing ? <Icon name="check" size={14} /> : null}
      onClick={() => choose(theme)}
    >
      {nameOf(theme)}
      <small className="theme-use">{language === 'en' ? theme.use.en : theme.use.zh}</small>
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <button
          type="button"
          className={missing ? 'pick tw' : 'pick'}
          disabled={disabled}
          aria-label={t('editor.wechat.theme', { name: shown })}
        >
          <Swatch theme={current} />
          {shown}
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="theme-menu">
        {own !== null && own.newest !== own.themeId ? <Menu.Label>{t('editor.wechat.themeOld')}</Menu.Label> : null}
        {office.length > 0 ? <Menu.Label>{t('themes.own')}</Menu.Label> : null}
        {office.map(item)}
        <Menu.Label>{t('editor.wechat.themeLabel')}</Menu.Label>
        {WECHAT_THEMES.map(item)}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="pencil" size={14} />}
          onClick={() => void navigate({ to: '/themes/$themeId', params: { themeId: current.id } })}
        >
          {t('editor.wechat.themeEdit')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="grid" size={14} />} onClick={() => void navigate({ to: '/themes' })}>
          {t('editor.wechat.themeAll')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
