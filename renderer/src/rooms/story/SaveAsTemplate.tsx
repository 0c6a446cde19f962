import { Modal, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { PROMPT_MARK } from '../../../../core/model/article/prompts.ts';
import type { ArticleDocJson } from '../../../../core/model/contract/index.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useCommand } from '../../commands/registry.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { toast } from '../../ui/toast.tsx';
import type { StorySession } from './use-story-session.ts';

function TemplateForm({ session, onDone }: { session: StorySession; onDone: () => void }) {
  const { t, explain, language } = useText();
  const [name, setName] = useState(session.title);
  const [use, setUse] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    // A template of that name is changed: this is how one is edited.
    const own = (await client.templates.list()).find((one) => !one.builtIn && one.name === name.trim());
    const doc = session.editor.getJSON() as ArticleDocJson;
    const { templateId } = own ?? {};
    await client.templates.save({ name, use, title: '', doc, ...(templateId === undefined ? {} : { templateId }) });
    await queryClient.invalidateQueries({ queryKey: api.templates.list.key() });
    toast(t(own ? 'templates.changed' : 'templates.saved', { name: name.trim() }));
    onDone();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    save()
      .catch((error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' }))
      .finally(() => setBusy(false));
  };
  return (
    <form className="tpl-form" onSubmit={submit}>
      <TextInput
        label={t('templates.name')}
        description={t('templates.nameHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={name}
        maxLength={80}
        required
        data-autofocus
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Textarea
        label={t('templates.useFor')}
        value={use}
        maxLength={400}
        rows={2}
        onChange={(e) => setUse(e.currentTarget.value)}
      />
      <p className="t3 s12">{t('templates.markHint', { mark: PROMPT_MARK })}</p>
      <div className="row tpl-acts">
        <span className="grow" />
        <Btn kind="primary" type="submit" disabled={busy || name.trim() === ''}>
          {t('templates.save')}
        </Btn>
      </div>
    </form>
  );
}

/** Keeps the text of this story as a template of the office. Opened from the palette or the menu. */
export function SaveAsTemplate({ session }: { session: StorySession }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  useCommand('story.saveTemplate', () => setOpen(true), session.canEdit);
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      title={t('templates.saveTitle')}
      padding="lg"
      closeButtonProps={{ 'aria-label': t('common.act.close') }}
    >
      <TemplateForm session={session} onDone={() => setOpen(false)} />
    </Modal>
  );
}
