import { Menu } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { DEFAULT_THEME, WECHAT_THEMES, themeById, type WechatTheme } from '../../../../../core/model/wechat/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { toast } from '../../../ui/toast.tsx';

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
  const id = useEditorState({ editor, selector: () => String(editor.state.doc.attrs['theme'] ?? '') });
  const current = themeById(id) ?? DEFAULT_THEME;
  const nameOf = (theme: WechatTheme) => (language === 'en' ? theme.name.en : theme.name.zh);
  const choose = (theme: WechatTheme) => {
    if (theme.id === current.id) return;
    void beforeChange();
    editor.view.dispatch(editor.state.tr.setDocAttribute('theme', theme.id));
    toast(t('editor.wechat.themeDone', { name: nameOf(theme) }));
  };
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <button
          type="button"
          className="pick"
          disabled={disabled}
          aria-label={t('editor.wechat.theme', { name: nameOf(current) })}
        >
          <Swatch theme={current} />
          {nameOf(current)}
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('editor.wechat.themeLabel')}</Menu.Label>
        {WECHAT_THEMES.map((theme) => (
          <Menu.Item
            key={theme.id}
            leftSection={<Swatch theme={theme} />}
            rightSection={theme.id === current.id ? <Icon name="check" size={14} /> : null}
            onClick={() => choose(theme)}
          >
            {nameOf(theme)}
            <small className="theme-use">{language === 'en' ? theme.use.en : theme.use.zh}</small>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
