import { useQuery } from '@tanstack/react-query';
import { usedAssetIds } from '../../../../../core/model/timeline/asset.ts';
import type { TextTrackInfo } from '../../../../../core/model/contract/index.ts';
import { api } from '../../../client/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { languageName } from './track-names.ts';
import type { CaptionImport } from './use-caption-import.ts';

interface TrackRowProps {
  asset: { assetId: string; name: string };
  info: TextTrackInfo;
  /** Place among the subtitles of its file, from 1. */
  n: number;
  imports: CaptionImport;
}

function TrackRow({ asset, info, n, imports }: TrackRowProps) {
  const { t, language } = useText();
  const said = info.language === null ? null : languageName(info.language, language);
  const name = [said, info.title].filter(Boolean).join(' · ') || t('captions.tracks.nth', { n });
  return (
    <li className="row">
      <span className="grow wrap">
        {name}
        {info.readable ? null : <span className="t2"> {t('captions.tracks.picture')}</span>}
      </span>
      {info.readable ? (
        <Btn
          size="xs"
          disabled={imports.busy}
          aria-label={t('captions.tracks.takeOf', { name, file: asset.name })}
          onClick={() => imports.track(asset, info.track, name)}
        >
          {t('captions.tracks.take')}
        </Btn>
      ) : null}
    </li>
  );
}

/** The subtitles inside the sources of the film, to be taken over where the film shows them. */
export function TrackList({ imports, onClose }: { imports: CaptionImport; onClose: () => void }) {
  const { t } = useText();
  const { assets } = useCut();
  const { timeline } = useCutState();
  const used = usedAssetIds(timeline);
  const sources = timeline.assets.filter(({ assetId, kind }) => kind !== 'image' && used.includes(assetId));
  const tracks = useQuery(
    api.videos.textTracks.queryOptions({
      input: { assetIds: sources.map(({ assetId }) => assetId).slice(0, 200) },
      enabled: sources.length > 0,
      // Asked again each time: a source that was gone may have been given back.
      staleTime: 0,
    }),
  );
  const found = tracks.data ?? [];
  return (
    <section className="style-form tracks" aria-label={t('captions.tracks.label')}>
      <div className="row">
        <h3 className="grow">{t('captions.tracks.label')}</h3>
        <IconBtn icon="x" size="sm" label={t('captions.tracks.close')} onClick={onClose} />
      </div>
      {tracks.isPending && sources.length > 0 ? <Waiting /> : null}
      {tracks.isError ? <ErrorNote error={tracks.error} /> : null}
      {sources.length === 0 || (tracks.isSuccess && found.length === 0) ? (
        <p className="t2 s12" role="status">
          {t('captions.tracks.none')}
        </p>
      ) : null}
      {found.map(({ assetId, tracks: list }) => {
        const name =
          assets.get(assetId)?.name ?? timeline.assets.find((asset) => asset.assetId === assetId)?.name ?? '';
        return (
          <div key={assetId}>
            <b className="wrap s12">{name}</b>
            <ul className="s12">
              {list.map((info, i) => (
                <TrackRow key={info.track} asset={{ assetId, name }} info={info} n={i + 1} imports={imports} />
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
