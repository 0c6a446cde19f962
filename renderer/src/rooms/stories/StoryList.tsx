import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { StorySummary } from '../../../../core/model/contract/index.ts';
import { useMay } from '../../app/session.ts';
import { formatFull, formatNumber, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useRemoveStories } from './use-remove-stories.ts';
import { useNow } from '../../ui/use-now.ts';

function Numbers({ story }: { story: StorySummary }) {
  const { t, language } = useText();
  return (
    <span className="numbers">
      <span>{t('stories.words', { count: story.words, n: formatNumber(story.words, language) })}</span>
      {story.images > 0 ? (
        <span>{t('stories.images', { count: story.images, n: formatNumber(story.images, language) })}</span>
      ) : null}
    </span>
  );
}

interface RowProps {
  story: StorySummary;
  selected: boolean;
  selectable: boolean;
  onToggle: () => void;
}

function StoryRow({ story, selected, selectable, onToggle }: RowProps) {
  const { t, language } = useText();
  const now = useNow();
  const { restore } = useRemoveStories();
  const title = story.title || t('stories.untitled');
  const removed = story.removedAt !== null;
  return (
    <li className="li" data-selected={selected || undefined}>
      {selectable ? (
        <Checkbox className="pick" aria-label={t('stories.select', { title })} checked={selected} onChange={onToggle} />
      ) : (
        <span />
      )}
      <Cover key={story.coverAssetId} assetId={story.coverAssetId} />
      <div className="tx">
        <div className="ti">
          <Link className="cut cover-link" to="/stories/$storyId" params={{ storyId: story.storyId }}>
            {title}
          </Link>
          {story.state === 'writing' ? null : (
            <span className={story.state === 'in_review' ? 'chip' : 'chip ok'}>
              {t(`stories.state.${story.state}`)}
            </span>
          )}
        </div>
        <div className="su cut">{story.excerpt || t('stories.noText')}</div>
      </div>
      <Numbers story={story} />
      <div className="due">
        <b>{formatWhen(story.updatedAt, now, language)}</b>
        <span className="cut" title={formatFull(story.updatedAt, language)}>
          {story.updatedBy.name}
        </span>
      </div>
      {removed ? (
        <Btn size="sm" className="row-act" onClick={() => void restore([story.storyId])} disabled={!selectable}>
          {t('common.act.restore')}
        </Btn>
      ) : (
        <span className="row-act t3">
          <Icon name="right" />
        </span>
      )}
    </li>
  );
}

interface StoryListProps {
  stories: StorySummary[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

/** Rows of stories. The whole row opens; the check box selects. */
export function StoryList({ stories, selected, onSelect }: StoryListProps) {
  const { t } = useText();
  const canEdit = useMay('story.edit');
  if (stories.length === 0) return null;
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  return (
    <ul className={selected.size > 0 ? 'list selecting' : 'list'} aria-label={t('stories.list')}>
      {stories.map((story) => (
        <StoryRow
          key={story.storyId}
          story={story}
          selectable={canEdit}
          selected={selected.has(story.storyId)}
          onToggle={() => toggle(story.storyId)}
        />
      ))}
    </ul>
  );
}
