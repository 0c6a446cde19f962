import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { STORY_SCOPES, type StoryScope } from '../../app/search.ts';
import { api } from '../../client/client.ts';
import { formatNumber } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { NoStories } from './NoStories.tsx';
import { StoryList } from './StoryList.tsx';
import { useRemoveStories } from './use-remove-stories.ts';
import { useChooser } from './templates/chooser.ts';
import { useStartStory } from './use-start-story.ts';
import './stories.css';

const PAGE = 60;

function useStoryList(scope: StoryScope, q: string) {
  const list = useInfiniteQuery(
    api.stories.list.infiniteOptions({
      input: (offset: number) => ({ scope, q, limit: PAGE, offset }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => {
        const seen = pages.reduce((sum, p) => sum + p.items.length, 0);
        return seen < page.total ? seen : undefined;
      },
      placeholderData: keepPreviousData,
    }),
  );
  const pages = list.data?.pages ?? [];
  return { list, stories: pages.flatMap((p) => p.items), total: pages.at(-1)?.total ?? 0 };
}

function ScopeSwitch({ scope, onChange }: { scope: StoryScope; onChange: (scope: StoryScope) => void }) {
  const { t } = useText();
  return (
    <SegmentedControl
      aria-label={t('stories.scope.label')}
      value={scope}
      onChange={(value) => onChange(STORY_SCOPES.find((s) => s === value) ?? 'all')}
      data={STORY_SCOPES.map((value) => ({ value, label: t(`stories.scope.${value}`) }))}
    />
  );
}

interface SelectionBarProps {
  selected: string[];
  scope: StoryScope;
  onDone: () => void;
}

function SelectionBar({ selected, scope, onDone }: SelectionBarProps) {
  const { t } = useText();
  const { remove, restore } = useRemoveStories();
  const count = selected.length;
  return (
    <div className="row grow">
      <span>{t('stories.selected', { count })}</span>
      {scope === 'removed' ? (
        <Btn size="sm" icon="undo" onClick={() => void restore(selected).then(onDone)}>
          {t('stories.restoreMany', { count })}
        </Btn>
      ) : (
        <Btn size="sm" icon="trash" onClick={() => void remove(selected).then(onDone)}>
          {t('stories.removeMany', { count })}
        </Btn>
      )}
      <Btn size="sm" kind="quiet" onClick={onDone}>
        {t('stories.clearSelection')}
      </Btn>
    </div>
  );
}

/** The list of stories. */
export function StoriesRoom() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const scope = useSearch({ from: '/stories' }).scope ?? 'all';
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const start = useStartStory();
  const chooseTemplate = useChooser((s) => s.set);
  const canEdit = useMay('story.edit');
  const { list, stories, total } = useStoryList(scope, q);
  const shown = stories.filter((s) => selected.has(s.storyId)).map((s) => s.storyId);
  const setScope = (next: StoryScope) => {
    setSelected(new Set());
    void navigate({ to: '/stories', search: { scope: next } });
  };
  const bare = list.isSuccess && total === 0 && q === '' && scope === 'all';
  return (
    <div className="room">
      <TopBar
        actions={
          canEdit && !bare ? (
            <>
              <Btn icon="upload" onClick={start.choose} disabled={start.busy !== null}>
                {t('stories.import')}
              </Btn>
              <Btn icon="story" onClick={() => chooseTemplate(true)}>
                {t('templates.fromTemplate')}
              </Btn>
              <Btn
                kind="primary"
                icon="plus"
                onClick={start.create}
                busy={start.busy === 'create' && t('stories.creating')}
              >
                {t('stories.new')}
              </Btn>
            </>
          ) : null
        }
      >
        <h1>{t('stories.title')}</h1>
        <ScopeSwitch scope={scope} onChange={setScope} />
      </TopBar>
      <DropArea className="work scroll" enabled={canEdit} hint={t('stories.drop')} onFiles={start.drop}>
        <main data-region="work" aria-label={t('stories.list')} className="stories">
          {bare ? null : (
            <div className="list-bar">
              {shown.length > 0 ? (
                <SelectionBar selected={shown} scope={scope} onDone={() => setSelected(new Set())} />
              ) : (
                <span className="t3 grow">
                  {list.isSuccess ? t('stories.count', { count: total, n: formatNumber(total, language) }) : ''}
                </span>
              )}
              <TextInput
                className="list-filter"
                aria-label={t('stories.filter')}
                placeholder={t('stories.filter')}
                value={text}
                leftSection={<Icon name="search" />}
                rightSection={
                  text === '' ? null : (
                    <IconBtn icon="x" size="sm" label={t('common.act.clear')} onClick={() => setText('')} />
                  )
                }
                onChange={(e) => setText(e.currentTarget.value)}
              />
            </div>
          )}
          {list.isPending ? <Waiting /> : null}
          {list.isError ? <ErrorNote error={list.error} /> : null}
          {list.isSuccess && total === 0 ? (
            <NoStories scope={scope} q={q} start={start} onAll={() => setScope('all')} onClear={() => setText('')} />
          ) : null}
          <StoryList stories={stories} selected={selected} onSelect={setSelected} />
          {list.hasNextPage ? (
            <div className="load-more">
              <Btn onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage && t('common.loading')}>
                {t('common.act.loadMore', { n: Math.min(PAGE, total - stories.length) })}
              </Btn>
            </div>
          ) : null}
        </main>
      </DropArea>
    </div>
  );
}
