import type { StoryScope } from '../../app/search.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { useChooser } from './templates/chooser.ts';
import type { useStartStory } from './use-start-story.ts';

function EmptyDrawing() {
  return (
    <svg
      width="168"
      height="120"
      viewBox="0 0 168 120"
      aria-hidden="true"
      fill="none"
      stroke="var(--ink-3)"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M10 96q30-30 58-16t48-18 44 10" stroke="var(--line-strong)" />
      <path d="M4 108q36-22 70-8t52-14 40 6" stroke="var(--line-strong)" />
      <rect x="48" y="18" width="66" height="84" rx="5" fill="var(--bg-surface)" />
      <path d="M60 36h32M60 50h42M60 62h42M60 74h26" stroke="var(--ink-4)" />
      <circle cx="100" cy="86" r="7" fill="var(--brand)" stroke="none" />
      <path d="M97.5 86l2 2 3.5-4" stroke="var(--on-brand)" />
      <path d="M134 20 104 66l-6 14 12-9 30-46z" fill="var(--bg-surface)" />
      <path d="m104 66 6 5M130 26l6 5" />
    </svg>
  );
}

interface NoStoriesProps {
  scope: StoryScope;
  q: string;
  start: ReturnType<typeof useStartStory>;
  onAll: () => void;
  onClear: () => void;
}

/** Why the list is empty, and what to do first. */
export function NoStories({ scope, q, start, onAll, onClear }: NoStoriesProps) {
  const { t } = useText();
  const chooseTemplate = useChooser((s) => s.set);
  if (q !== '') {
    return (
      <Empty small icon="search" title={t('stories.emptyFilter.title', { q })} text={t('stories.emptyFilter.text')}>
        <Btn onClick={onClear}>{t('common.act.clear')}</Btn>
      </Empty>
    );
  }
  if (scope === 'removed') {
    return <Empty small icon="trash" title={t('stories.emptyRemoved.title')} text={t('stories.emptyRemoved.text')} />;
  }
  if (scope === 'mine') {
    return (
      <Empty small icon="story" title={t('stories.emptyMine.title')} text={t('stories.emptyMine.text')}>
        <Btn onClick={onAll}>{t('stories.emptyMine.all')}</Btn>
      </Empty>
    );
  }
  return (
    <Empty art={<EmptyDrawing />} title={t('stories.empty.title')} text={t('stories.empty.text')}>
      {start.allowed ? (
        <>
          <Btn
            kind="primary"
            size="lg"
            icon="plus"
            onClick={start.create}
            busy={start.busy === 'create' && t('stories.creating')}
          >
            {t('stories.new')}
          </Btn>
          <Btn size="lg" icon="story" onClick={() => chooseTemplate(true)}>
            {t('templates.fromTemplate')}
          </Btn>
          <Btn size="lg" icon="upload" onClick={start.choose} disabled={start.busy !== null}>
            {t('stories.importLong')}
          </Btn>
        </>
      ) : null}
    </Empty>
  );
}
