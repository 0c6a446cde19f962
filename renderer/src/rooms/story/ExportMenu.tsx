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
import { ExportResult, worriesOf, type Exported } from './ExportResult.tsx';
import type { StorySession } from './use-story-session.ts';

/** Writes the text as it stands into `exports/`; progress is in the jobs tray, the result a toast. */
function useExport(session: StorySession) {
  const { t, explain, language } = useText();
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<Exported | null>(null);
  const [looking, setLooking] = useState(false);
  const run = async (target: ArticleTarget) => {
    setBusy(true);
    let started = (): void => undefined;
    try {
      await session.autosave.flush();
      const { jobId } = await client.stories.export({ storyId: session.story.storyId, target });
      void queryClient.invalidateQueries({ queryKey: api.jobs.list.key() });
      started = toast(t('editor.export.started', { target: t(`packages.target.${target}`) }), { icon: 'jobs' });
      const exported = { made: renderedArticle.parse(await jobResult(jobId)), jobId };
      setLast(exported);
      const count = worriesOf(exported);
      const name = exported.made.dir.split(/[/\\]/).at(-1) ?? exported.made.dir;
      toast(count === 0 ? t('editor.export.done', { name }) : t('editor.export.doneBut', { name, count }), {
        icon: count === 0 ? 'okc' : 'alert',
        action: { label: t('editor.export.look'), run: () => setLooking(true) },
      });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    } finally {
      started();
      setBusy(false);
    }
  };
  return { busy, run, last, looking, setLooking };
}

/** The text as a file for somebody else: a Word document, a printed page, a web page … Not a release: that is a package. */
export function ExportMenu({ session, disabled }: { session: StorySession; disabled: boolean }) {
  const { t } = useText();
  const may = useMay('package.make');
  const { busy, run, last, looking, setLooking } = useExport(session);
  if (!may) return null;
  return (
    <>
      <Menu position="bottom-end" width={220}>
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
          {last ? (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => setLooking(true)}>
                {t('editor.export.last', { target: t(`packages.target.${last.made.target}`) })}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {last ? <ExportResult exported={last} opened={looking} onClose={() => setLooking(false)} /> : null}
    </>
  );
}
