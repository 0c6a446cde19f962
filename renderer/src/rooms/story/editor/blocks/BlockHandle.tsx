import { Menu } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { shortcutOf } from '../../../../commands/keys.ts';
import { useText } from '../../../../i18n/use-text.ts';
import { Icon } from '../../../../ui/Icon.tsx';
import { Kbd } from '../../../../ui/Kbd.tsx';

interface Place {
  pos: number;
  top: number;
}

/** The top-level block under the pointer, by its height only: the handle stands in the margin beside it. */
function blockAt(editor: Editor, y: number, box: DOMRect): Place | null {
  const { dom } = editor.view;
  for (const child of dom.children) {
    const rect = child.getBoundingClientRect();
    if (y < rect.top || y > rect.bottom) continue;
    const pos = editor.view.posAtDOM(child, 0);
    const $pos = editor.state.doc.resolve(pos);
    const start = $pos.depth === 0 ? pos : $pos.before(1);
    return { pos: start, top: rect.top - box.top };
  }
  return null;
}

function useHovered(editor: Editor, frozen: boolean) {
  const [place, setPlace] = useState<Place | null>(null);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const paper = host.current?.closest<HTMLElement>('.paper');
    if (!paper || frozen) return;
    let frame = 0;
    const look = (event: PointerEvent) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const box = host.current?.getBoundingClientRect();
        if (!box || editor.isDestroyed) return;
        const next = blockAt(editor, event.clientY, box);
        setPlace((before) => (before?.pos === next?.pos && before?.top === next?.top ? before : next));
      });
    };
    const gone = () => setPlace(null);
    paper.addEventListener('pointermove', look);
    paper.addEventListener('pointerleave', gone);
    editor.on('update', gone);
    return () => {
      cancelAnimationFrame(frame);
      paper.removeEventListener('pointermove', look);
      paper.removeEventListener('pointerleave', gone);
      editor.off('update', gone);
    };
  }, [editor, frozen]);
  return { place, host };
}

/** Begins to drag the whole block, as the text itself does with a selected picture. */
function startDrag(editor: Editor, pos: number, event: DragEvent): void {
  const { view } = editor;
  const selection = NodeSelection.create(view.state.doc, pos);
  view.dispatch(view.state.tr.setSelection(selection));
  const slice = selection.content();
  const { dom, text } = view.serializeForClipboard(slice);
  event.dataTransfer.clearData();
  event.dataTransfer.setData('text/html', dom.innerHTML);
  event.dataTransfer.setData('text/plain', text);
  event.dataTransfer.effectAllowed = 'copyMove';
  const element = view.nodeDOM(pos);
  if (element instanceof HTMLElement) event.dataTransfer.setDragImage(element, 0, 0);
  view.dragging = { slice, move: true };
}

/** Beside the block under the pointer: put something in below, drag it, or move, copy and delete it. */
export function BlockHandle({ editor }: { editor: Editor }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const { place, host } = useHovered(editor, open);
  const select = (pos: number) => editor.chain().setNodeSelection(pos).run();
  const add = ({ pos }: Place) => {
    const node = editor.state.doc.nodeAt(pos);
    if (!node) return;
    const empty = node.type.name === 'paragraph' && node.content.size === 0;
    const at = empty ? pos : pos + node.nodeSize;
    const chain = editor.chain().focus();
    if (!empty) chain.insertContentAt(at, { type: 'paragraph' });
    chain
      .setTextSelection(at + 1)
      .insertContent('/')
      .run();
  };
  return (
    <div className="block-handles" ref={host}>
      {place ? (
        <div className="block-handle" style={{ top: place.top }}>
          {/* Pointer only: the keys have the slash menu and the palette. */}
          <button type="button" tabIndex={-1} aria-label={t('editor.block.add')} onClick={() => add(place)}>
            <Icon name="plus" size={14} />
          </button>
          <Menu opened={open} onChange={setOpen} position="bottom-start" width={200} returnFocus={false}>
            <Menu.Target>
              <button
                type="button"
                tabIndex={-1}
                draggable
                aria-label={t('editor.block.handle')}
                onDragStart={(event) => startDrag(editor, place.pos, event)}
                onClick={() => select(place.pos)}
              >
                <Icon name="drag" size={14} />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                rightSection={<Kbd keys={shortcutOf('edit.moveUp') ?? ''} />}
                onClick={() => editor.chain().focus().moveBlock(-1).run()}
              >
                {t('editor.card.up')}
              </Menu.Item>
              <Menu.Item
                rightSection={<Kbd keys={shortcutOf('edit.moveDown') ?? ''} />}
                onClick={() => editor.chain().focus().moveBlock(1).run()}
              >
                {t('editor.card.down')}
              </Menu.Item>
              <Menu.Item
                rightSection={<Kbd keys={shortcutOf('edit.duplicate') ?? ''} />}
                onClick={() => editor.chain().focus().duplicateBlock().run()}
              >
                {t('editor.card.copy')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                rightSection={<Kbd keys={shortcutOf('edit.deleteBlock') ?? ''} />}
                onClick={() => editor.chain().focus().deleteBlock().run()}
              >
                {t('editor.card.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      ) : null}
    </div>
  );
}
