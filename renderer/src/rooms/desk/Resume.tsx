import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { StorySummary } from '../../../../core/model/contract/index.ts';
import { usePoster } from '../../client/use-poster.ts';
import { formatNumber, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { useNow } from '../../ui/use-now.ts';

/** The story the person last wrote in. */
export function Resume({ story }: { story: StorySummary }) {
  const { t, language } = useText();
  const now = useNow();
  const navigate = useNavigate();
  const [broken, setBroken] = useState<string | null>(null);
  const poster = usePoster(story.coverAssetId);
  const cover = poster === broken ? null : poster;
  return (
    <section className={cover === null ? 'card resume resume-bare' : 'card resume'} aria-label={t('desk.resume.label')}>
      {cover === null ? null : <img src={cover} alt="" onError={() => setBroken(cover)} />}
      <div className="resume-text">
        <div className="row s12 t3">
          <span>{t('desk.resume.label')}</span>
          <span className="push">{formatWhen(story.updatedAt, now, language)}</span>
        </div>
        <h3>
          <Link to="/stories/$storyId" params={{ storyId: story.storyId }}>
            {story.title || t('stories.untitled')}
          </Link>
        </h3>
        <p>{story.excerpt || t('stories.noText')}</p>
        <div className="resume-foot">
          <Btn
            kind="primary"
            onClick={() => void navigate({ to: '/stories/$storyId', params: { storyId: story.storyId } })}
          >
            {t('desk.resume.action')}
          </Btn>
          <span className="push t3 s12 nowrap">
            {t('desk.resume.facts', {
              words: t('stories.words', { count: story.words, n: formatNumber(story.words, language) }),
              images: t('stories.images', { count: story.images, n: formatNumber(story.images, language) }),
            })}
          </span>
        </div>
      </div>
    </section>
  );
}
