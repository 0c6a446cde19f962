import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { Asset } from '../../../../core/model/contract/index.ts';
import { useMay } from '../../app/session.ts';
import { desktop } from '../../client/bridge.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { AssetFacts } from './AssetFacts.tsx';
import { Player } from './Player.tsx';
import { StoriesUsing } from './StoriesUsing.tsx';
import { LostOriginal } from './LostOriginal.tsx';
import { isNote, useProblemText } from './use-problem-text.ts';

const refresh = () => queryClient.invalidateQueries({ queryKey: api.media.key() });

function useAssetActs(asset: Asset, onClose: () => void) {
  const { t, explain } = useText();
  const fail = (error: unknown) => {
    toast(explain(error).message, { icon: 'alert' });
  };
  const restore = () => {
    client.media
      .unremove({ assetIds: [asset.assetId] })
      .then(refresh)
      .then(() => toast(t('media.restored', { name: asset.name })), fail);
  };
  const remove = () => {
    client.media.remove({ assetIds: [asset.assetId] }).then(() => {
      onClose();
      toast(t('media.removed', { name: asset.name }), {
        icon: 'trash',
        action: { label: t('common.act.undo'), run: restore },
      });
      return refresh();
    }, fail);
  };
  const rename = (name: string) => client.media.rename({ assetId: asset.assetId, name }).then(refresh).catch(fail);
  return { remove, rename };
}

function NameField({ asset, onRename }: { asset: Asset; onRename: (name: string) => Promise<void> }) {
  const { t } = useText();
  const [name, setName] = useState<string | null>(null);
  const canEdit = useMay('media.edit');
  if (name === null) {
    return (
      <div className="row asset-name">
        <h3 className="wrap grow">{asset.name}</h3>
        {canEdit ? (
          <IconBtn icon="pencil" size="sm" label={t('common.act.rename')} onClick={() => setName(asset.name)} />
        ) : null}
      </div>
    );
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const next = name.trim();
    setName(null);
    if (next !== '' && next !== asset.name) void onRename(next);
  };
  return (
    <form className="row asset-name" onSubmit={submit}>
      <TextInput
        className="grow"
        aria-label={t('media.detail.name')}
        value={name}
        maxLength={255}
        autoFocus
        onChange={(e) => setName(e.currentTarget.value)}
        onKeyDown={(e) => e.key === 'Escape' && setName(null)}
      />
      <Btn type="submit" size="sm">
        {t('common.act.save')}
      </Btn>
    </form>
  );
}

function Details({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const { t } = useText();
  const canEdit = useMay('media.edit');
  const problemText = useProblemText();
  const { remove, rename } = useAssetActs(asset, onClose);
  return (
    <>
      <Player asset={asset} />
      <div className="panel-body">
        <NameField asset={asset} onRename={rename} />
        <LostOriginal asset={asset} />
        {asset.problems.map((problem) => (
          <p key={problem.code} className={isNote(problem) ? 'notice asset-problem' : 'notice warn asset-problem'}>
            <Icon name={isNote(problem) ? 'cap' : 'alert'} />
            <span>{problemText(problem)}</span>
          </p>
        ))}
        <AssetFacts asset={asset} />
        <StoriesUsing storyIds={asset.storyIds} />
      </div>
      <div className="panel-foot">
        {desktop ? (
          <Btn size="sm" icon="folder" onClick={() => void desktop?.showInFolder(asset.assetId)}>
            {t('common.act.showInFolder')}
          </Btn>
        ) : null}
        {canEdit ? (
          <Btn size="sm" icon="trash" onClick={remove}>
            {t('media.detail.remove')}
          </Btn>
        ) : null}
      </div>
    </>
  );
}

/** At the right of the media: one asset, to see, hear, name and find again. */
export function AssetPanel({ assetId, onClose }: { assetId: string; onClose: () => void }) {
  const { t } = useText();
  const asset = useQuery(api.media.get.queryOptions({ input: { assetId } }));
  return (
    <aside className="panel" data-region="side" aria-label={t('media.detail.label')}>
      <div className="panel-head">
        <h2 className="grow">{t('media.detail.label')}</h2>
        <IconBtn icon="x" label={t('media.detail.close')} onClick={onClose} />
      </div>
      {asset.isPending ? <Waiting /> : null}
      {asset.isError ? (
        <div className="panel-body">
          <ErrorNote error={asset.error} />
        </div>
      ) : null}
      {asset.data ? <Details asset={asset.data} onClose={onClose} /> : null}
    </aside>
  );
}
