import type { Asset } from '../../../../core/model/contract/index.ts';
import { formatBytes, formatDuration, formatFrameRate, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { IconBtn } from '../../ui/Btn.tsx';
import { toast } from '../../ui/toast.tsx';
import { useNow } from '../../ui/use-now.ts';

type Row = [label: string, value: string] | null;

/** What a probe said, as a list of facts; only those the kind has. */
export function AssetFacts({ asset }: { asset: Asset }) {
  const { t, language } = useText();
  const now = useNow();
  const rate = asset.frameRate === null ? null : formatFrameRate(asset.frameRate, language);
  const rows: Row[] = [
    asset.width !== null && asset.height !== null
      ? [t('media.detail.resolution'), t('media.size', { w: asset.width, h: asset.height })]
      : null,
    asset.durationUs === null ? null : [t('media.detail.duration'), formatDuration(asset.durationUs)],
    rate === null ? null : [t('media.detail.frameRate'), asset.variable ? t('media.detail.variable', { rate }) : rate],
    asset.videoCodec === null ? null : [t('media.detail.codec'), asset.videoCodec],
    asset.kind === 'image'
      ? null
      : [
          t('media.detail.audio'),
          asset.audioTracks === 0 ? t('media.detail.noAudio') : t('media.detail.tracks', { count: asset.audioTracks }),
        ],
    [t('media.detail.bytes'), formatBytes(asset.bytes, language)],
    asset.rotation === 0 ? null : [t('media.detail.rotation'), t('media.detail.degrees', { n: asset.rotation })],
    asset.hasAlpha ? [t('media.detail.alpha'), t('media.detail.yes')] : null,
    [
      t('media.detail.imported'),
      t('media.detail.by', { name: asset.createdBy.name, time: formatWhen(asset.createdAt, now, language) }),
    ],
  ];
  const copy = () => {
    void navigator.clipboard.writeText(asset.sha256).then(() => toast(t('common.act.copied')));
  };
  return (
    <dl className="facts">
      {rows.map((row) =>
        row ? (
          <div key={row[0]} className="fact">
            <dt>{row[0]}</dt>
            <dd>{row[1]}</dd>
          </div>
        ) : null,
      )}
      <div className="fact">
        <dt>{t('media.detail.sha')}</dt>
        <dd className="row sha">
          <span className="mono" title={asset.sha256}>
            {asset.sha256.slice(0, 12)}
          </span>
          <IconBtn icon="copy" size="sm" label={t('media.detail.copySha')} onClick={copy} />
        </dd>
      </div>
    </dl>
  );
}
