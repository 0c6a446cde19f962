import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PROMPT_MARK } from '../../../../../core/model/article/prompts.ts';
import type { StoryTemplateSummary } from '../../../../../core/model/contract/index.ts';
import { api, client, queryClient } from '../../../client/client.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { toast } from '../../../ui/toast.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useChooser } from './chooser.ts';
import './templates.css';

/** Prompts shown of a template; the rest is seen when it is used. */
const SHOWN = 4;

/** What a template asks for. */
function Preview({ template }: { template: StoryTemplateSummary }) {
  const { t } = useText();
  return (
    <div className="tpl-look scroll" role="region" aria-label={template.name} tabIndex={0}>
      <h3>{template.name}</h3>
      {template.use === '' ? null : <p className="t2">{template.use}</p>}
      {template.outline.length > 0 ? (
        <>
          <p className="lbl">{t('templates.outline')}</p>
          <ol className="tpl-outline">
            {template.outline.map((heading, i) => (
              <li key={i}>{heading}</li>
            ))}
          </ol>
        </>
      ) : null}
      {template.prompts.length > 0 ? (
        <>
          <p className="lbl">{t('templates.prompts', { count: template.prompts.length })}</p>
          <ul className="tpl-prompts">
            {template.prompts.slice(0, SHOWN).map((prompt, i) => (
              <li key={i}>{prompt}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

/** Begins a story from a template, or removes one of the office's own. */
function useTemplateActs(onDone: () => void) {
  const { t, explain, language } = useText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const run = (act: () => Promise<unknown>) => {
    setBusy(true);
    act()
      .catch((error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' }))
      .finally(() => setBusy(false));
  };
  const use = ({ templateId }: StoryTemplateSummary) =>
    run(async () => {
      const story = await client.stories.create({ templateId });
      onDone();
      await navigate({ to: '/stories/$storyId', params: { storyId: story.storyId } });
    });
  const remove = ({ templateId, name }: StoryTemplateSummary) =>
    run(async () => {
      await client.templates.remove({ templateId });
      toast(t('templates.removed', { name }), { icon: 'trash' });
      await queryClient.invalidateQueries({ queryKey: api.templates.list.key() });
    });
  return { busy, use, remove };
}

function Choice({ templates, onDone }: { templates: StoryTemplateSummary[]; onDone: () => void }) {
  const { t } = useText();
  const [picked, setPicked] = useState<string | null>(null);
  const { busy, use, remove } = useTemplateActs(onDone);
  const template = templates.find(({ templateId }) => templateId === picked) ?? templates[0];
  if (!template) return null;
  return (
    <>
      <div className="tpl">
        <ul className="tpl-list scroll" aria-label={t('templates.list')}>
          {templates.map((one) => (
            <li key={one.templateId}>
              <button
                type="button"
                className="tpl-pick"
                aria-pressed={one === template}
                onClick={() => setPicked(one.templateId)}
                onDoubleClick={() => use(one)}
              >
                <span className="cut">{one.name}</span>
                {one.builtIn ? null : <span className="chip">{t('templates.own')}</span>}
              </button>
            </li>
          ))}
        </ul>
        <Preview template={template} />
      </div>
      <div className="row tpl-acts">
        <span className="grow t3 s12">{t('templates.hint', { mark: PROMPT_MARK })}</span>
        {template.builtIn ? null : (
          <Btn kind="quiet" icon="trash" disabled={busy} onClick={() => remove(template)}>
            {t('templates.remove')}
          </Btn>
        )}
        <Btn kind="primary" busy={busy && t('stories.creating')} onClick={() => use(template)}>
          {t('templates.use')}
        </Btn>
      </div>
    </>
  );
}

/** The templates a story may begin with: the office's own first, each with what it asks for. */
export function TemplateChooser() {
  const { t } = useText();
  const { open, set } = useChooser();
  const list = useQuery(api.templates.list.queryOptions({ enabled: open }));
  return (
    <Modal
      opened={open}
      onClose={() => set(false)}
      title={t('templates.title')}
      size={760}
      padding="lg"
      closeButtonProps={{ 'aria-label': t('common.act.close') }}
    >
      {list.data ? <Choice templates={list.data} onDone={() => set(false)} /> : null}
      {list.isError ? <ErrorNote error={list.error} /> : null}
      {list.isPending ? <Waiting /> : null}
    </Modal>
  );
}
