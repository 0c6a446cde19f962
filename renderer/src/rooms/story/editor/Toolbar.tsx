import { Menu } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { redoDepth, undoDepth } from '@tiptap/pm/history';
import { useEditorState } from '@tiptap/react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { CommandId } from '../../../commands/definitions.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { INSERTABLES } from './cards/insertables.ts';
import { ColorMenu } from './SelectionBubble.tsx';
import { LinkButton } from './LinkButton.tsx';
import type { Alignment } from './marks.ts';

const BLOCKS = ['paragraph', 'heading1', 'heading2', 'heading3'] as const;
const ALIGNMENTS: readonly Alignment[] = ['left', 'center', 'right', 'justify'];

function readState(editor: Editor) {
  const level = editor.isActive('heading') ? Number(editor.getAttributes('heading')['level']) : 0;
  return {
    block: BLOCKS[level] ?? 'paragraph',
    align: String(editor.getAttributes(level > 0 ? 'heading' : 'paragraph')['textAlign'] ?? ''),
    undo: undoDepth(editor.state) > 0,
    redo: redoDepth(editor.state) > 0,
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    underline: editor.isActive('underline'),
    color: String(editor.getAttributes('textColor')['color'] ?? ''),
    highlight: String(editor.getAttributes('highlight')['color'] ?? ''),
    link: editor.isActive('link'),
    quote: editor.isActive('blockquote'),
    bullets: editor.isActive('bulletList'),
    numbers: editor.isActive('orderedList'),
    table: editor.isActive('table'),
  };
}

type ToolbarState = ReturnType<typeof readState>;

interface ToolProps {
  id: CommandId;
  icon: IconName;
  on?: boolean;
  disabled?: boolean;
}

function Tool({ id, icon, on, disabled }: ToolProps) {
  const { t } = useText();
  return (
    <IconBtn
      icon={icon}
      label={t(`frame.command.${id}`)}
      shortcut={shortcutOf(id)}
      {...(on === undefined ? {} : { 'aria-pressed': on })}
      disabled={disabled}
      // The text keeps its selection and its input method.
      onMouseDown={(e) => e.preventDefault()}
      onClick={() => void runCommand(id)}
    />
  );
}

