import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { awaitedPictures, imageIds, openPrompts, type ArticleDoc } from '../../../../core/model/article/index.ts';
import { useMay } from '../../app/session.ts';
import { api } from '../../client/client.ts';
import { useCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { openStage } from '../review/route-view.ts';
import { reviewActs, useAct } from '../review/use-review-acts.ts';
import { useStageName } from '../review/use-words.ts';
import type { StorySession } from './use-story-session.ts';

/** What will be frozen, in numbers. Read from the editor when the question is put. */
function Frozen({ session }: { session: StorySession }) {
  const { t } = useText();
  const videos = useQuery(api.videos.list.queryOptions({ input: { storyId: session.story.storyId, limit: 1 } }));
  const [{ pictures, awaited, prompts }] = useState(() => {
    const doc = session.editor.getJSON() as ArticleDoc;
    return { pictures: imageIds(doc).length, awaited: awaitedPictures(doc), prompts: openPrompts(doc).length };
  });
  const count = videos.data?.total ?? 0;
  return (
    <ul className="frozen">
      <li>
        <Icon name="story" size={14} />
        {t('review.story.article')}
      </li>
      {pictures > 0 ? (
        <li>
          <Icon name="image" size={14} />
          {t('review.story.assets', { count: pictures })}
        </li>
      ) : null}
      {count > 0 ? (
        <li>
          <Icon name="video" size={14} />
          {t('review.story.videos', { count })}
        </li>
      ) : null}
      {awaited > 0 ? (
        <li className="frozen-warn">
          <Icon name="alert" size={14} />
          {t('review.story.awaiting', { count: awaited })}
        </li>
      ) : null}
      {prompts > 0 ? (
        <li className="frozen-warn">
          <Icon name="alert" size={14} />
          {t('templates.open', { count: prompts })}
        </li>
      ) : null}
    </ul>
  );
}

/** Saves what is typed, then submits; a text that cannot be saved is not submitted. */
function useSubmit(session: StorySession) {
  const { t } = useText();
  const navigate = useNavigate();
  const stageName = useStageName();
  const { busy, run } = useAct<'submit'>();
  const { storyId } = session.story;
  const submit = async () => {
    if (!(await session.autosave.flush())) {
      toast(t('review.story.notSaved'), { icon: 'alert' });
      return;
    }
    const status = await run('submit', () => reviewActs.submit(storyId));
    if (!status) return;
    const stage = status.round ? openStage(status.round) : null;
    toast(t('review.story.submitted', { stage: stageName(stage?.name ?? '') }), { icon: 'send' });
    void navigate({ to: '/stories/$storyId', params: { storyId }, search: { panel: 'review' }, replace: true });
  };
  return { busy: busy !== null, submit };
}

/** The button that sends a story to its reviewers; asks once, with what will be frozen. */
export function SubmitStory({ session, disabled }: { session: StorySession; disabled: boolean }) {
  const { t } = useText();
  const { story } = session;
  const [open, setOpen] = useState(false);
  const mayRead = useMay('review.submit');
  const status = useQuery({
    ...api.review.status.queryOptions({ input: { storyId: story.storyId } }),
    enabled: mayRead,
  });
  const { busy, submit } = useSubmit(session);
  const can = status.data?.mine.submit === true && story.removedAt === null;
  // Approved and unchanged: there is nothing to submit again.
  const same = status.data?.state === 'approved' && status.data.differences.length === 0;
  const shown = can && !same;
  useCommand('story.submit', () => setOpen(true), shown && !disabled);
  if (!shown) return null;
  const again = status.data?.round !== null;
  const label = t(again ? 'review.story.submitAgain' : 'review.story.submit');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Btn
          kind="primary"
          aria-expanded={open}
          busy={busy && t('review.story.submitting')}
          disabled={disabled}
          onClick={() => setOpen(!open)}
        >
          {label}
        </Btn>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('review.story.title')}>
        <div className="sec">
          <h2>{t('review.story.title')}</h2>
        </div>
        <Frozen session={session} />
        <p className="s12 t2 frozen-hint">{t('review.story.hint')}</p>
        <div className="row frozen-acts">
          <Btn
            data-autofocus
            icon="send"
            onClick={() => {
              setOpen(false);
              void submit();
            }}
          >
            {t('review.story.confirm')}
          </Btn>
          <Btn kind="quiet" onClick={() => setOpen(false)}>
            {t('common.act.cancel')}
          </Btn>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
