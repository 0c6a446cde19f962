import { Popover, TextInput } from '@mantine/core';
import { posToDOMRect, type Editor } from '@tiptap/core';
import { useState, type SyntheticEvent } from 'react';
import { MAX_RUBY } from '../../../../../core/model/article/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { toast } from '../../../ui/toast.tsx';

/** Selects the words a reading is for: those selected, or the ones with a reading the cursor stands in. False without any. */
export function selectForRuby(editor: Editor): boolean {
  if (editor.state.selection.empty && editor.isActive('ruby')) editor.commands.extendMarkRange('ruby');
  const { from, to } = editor.state.selection;
  return editor.state.doc.textBetween(from, to).trim() !== '';
}

function Fields({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useText();
  const [current] = useState(() => String(editor.getAttributes('ruby')['reading'] ?? ''));
  const [reading, setReading] = useState(current);
  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const value = reading.trim();
    if (value === '') return;
    editor.commands.setMark('ruby', { reading: value });
    close();
  };
  return (
    <form className="link-form" onSubmit={submit} noValidate>
      <TextInput
        data-autofocus
        autoFocus
        label={t('editor.mark.rubyLabel')}
        placeholder={t('editor.mark.rubyHint')}
        value={reading}
        maxLength={MAX_RUBY}
        spellCheck={false}
        onChange={(e) => setReading(e.currentTarget.value)}
      />
      <div className="row">
        <Btn type="submit" size="sm">
          {t('editor.mark.rubyApply')}
        </Btn>
        {current === '' ? null : (
          <Btn
            size="sm"
            kind="quiet"
            onClick={() => {
              editor.chain().extendMarkRange('ruby').unsetMark('ruby').run();
              close();
            }}
          >
            {t('editor.mark.rubyRemove')}
          </Btn>
        )}
      </div>
    </form>
  );
}

interface RubyFormProps {
  editor: Editor;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** The reading of the selected words, asked for right under them; it needs no bubble, which goes while the palette is open. */
export function RubyForm({ editor, open, onOpen }: RubyFormProps) {
  const { t } = useText();
  if (!open) return null;
  const { from, to } = editor.state.selection;
  const rect = posToDOMRect(editor.view, from, to);
  return (
    <Popover
      opened
      onChange={onOpen}
      width={240}
      position="bottom"
      trapFocus
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <span
          className="over-words"
          style={{ left: rect.left, top: rect.top, width: rect.width, height: rect.height }}
          aria-hidden="true"
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('editor.mark.ruby')}>
        <Fields editor={editor} onClose={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Whether the form is open, and the command that opens it: only over words, else it says what is missing. */
export function useRuby(editor: Editor) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const ask = () => {
    if (selectForRuby(editor)) setOpen(true);
    else toast(t('editor.mark.rubyWords'), { icon: 'info' });
  };
  return { open, setOpen, ask };
}
