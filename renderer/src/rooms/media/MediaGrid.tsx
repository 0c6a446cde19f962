import { useState } from 'react';
import type { Asset } from '../../../../core/model/contract/index.ts';
import { mediaUrl } from '../../client/media-url.ts';
import { formatDuration } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { isNote, useProblemText } from './use-problem-text.ts';

export const KIND_ICON: Record<Asset['kind'], IconName> = { video: 'video', audio: 'vol', image: 'image' };

/** Whether all derived files an asset of its kind gets are there. */
export const isReady = (asset: Asset): boolean => asset.poster && (asset.kind === 'image' || asset.proxy);

function Poster({ asset }: { asset: Asset }) {
  const { t } = useText();
  const [broken, setBroken] = useState(false);
  if (!asset.poster || broken) {
    return (
      <span className="poster-wait">
        <Icon name={KIND_ICON[asset.kind]} size={28} />
        {asset.poster ? null : <span className="s12">{t('media.preparing')}</span>}
      </span>
    );
  }
  return <img src={mediaUrl(asset.assetId, 'poster')} alt="" loading="lazy" onError={() => setBroken(true)} />;
}

interface CardProps {
  asset: Asset;
  selected: boolean;
  onSelect: () => void;
}

function AssetCard({ asset, selected, onSelect }: CardProps) {
  const { t } = useText();
  const problemText = useProblemText();
  const problem = asset.problems[0];
  return (
    <li className={selected ? 'card ac on' : 'card ac'}>
      <div className="im">
        <Poster asset={asset} />
        <span className="vb">
          <Icon name={KIND_ICON[asset.kind]} size={14} />
          {asset.durationUs === null ? (
            <span className="vh">{t(`media.kind.${asset.kind}`)}</span>
          ) : (
            formatDuration(asset.durationUs)
          )}
        </span>
      </div>
      <div className="tx">
        <button type="button" className="name cut" title={asset.name} aria-pressed={selected} onClick={onSelect}>
          {asset.name}
        </button>
        <span className="t3 s12">
          {asset.width !== null && asset.height !== null
            ? t('media.size', { w: asset.width, h: asset.height })
            : t(`media.kind.${asset.kind}`)}
          {asset.poster && !isReady(asset) ? <span className="preparing">{t('media.preparing')}</span> : null}
        </span>
        {problem ? (
          <span className={isNote(problem) ? 'chip' : 'chip warn soft'} title={problemText(problem)}>
            <Icon name={isNote(problem) ? 'cap' : 'alert'} size={12} />
            <span className="cut">{problemText(problem)}</span>
          </span>
        ) : null}
      </div>
    </li>
  );
}

interface MediaGridProps {
  assets: Asset[];
  selected: string | undefined;
  onSelect: (assetId: string | undefined) => void;
}

/** Cards of the media; a card opens its details at the side. */
export function MediaGrid({ assets, selected, onSelect }: MediaGridProps) {
  const { t } = useText();
  if (assets.length === 0) return null;
  return (
    <ul className="grid" aria-label={t('media.grid')}>
      {assets.map((asset) => (
        <AssetCard
          key={asset.assetId}
          asset={asset}
          selected={asset.assetId === selected}
          onSelect={() => onSelect(asset.assetId === selected ? undefined : asset.assetId)}
        />
      ))}
    </ul>
  );
}
