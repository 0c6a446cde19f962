import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { MEDIA_KINDS, type MediaSearch } from '../../app/search.ts';
import { useMay } from '../../app/session.ts';
import { api } from '../../client/client.ts';
import { useCommand } from '../../commands/registry.ts';
import { formatNumber } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { AssetPanel } from './AssetPanel.tsx';
import { FailuresPanel } from './FailuresPanel.tsx';
import { MediaGrid } from './MediaGrid.tsx';
import { useMediaImport } from './use-media-import.ts';
import './media.css';

const PAGE = 60;

function useMediaList(kind: MediaSearch['kind'], q: string) {
  const list = useInfiniteQuery(
    api.media.list.infiniteOptions({
      input: (offset: number) => ({ ...(kind ? { kind } : {}), q, limit: PAGE, offset }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => {
        const seen = pages.reduce((sum, p) => sum + p.items.length, 0);
        return seen < page.total ? seen : undefined;
      },
      placeholderData: keepPreviousData,
    }),
  );
  const pages = list.data?.pages ?? [];
  return { list, assets: pages.flatMap((p) => p.items), total: pages.at(-1)?.total ?? 0 };
}

/** Pictures on the clipboard come in by Ctrl+V, unless a field has the focus. */
function usePasteFiles(enabled: boolean, onFiles: (files: File[]) => void): void {
  useEffect(() => {
    if (!enabled) return;
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [enabled, onFiles]);
}

interface FilterBarProps {
  search: MediaSearch;
  text: string;
  onText: (text: string) => void;
  count: string;
}

function FilterBar({ search, text, onText, count }: FilterBarProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const setKind = (value: string) => {
    const kind = MEDIA_KINDS.find((k) => k === value);
    void navigate({ to: '/media', search: kind ? { kind } : {} });
  };
  return (
    <div className="list-bar">
      <SegmentedControl
        aria-label={t('media.kindFilter')}
        value={search.kind ?? 'all'}
        onChange={setKind}
        data={['all', ...MEDIA_KINDS].map((value) => ({
          value,
          label: t(`media.kind.${value as 'all' | (typeof MEDIA_KINDS)[number]}`),
        }))}
      />
      <span className="t3 grow">{count}</span>
      <TextInput
        className="list-filter"
        aria-label={t('media.filter')}
        placeholder={t('media.filter')}
        value={text}
        leftSection={<Icon name="search" />}
        rightSection={
          text === '' ? null : <IconBtn icon="x" size="sm" label={t('common.act.clear')} onClick={() => onText('')} />
        }
        onChange={(e) => onText(e.currentTarget.value)}
      />
    </div>
  );
}

/** Photos, videos and recordings of the workspace. */
export function MediaRoom() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: '/media' });
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const canEdit = useMay('media.edit');
  const { list, assets, total } = useMediaList(search.kind, q);
  const imports = useMediaImport();
  useCommand('media.import', imports.choose, canEdit);
  usePasteFiles(canEdit, imports.files);
  const select = (asset: string | undefined) =>
    void navigate({
      to: '/media',
      search: { ...(search.kind ? { kind: search.kind } : {}), ...(asset ? { asset } : {}) },
    });
  const filtered = q !== '' || search.kind !== undefined;
  const none = list.isSuccess && total === 0;
  const importButton = (size: 'md' | 'lg') => (
    <Btn kind="primary" size={size} icon="upload" onClick={imports.choose} disabled={imports.busy !== null}>
      {t('media.import')}
    </Btn>
  );
  return (
    <div className="room">
      <TopBar actions={canEdit && (filtered || !none) ? importButton('md') : null}>
        <h1>{t('media.title')}</h1>
        {imports.busy ? (
          <span className="t3 cut" role="status">
            {imports.busy}
          </span>
        ) : null}
      </TopBar>
      <div className="media">
        <DropArea className="work scroll" enabled={canEdit} hint={t('media.drop')} onFiles={imports.files}>
          <main data-region="work" className="media-work" aria-label={t('media.title')}>
            {none && !filtered ? null : (
              <FilterBar
                search={search}
                text={text}
                onText={setText}
                count={list.isSuccess ? t('media.count', { count: total, n: formatNumber(total, language) }) : ''}
              />
            )}
            {list.isPending ? <Waiting /> : null}
            {list.isError ? <ErrorNote error={list.error} /> : null}
            {none && filtered ? (
              <Empty small icon="search" title={t('media.emptyFilter.title')} text={t('media.emptyFilter.text')} />
            ) : null}
            {none && !filtered ? (
              <Empty icon="media" title={t('media.empty.title')} text={t('media.empty.text')}>
                {canEdit ? importButton('lg') : null}
              </Empty>
            ) : null}
            <MediaGrid assets={assets} selected={search.asset} onSelect={select} />
            {list.hasNextPage ? (
              <div className="load-more">
                <Btn onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage && t('common.loading')}>
                  {t('common.act.loadMore', { n: Math.min(PAGE, total - assets.length) })}
                </Btn>
              </div>
            ) : null}
          </main>
        </DropArea>
        {imports.failures.length > 0 || search.asset ? (
          <div className="media-side">
            {imports.failures.length > 0 ? <FailuresPanel imports={imports} /> : null}
            {search.asset ? (
              <AssetPanel key={search.asset} assetId={search.asset} onClose={() => select(undefined)} />
            ) : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}
