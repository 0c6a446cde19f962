import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { openExternal } from '../../../client/bridge.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';

/** Over a link the cursor stands in: where it leads, open, change, remove. */
export function LinkBubble({ editor, onEdit }: { editor: Editor; onEdit: () => void }) {
  const { t } = useText();
  const href = useEditorState({ editor, selector: () => String(editor.getAttributes('link')['href'] ?? '') });
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="linkBubble"
      shouldShow={({ editor: e }) => e.isActive('link') && e.state.selection.empty}
      options={{ placement: 'bottom-start', offset: 6 }}
    >
      <div className="link-bubble" role="group" aria-label={t('story.link.bubble', { href })}>
        <span className="cut s12">{href}</span>
        <IconBtn icon="go" size="sm" label={t('story.link.open')} onClick={() => openExternal(href)} />
        <IconBtn icon="pencil" size="sm" label={t('story.link.edit')} onClick={onEdit} />
        <IconBtn
          icon="unlink"
          size="sm"
          label={t('story.link.remove')}
          onClick={() => editor.chain().focus().extendMarkRange('link').unsetLink().run()}
        />
      </div>
    </BubbleMenu>
  );
}
