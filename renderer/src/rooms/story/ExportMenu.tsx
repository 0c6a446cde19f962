import { Menu } from '@mantine/core';
import { useState } from 'react';
import { renderedArticle } from '../../../../core/model/contract/articles.ts';
import { ARTICLE_TARGETS, type ArticleTarget } from '../../../../core/model/targets/names.ts';
import { useMay } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { toast } from '../../ui/toast.tsx';
import type { StorySession } from './use-story-session.ts';

/** Writes the text as it stands into `exports/`; progress is in the jobs tray, the result a toast. */
function useExport(session: StorySession) {
  const { t, explain, language } = useText();
  const [busy, setBusy] = useState(false);
  const run = async (target: ArticleTarget) => {
    setBusy(true);
    try {
      await session.autosave.flush();
      const { jobId } = await client.stories.export({ storyId: session.story.storyId, target });
      void queryClient.invalidateQueries({ queryKey: api.jobs.list.key() });
      toast(t('editor.export.started', { target: t(`packages.target.${target}`) }), { icon: 'jobs' });
      const made = renderedArticle.parse(await jobResult(jobId));
      const worries = made.lost.length + made.warnings.length;
      const name = made.dir.split(/[/\\]/).at(-1) ?? made.dir;
      toast(worries === 0 ? t('editor.export.done', { name }) : t('editor.export.doneBut', { name, count: worries }), {
        icon: worries === 0 ? 'okc' : 'alert',
      });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}

/** The text as a file for somebody else: a Word document, a printed page, a web page … Not a release: that is a package. */
export function ExportMenu({ session, disabled }: { session: StorySession; disabled: boolean }) {
  const { t } = useText();
  const may = useMay('package.make');
  const { busy, run } = useExport(session);
  if (!may) return null;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Btn after="down" disabled={disabled} busy={busy && t('editor.export.busy')}>
          {t('editor.export.label')}
        </Btn>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('editor.export.hint')}</Menu.Label>
        {ARTICLE_TARGETS.map((target) => (
          <Menu.Item key={target} onClick={() => void run(target)}>
            {t(`packages.target.${target}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
