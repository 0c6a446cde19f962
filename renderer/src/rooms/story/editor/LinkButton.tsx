import { Popover, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useState, type SyntheticEvent } from 'react';
import { shortcutOf } from '../../../commands/keys.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { hrefOf } from './href.ts';

function LinkForm({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useText();
  const old = String(editor.getAttributes('link')['href'] ?? '');
  const [text, setText] = useState(old);
  const [bad, setBad] = useState(false);
  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const href = hrefOf(text);
    if (href === null) {
      setBad(true);
      return;
    }
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && old === '') {
      chain.insertContent({ type: 'text', text: text.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
    } else {
      chain.setLink({ href }).run();
    }
    close();
  };
  return (
    <form className="link-form" onSubmit={submit} noValidate>
      <TextInput
        data-autofocus
        autoFocus
        label={t('story.link.href')}
        placeholder={t('story.link.placeholder')}
        value={text}
        spellCheck={false}
        error={bad ? t('story.link.bad') : undefined}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setBad(false);
        }}
      />
      <div className="row">
        <Btn type="submit" size="sm">
          {t('story.link.apply')}
        </Btn>
        {old === '' ? null : (
          <Btn
            size="sm"
            kind="quiet"
            onClick={() => {
              editor.chain().focus().extendMarkRange('link').unsetLink().run();
              close();
            }}
          >
            {t('story.link.remove')}
          </Btn>
        )}
      </div>
    </form>
  );
}

interface LinkButtonProps {
  editor: Editor;
  on: boolean;
  disabled: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** The link tool with its small form. */
export function LinkButton({ editor, on, disabled, open, onOpen }: LinkButtonProps) {
  const { t } = useText();
  return (
    <Popover
      opened={open && !disabled}
      onChange={onOpen}
      width={340}
      position="bottom-start"
      trapFocus
      returnFocus={false}
      // At once: who presses the keys and types on must not type into the text.
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <IconBtn
          icon="link"
          label={t('frame.command.edit.link')}
          shortcut={shortcutOf('edit.link')}
          aria-pressed={on}
          disabled={disabled}
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => onOpen(!open)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('story.link.title')}>
        <LinkForm editor={editor} onClose={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
