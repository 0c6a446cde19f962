import { Menu } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { HIGHLIGHT_COLORS, TEXT_COLORS } from '../../../../../core/model/article/index.ts';
import type { CommandId } from '../../../commands/definitions.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';

function Tool({ id, icon, on }: { id: CommandId; icon: IconName; on: boolean }) {
  const { t } = useText();
  return (
    <IconBtn
      icon={icon}
      size="sm"
      label={t(`frame.command.${id}`)}
      shortcut={shortcutOf(id)}
      aria-pressed={on}
      onMouseDown={(e) => e.preventDefault()}
      onClick={() => void runCommand(id)}
    />
  );
}

interface ColorMenuProps {
  editor: Editor;
  mark: 'textColor' | 'highlight';
  current: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
}

/** Colours of the theme's palette: every theme answers with its own shade. */
export function ColorMenu({ editor, mark, current, disabled = false, size = 'sm' }: ColorMenuProps) {
  const { t } = useText();
  const isText = mark === 'textColor';
  const colors = isText ? TEXT_COLORS : HIGHLIGHT_COLORS;
  const nameOf = (color: string) =>
    isText
      ? t(`editor.mark.colors.${color as (typeof TEXT_COLORS)[number]}`)
      : t(`editor.mark.highlights.${color as (typeof HIGHLIGHT_COLORS)[number]}`);
  const set = (color: string | null) => {
    const chain = editor.chain().focus();
    if (color === null) chain.unsetMark(mark).run();
    else chain.setMark(mark, { color }).run();
  };
  return (
    // In the bubble it must stay inside: a click outside hides the bubble, and the menu with it.
    <Menu position="bottom-start" width={160} returnFocus={false} withinPortal={size === 'md'}>
      <Menu.Target>
        <IconBtn
          icon={isText ? 'color' : 'hilite'}
          size={size}
          disabled={disabled}
          label={isText ? t('editor.mark.color') : t('editor.mark.highlight')}
          aria-pressed={current !== ''}
          onMouseDown={(e) => e.preventDefault()}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {colors.map((color) => (
          <Menu.Item
            key={color}
            leftSection={<span className={`swatch ${mark}`} data-color={color} aria-hidden="true" />}
            rightSection={color === current ? <Icon name="check" size={14} /> : null}
            onClick={() => set(color)}
          >
            {nameOf(color)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => set(null)}>{isText ? t('editor.mark.none') : t('editor.mark.noHighlight')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Over selected text: what one does to words. */
export function SelectionBubble({ editor }: { editor: Editor }) {
  const { t } = useText();
  const state = useEditorState({
    editor,
    selector: () => ({
      bold: editor.isActive('bold'),
      italic: editor.isActive('italic'),
      underline: editor.isActive('underline'),
      strike: editor.isActive('strike'),
      link: editor.isActive('link'),
      sub: editor.isActive('subscript'),
      sup: editor.isActive('superscript'),
      ai: editor.isActive('aiMade'),
      color: String(editor.getAttributes('textColor')['color'] ?? ''),
      highlight: String(editor.getAttributes('highlight')['color'] ?? ''),
      ruby: editor.isActive('ruby'),
    }),
  });
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="selectionBubble"
      updateDelay={120}
      shouldShow={({ editor: e, state: s }) =>
        e.isEditable &&
        !s.selection.empty &&
        !(s.selection instanceof NodeSelection) &&
        s.doc.textBetween(s.selection.from, s.selection.to).trim() !== ''
      }
      options={{ placement: 'top', offset: 8, flip: true, shift: { padding: 8 } }}
    >
      <div className="bubble-bar" role="toolbar" aria-label={t('editor.mark.bubble')} data-overlay>
        <Tool id="edit.bold" icon="bold" on={state.bold} />
        <Tool id="edit.italic" icon="italic" on={state.italic} />
        <Tool id="edit.underline" icon="under" on={state.underline} />
        <Tool id="edit.strike" icon="strike" on={state.strike} />
        <span className="vr" />
        <ColorMenu editor={editor} mark="textColor" current={state.color} />
        <ColorMenu editor={editor} mark="highlight" current={state.highlight} />
        <span className="vr" />
        <Tool id="edit.link" icon="link" on={state.link} />
        <Tool id="edit.superscript" icon="sup" on={state.sup} />
        <Tool id="edit.subscript" icon="sub" on={state.sub} />
        <Tool id="edit.ruby" icon="ruby" on={state.ruby} />
        <Tool id="edit.aiMade" icon="sparkle" on={state.ai} />
        <Tool id="edit.clear" icon="clear" on={false} />
      </div>
    </BubbleMenu>
  );
}
