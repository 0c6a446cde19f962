import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { useText } from '../../../../i18n/use-text.ts';
import { IconBtn } from '../../../../ui/Btn.tsx';
import { cardHere } from './card-facts.ts';
import { CardSettings, type CardActs } from './CardSettings.tsx';

/** Where the bar stands: at the upper right corner of the card. */
function cornerOf(editor: Editor) {
  const here = cardHere(editor);
  const element = here && editor.view.nodeDOM(here.pos);
  return element instanceof HTMLElement ? element : null;
}

export const CARD_BAR_ID = 'card-bar';

/** Over the card one writes in: what it can be told, and moving, copying, deleting it. */
export function CardBar({ editor, acts }: { editor: Editor; acts: CardActs }) {
  const { t } = useText();
  const here = useEditorState({ editor, selector: () => cardHere(editor) });
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="cardBar"
      updateDelay={120}
      shouldShow={({ editor: e, state, element }) => {
        if (!e.isEditable || cardHere(e) === null) return false;
        if (element.contains(document.activeElement)) return true;
        return state.selection.empty || state.selection instanceof NodeSelection;
      }}
      getReferencedVirtualElement={() => cornerOf(editor)}
      options={{ placement: 'top-end', offset: 6, flip: { padding: 56 }, shift: { padding: 8 } }}
    >
      {here ? (
        <div
          className="bubble-bar card-bar"
          id={CARD_BAR_ID}
          role="toolbar"
          aria-label={t('editor.card.bar', { name: t(`editor.card.name.${here.name}`) })}
          data-overlay
          onKeyDown={(e) => {
            if (e.key !== 'Escape') return;
            e.stopPropagation();
            editor.commands.focus();
          }}
        >
          <CardSettings editor={editor} here={here} acts={acts} />
          <IconBtn
            icon="up"
            size="sm"
            label={t('editor.card.up')}
            onClick={() => editor.chain().focus().moveBlock(-1).run()}
          />
          <IconBtn
            icon="down"
            size="sm"
            label={t('editor.card.down')}
            onClick={() => editor.chain().focus().moveBlock(1).run()}
          />
          {here.name === 'image' ? null : (
            <IconBtn
              icon="trash"
              size="sm"
              label={t('editor.card.remove')}
              onClick={() => editor.chain().focus().deleteBlock().run()}
            />
          )}
        </div>
      ) : null}
    </BubbleMenu>
  );
}