function BlockMenu({ editor, state, disabled }: { editor: Editor; state: ToolbarState; disabled: boolean }) {
  const { t } = useText();
  const name = t(`story.block.${state.block}`);
  return (
    <Menu position="bottom-start" width={220} returnFocus={false}>
      <Menu.Target>
        <button type="button" className="pick" disabled={disabled} aria-label={t('story.blockType', { name })}>
          {name}
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {BLOCKS.map((block) => (
          <Menu.Item
            key={block}
            className={`block-${block}`}
            data-on={block === state.block}
            rightSection={<Kbd keys={shortcutOf(`edit.${block}`) ?? ''} />}
            onClick={() => void runCommand(`edit.${block}`)}
          >
            {t(`story.block.${block}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('story.align.label')}</Menu.Label>
        {ALIGNMENTS.map((align) => (
          <Menu.Item
            key={align}
            data-on={align === state.align}
            rightSection={align === state.align ? <Icon name="check" size={14} /> : null}
            onClick={() => {
              const textAlign = align === state.align ? null : align;
              editor
                .chain()
                .focus()
                .updateAttributes('paragraph', { textAlign })
                .updateAttributes('heading', { textAlign })
                .run();
            }}
          >
            {t(`story.align.${align}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function TableMenu({ editor }: { editor: Editor }) {
  const { t } = useText();
  const run = (act: (chain: ReturnType<Editor['chain']>) => ReturnType<Editor['chain']>) => () =>
    void act(editor.chain().focus()).run();
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <IconBtn icon="table" label={t('story.table.label')} aria-pressed />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={run((c) => c.addTableRow())}>{t('story.table.addRow')}</Menu.Item>
        <Menu.Item onClick={run((c) => c.addTableColumn())}>{t('story.table.addColumn')}</Menu.Item>
        <Menu.Item onClick={run((c) => c.toggleTableHeader())}>{t('story.table.header')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={run((c) => c.deleteTableRow())}>{t('story.table.deleteRow')}</Menu.Item>
        <Menu.Item onClick={run((c) => c.deleteTableColumn())}>{t('story.table.deleteColumn')}</Menu.Item>
        <Menu.Item onClick={run((c) => c.removeTable())}>{t('story.table.remove')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Everything that can be put in, for those who do not type "/". */
function InsertMenu({ disabled }: { disabled: boolean }) {
  const { t } = useText();
  const items = INSERTABLES.filter((item) => item.group !== 'text' || item.id === 'divider' || item.id === 'footnote');
  return (
    <Menu position="bottom-start" width={200} returnFocus={false}>
      <Menu.Target>
        <IconBtn icon="plus" label={t('editor.insertMenu.label')} disabled={disabled} />
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Menu.Item
            key={item.id}
            leftSection={<Icon name={item.icon} />}
            onClick={() => void runCommand(item.command ?? `edit.${item.id}`)}
          >
            {t(`editor.insert.${item.id}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** One stop for Tab; arrows move inside (the toolbar pattern of WAI-ARIA). */
function moveInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
  const tools = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const here = tools.indexOf(document.activeElement as HTMLElement);
  if (here < 0) return;
  event.preventDefault();
  tools[(here + (event.key === 'ArrowRight' ? 1 : -1) + tools.length) % tools.length]?.focus();
}

interface ToolbarProps {
  editor: Editor;
  disabled: boolean;
  linkOpen: boolean;
  onLinkOpen: (open: boolean) => void;
  /** Focus mode is on. */
  focused: boolean;
  /** What stands at the right end. */
  end: ReactNode;
}

/** The one-row toolbar; only what works. */
export function Toolbar({ editor, disabled, linkOpen, onLinkOpen, focused, end }: ToolbarProps) {
  const { t } = useText();
  const state = useEditorState({ editor, selector: () => readState(editor) });
  return (
    <section className="tools" aria-label={t('story.toolbar')}>
      <div className="tools-row" role="toolbar" aria-label={t('story.toolbar')} onKeyDown={moveInside}>
        <Tool id="edit.undo" icon="undo" disabled={disabled || !state.undo} />
        <Tool id="edit.redo" icon="redo" disabled={disabled || !state.redo} />
        <span className="vr" />
        <BlockMenu editor={editor} state={state} disabled={disabled} />
        <span className="vr" />
        <Tool id="edit.bold" icon="bold" on={state.bold} disabled={disabled} />
        <Tool id="edit.italic" icon="italic" on={state.italic} disabled={disabled} />
        <Tool id="edit.underline" icon="under" on={state.underline} disabled={disabled} />
        <ColorMenu editor={editor} mark="textColor" current={state.color} disabled={disabled} size="md" />
        <ColorMenu editor={editor} mark="highlight" current={state.highlight} disabled={disabled} size="md" />
        <LinkButton editor={editor} on={state.link} disabled={disabled} open={linkOpen} onOpen={onLinkOpen} />
        <span className="vr" />
        <Tool id="edit.quote" icon="quote" on={state.quote} disabled={disabled} />
        <Tool id="edit.bullets" icon="ul" on={state.bullets} disabled={disabled} />
        <Tool id="edit.numbers" icon="ol" on={state.numbers} disabled={disabled} />
        {state.table && !disabled ? (
          <TableMenu editor={editor} />
        ) : (
          <Tool id="edit.table" icon="table" disabled={disabled} />
        )}
        <span className="vr" />
        <Tool id="edit.image" icon="image" disabled={disabled} />
        <Tool id="edit.gallery" icon="images" disabled={disabled} />
        <Tool id="edit.person" icon="person" disabled={disabled} />
        <InsertMenu disabled={disabled} />
        <span className="vr" />
        <Tool id="edit.find" icon="find" />
        <Tool id="story.focusMode" icon="focusm" on={focused} />
        <span className="tools-end">{end}</span>
      </div>
    </section>
  );
}
