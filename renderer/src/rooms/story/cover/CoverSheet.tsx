import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { coverLayout, cropOf, viewOf, type Cover, type CoverRatio } from '../../../../../core/model/cover/index.ts';
import { api } from '../../../client/client.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { SHOWN } from './cover-order.ts';
import './cover.css';
import { loadCoverFont } from './cover-font.ts';
import { CoverShot } from './CoverShot.tsx';

/** A cover to be looked at: the first frame at once, the others under it, so that the text below stays near; its words readable too. */
export function CoverSheet({ cover }: { cover: Cover }) {
  const { t, language } = useText();
  const asset = useQuery(api.media.get.queryOptions({ input: { assetId: cover.image } }));
  useEffect(loadCoverFont, []);
  if (asset.isError) return <ErrorNote error={asset.error} />;
  const size = { width: asset.data?.width ?? 1, height: asset.data?.height ?? 1 };
  const picture = { ...size, src: mediaUrl(cover.image, 'original') };
  const frame = (ratio: CoverRatio) => {
    const crop = cropOf(ratio, viewOf(cover, ratio.id), size);
    return (
      <figure key={ratio.id} className="cover-frame" data-ratio={ratio.id}>
        <div className="cover-shot still" style={{ aspectRatio: `${String(ratio.width)} / ${String(ratio.height)}` }}>
          {asset.data ? (
            <CoverShot {...{ ratio, picture, crop }} layout={coverLayout(cover, ratio, { crop })} safe={false} />
          ) : null}
        </div>
        <figcaption>
          <b>{ratio.id.replace('x', ':')}</b>
          <span className="t3 cut grow">{language === 'en' ? ratio.name.en : ratio.name.zh}</span>
        </figcaption>
      </figure>
    );
  };
  const [first, ...others] = SHOWN;
  return (
    <section className="cover-sheet" aria-label={t('cover.sheet')}>
      {cover.text === null ? null : <p className="vh">{t('cover.says', { words: cover.text.words })}</p>}
      {first ? frame(first) : null}
      <details>
        <summary>
          <Icon name="right" size={14} />
          {t('cover.others', { count: others.length })}
        </summary>
        <div className="cover-frames">{others.map(frame)}</div>
      </details>
    </section>
  );
}
