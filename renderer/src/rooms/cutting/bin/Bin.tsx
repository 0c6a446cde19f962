import { Tabs, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usedAssetIds } from '../../../../../core/model/timeline/asset.ts';
import { useMay } from '../../../app/session.ts';
import { api } from '../../../client/client.ts';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { DropArea } from '../../../ui/DropArea.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useMediaImport } from '../../media/use-media-import.ts';
import { LostOriginal } from '../../media/LostOriginal.tsx';
import { FailuresPanel } from '../../media/FailuresPanel.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { BinCell } from './BinCell.tsx';
import { startOfYesterday } from './since.ts';
import { BinMenu } from './BinMenu.tsx';
import { useAddClip, useLayOver } from './use-add-clip.ts';

/** One page; who has more finds the rest by name. */
const MOST = 200;

/** What is listed: this story's, all, or what came since yesterday began. */
const BIN_TABS = ['story', 'all', 'new'] as const;
type BinTab = (typeof BIN_TABS)[number];

function BinTabs({ tab, fresh, onTab }: { tab: BinTab; fresh: number; onTab: (tab: BinTab) => void }) {
  const { t } = useText();
  return (
    <Tabs value={tab} onChange={(value) => onTab(BIN_TABS.find((one) => one === value) ?? 'story')}>
      <Tabs.List>
        <Tabs.Tab value="story" aria-label={t('cutting.bin.story')} title={t('cutting.bin.story')}>
          {t('cutting.bin.tab.story')}
        </Tabs.Tab>
        <Tabs.Tab value="all" aria-label={t('cutting.bin.all')} title={t('cutting.bin.all')}>
          {t('cutting.bin.tab.all')}
        </Tabs.Tab>
        <Tabs.Tab
          value="new"
          title={t('cutting.bin.newCount', { count: fresh })}
          rightSection={fresh > 0 ? <span className="n">{fresh}</span> : null}
        >
          {t('cutting.bin.new')}
        </Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}

/** The pictures, videos and sounds at hand: this story's, or all of the workspace. */
export function Bin() {
  const { t } = useText();
  const { session, storyId, assets: film } = useCut();
  const { timeline, places } = useCutState();
  const [tab, setTab] = useState<BinTab>('story');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const [picked, setPicked] = useState<string | null>(null);
  const mayImport = useMay('media.edit');
  const imports = useMediaImport(storyId);
  useCommand('media.import', imports.choose, mayImport);
  const add = useAddClip();
  const layOver = useLayOver();
  const since = startOfYesterday(new Date());
  const wish = { story: { storyId }, all: {}, new: { since } }[tab];
  const fresh = useQuery(api.media.list.queryOptions({ input: { since, limit: 1 } })).data?.total ?? 0;
  const list = useQuery(
    api.media.list.queryOptions({
      input: { ...wish, q, limit: MOST },
      placeholderData: keepPreviousData,
    }),
  );
  const assets = list.data?.items ?? [];
  const used = new Set(usedAssetIds(timeline));
  const chosen = assets.find(({ assetId }) => assetId === picked) ?? null;
  const none = list.isSuccess && !list.isPlaceholderData && assets.length === 0;
  return (
    <DropArea className="bin" enabled={mayImport} hint={t('media.drop')} onFiles={imports.files}>
      <section className="bin-in" data-region="side" aria-label={t('cutting.bin.label')}>
        <BinTabs tab={tab} fresh={fresh} onTab={setTab} />
        <div className="bin-find">
          <TextInput
            className="grow"
            aria-label={t('cutting.bin.filter')}
            placeholder={t('cutting.bin.filter')}
            value={text}
            leftSection={<Icon name="search" size={14} />}
            onChange={(e) => setText(e.currentTarget.value)}
          />
          {mayImport ? (
            <IconBtn
              icon="upload"
              label={t('media.import')}
              onClick={imports.choose}
              disabled={imports.busy !== null}
            />
          ) : null}
        </div>
        {imports.busy ? (
          <p className="bin-note t3 s12" role="status">
            {imports.busy}
          </p>
        ) : null}
        {imports.failures.length > 0 ? <FailuresPanel imports={imports} /> : null}
        {[...film.values()]
          .filter(({ assetId }) => used.has(assetId))
          .map((asset) => (
            <LostOriginal key={asset.assetId} asset={asset} />
          ))}
        <div className="scroll bin-scroll">
          {list.isPending ? <Waiting /> : null}
          {list.isError ? <ErrorNote error={list.error} /> : null}
          {none && q === '' ? (
            <Empty small icon="film" title={t(`cutting.bin.empty.${tab}`)} text={t(`cutting.bin.empty.${tab}Text`)}>
              {mayImport ? (
                <Btn size="sm" icon="upload" onClick={imports.choose}>
                  {t('media.import')}
                </Btn>
              ) : null}
              {tab === 'story' ? (
                <Btn size="sm" kind="quiet" onClick={() => setTab('all')}>
                  {t('cutting.bin.all')}
                </Btn>
              ) : null}
            </Empty>
          ) : null}
          {none && q !== '' ? (
            <Empty small icon="search" title={t('media.emptyFilter.title')} text={t('media.emptyFilter.text')} />
          ) : null}
          <ul className="bin-grid" aria-label={t('cutting.bin.list')}>
            {assets.map((asset) => (
              <BinCell
                key={asset.assetId}
                asset={asset}
                picked={asset.assetId === picked}
                used={used.has(asset.assetId)}
                canAdd={session.canEdit}
                onPick={() => setPicked(asset.assetId)}
                onAdd={() => add(asset, null)}
              />
            ))}
          </ul>
        </div>
        {session.canEdit && assets.length > 0 ? (
          <div className="bin-foot">
            <Btn size="sm" icon="plus" disabled={!chosen} onClick={() => chosen && add(chosen, null)}>
              {t(chosen?.kind === 'audio' ? 'cutting.bin.lay' : 'cutting.bin.append')}
            </Btn>
            {chosen && chosen.kind !== 'audio' && places.durationUs > 0 ? (
              <Btn size="sm" icon="images" onClick={() => layOver(chosen)}>
                {t('cutting.bin.over')}
              </Btn>
            ) : null}
            {chosen ? <BinMenu asset={chosen} /> : null}
            {chosen ? null : <span className="t3 s12 cut">{t('cutting.bin.pickFirst')}</span>}
          </div>
        ) : null}
      </section>
    </DropArea>
  );
}
