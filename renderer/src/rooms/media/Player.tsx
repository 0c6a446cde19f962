import { useState } from 'react';
import type { Asset } from '../../../../core/model/contract/index.ts';
import { mediaUrl } from '../../client/media-url.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';
import { KIND_ICON } from './MediaGrid.tsx';

function Wait({ asset, text }: { asset: Asset; text: string }) {
  return (
    <div className="player player-wait">
      <Icon name={KIND_ICON[asset.kind]} size={28} />
      <span>{text}</span>
    </div>
  );
}

/** Lets a preview begin where its film does: what stands before that is for the cutting room. */
function skipLead({ currentTarget: media }: React.SyntheticEvent<HTMLMediaElement>, leadUs: number): void {
  const from = leadUs / 1_000_000;
  if (media.currentTime < from) media.currentTime = from;
}

/** Plays or shows one asset: videos and sounds by their preview file, pictures as they are. */
export function Player({ asset }: { asset: Asset }) {
  const { t } = useText();
  const [broken, setBroken] = useState<string | null>(null);
  const { assetId, kind, name } = asset;
  if (kind === 'image') {
    // What the page cannot show itself (HEIC, TIFF) is shown by its poster.
    const source = mediaUrl(assetId, broken === null ? 'original' : 'poster');
    if (broken !== null && broken !== mediaUrl(assetId, 'original'))
      return <Wait asset={asset} text={t('media.detail.cannotPlay')} />;
    return (
      <div className="player">
        <img key={source} src={source} alt={t('media.detail.picture', { name })} onError={() => setBroken(source)} />
      </div>
    );
  }
  if (!asset.proxy) return <Wait asset={asset} text={t('media.preparingHint')} />;
  const source = mediaUrl(assetId, 'proxy');
  if (broken !== null) return <Wait asset={asset} text={t('media.detail.cannotPlay')} />;
  const label = t('media.detail.player', { name });
  return (
    <div className="player">
      {kind === 'video' ? (
        <video
          key={source}
          src={source}
          controls
          preload="metadata"
          aria-label={label}
          onPlay={(event) => skipLead(event, asset.proxyLeadUs)}
          onSeeking={(event) => skipLead(event, asset.proxyLeadUs)}
          {...(asset.poster ? { poster: mediaUrl(assetId, 'poster') } : {})}
          onError={() => setBroken(source)}
        />
      ) : (
        <>
          {asset.poster ? <img className="wave" src={mediaUrl(assetId, 'poster')} alt="" /> : null}
          <audio
            key={source}
            src={source}
            controls
            preload="metadata"
            aria-label={label}
            onError={() => setBroken(source)}
          />
        </>
      )}
    </div>
  );
}
