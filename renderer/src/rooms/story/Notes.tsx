import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../app/session.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useRemoveStories } from '../stories/use-remove-stories.ts';
import { useSaveTrouble } from './use-autosave.ts';
import type { StorySession } from './use-story-session.ts';
import { useNow } from '../../ui/use-now.ts';

interface NoteProps {
  icon: IconName;
  need?: boolean;
  text: string;
  children?: ReactNode;
}

function Note({ icon, need = false, text, children }: NoteProps) {
  return (
    <div className={need ? 'bar-note need' : 'bar-note'} role={need ? 'alert' : 'status'}>
      <Icon name={icon} />
      <span className="grow">{text}</span>
      {children}
    </div>
  );
}

function ConflictNote({ session }: { session: StorySession }) {
  const { t } = useText();
  const { conflict, viewing } = session;
  if (viewing?.kind === 'theirs') {
    return (
      <Note icon="eye" text={t('story.conflict.viewing')}>
        <Btn size="sm" disabled={conflict.busy} onClick={() => session.setViewing(null)}>
          {t('story.conflict.backToMine')}
        </Btn>
        <Btn size="sm" disabled={conflict.busy} onClick={conflict.useTheirs}>
          {t('story.conflict.useTheirs')}
        </Btn>
      </Note>
    );
  }
  return (
    <Note icon="alert" need text={t('story.conflict.text')}>
      <Btn size="sm" disabled={conflict.busy} onClick={conflict.look}>
        {t('story.conflict.theirs')}
      </Btn>
      <Btn size="sm" disabled={conflict.busy} onClick={conflict.useMine}>
        {t('story.conflict.mine')}
      </Btn>
    </Note>
  );
}

function KeptNote({ session }: { session: StorySession }) {
  const { t, language } = useText();
  const now = useNow();
  if (!session.kept) return null;
  return (
    <Note icon="history" text={t('story.kept.text', { time: formatWhen(session.kept.at, now, language) })}>
      <Btn size="sm" onClick={() => void session.takeKept()}>
        {t('story.kept.restore')}
      </Btn>
      <Btn size="sm" kind="quiet" onClick={session.dropKept}>
        {t('story.kept.discard')}
      </Btn>
    </Note>
  );
}

/** Sentences over the article, each with what can be done: conflict, kept text, removed, look only. */
export function Notes({ session }: { session: StorySession }) {
  const { t, explain } = useText();
  const { user } = useSession();
  const { restore } = useRemoveStories();
  const { story, canEdit, viewing } = session;
  const trouble = useSaveTrouble(session.autosave);
  const refused = trouble?.status === 'refused' ? explain(trouble.error) : null;
  return (
    <div className="notes">
      {trouble?.status === 'conflict' ? <ConflictNote session={session} /> : null}
      {refused ? (
        <Note icon="alert" need text={`${refused.message} ${refused.hint} ${t('story.refusedHint')}`} />
      ) : null}
      <KeptNote session={session} />
      {story.removedAt !== null ? (
        <Note icon="trash" text={`${t('story.removed')} ${t('story.removedHint')}`}>
          <Btn size="sm" onClick={() => void restore([story.storyId])}>
            {t('common.act.restore')}
          </Btn>
          <Link className="link" to="/stories">
            {t('story.backToList')}
          </Link>
        </Note>
      ) : null}
      {!canEdit && story.removedAt === null ? (
        <Note icon="eye" text={t('common.readOnly', { role: t(`common.role.${user.role}`) })} />
      ) : null}
      {viewing?.kind === 'version' ? (
        <Note icon="eye" text={t('story.versions.viewing', { n: viewing.n })}>
          <Btn size="sm" onClick={() => session.setViewing(null)}>
            {t('story.versions.backToCurrent')}
          </Btn>
        </Note>
      ) : null}
    </div>
  );
}
