import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { renderResult, type VideoProject } from '../../../../core/model/contract/video.ts';
import { useLine } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { useCommand } from '../../commands/registry.ts';
import { formatDuration, formatFrameRate } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCut, useCutState } from './use-cut.ts';

/** The platform the button renders for. */
const TARGET = 'douyin';

/** The video's name; changed where it stands. Enter or leaving keeps it, Escape does not. */
function VideoTitle({ first }: { first: VideoProject }) {
  const { t, explain, language } = useText();
  const { session, projectId } = useCut();
  const [title, setTitle] = useState(first.title);
  const [draft, setDraft] = useState<string | null>(null);
  const shown = title || t('cutting.untitled');
  if (draft === null) {
    return (
      <h1 className="cut">
        {session.canEdit ? (
          <button
            type="button"
            className="cut title-button"
            aria-label={t('cutting.rename', { name: shown })}
            title={shown}
            onClick={() => setDraft(title)}
          >
            {shown}
          </button>
        ) : (
          shown
        )}
      </h1>
    );
  }
  const keep = () => {
    const next = draft.trim();
    setDraft(null);
    if (next === '' || next === title) return;
    setTitle(next);
    client.videos.rename({ projectId, title: next }).catch((error: unknown) => {
      setTitle(title);
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    });
  };
  return (
    <TextInput
      className="title-input"
      aria-label={t('cutting.titleLabel')}
      value={draft}
      maxLength={200}
      autoFocus
      onFocus={(e) => e.currentTarget.select()}
      onChange={(e) => setDraft(e.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing) return;
        if (e.key === 'Enter') keep();
        if (e.key === 'Escape') setDraft(null);
      }}
    />
  );
}

/** Renders for the usual target: progress is in the jobs tray, the result a toast that names the file. */
function useRender() {
  const { t, explain, language } = useText();
  const { session, projectId } = useCut();
  const [busy, setBusy] = useState(false);
  const render = async () => {
    setBusy(true);
    try {
      await session.queue.idle();
      const { jobId } = await client.videos.render({ projectId, targets: [TARGET] });
      void queryClient.invalidateQueries({ queryKey: api.jobs.list.key() });
      toast(t('cutting.render.started'), { icon: 'jobs' });
      const { outputs } = renderResult.parse(await jobResult(jobId));
      const file = outputs[0]?.file ?? '';
      toast(t('cutting.render.done', { file: file.split(/[/\\]/).at(-1) ?? file, path: file }), { icon: 'okc' });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    } finally {
      setBusy(false);
    }
  };
  return { busy, render: () => void render() };
}

export function CutTopBar({ first }: { first: VideoProject }) {
  const { t, language } = useText();
  const { session, storyId } = useCut();
  const { timeline, places } = useCutState();
  const story = useQuery(api.stories.get.queryOptions({ input: { storyId } }));
  const line = useLine();
  const { busy, render } = useRender();
  const ready = session.canEdit && places.clips.length > 0 && line === 'open' && !busy;
  useCommand('cut.render', render, ready);
  return (
    <TopBar
      shortSearch
      actions={
        session.canEdit ? (
          <Btn kind="primary" onClick={render} disabled={!ready} busy={busy && t('cutting.render.busy')}>
            {t('cutting.render.act')}
          </Btn>
        ) : null
      }
    >
      <Link className="crumb cut" to="/stories/$storyId" params={{ storyId }}>
        {story.data ? story.data.title || t('stories.untitled') : t('cutting.backToStory')}
      </Link>
      <span className="sep" aria-hidden="true">
        /
      </span>
      <VideoTitle first={first} />
      <span className="t3 s12 nowrap">
        {t('cutting.facts', {
          time: formatDuration(places.durationUs),
          rate: formatFrameRate(timeline.canvas.frameRate, language),
        })}
      </span>
      {session.canEdit ? null : <span className="chip">{t('cutting.readOnly')}</span>}
    </TopBar>
  );
}
