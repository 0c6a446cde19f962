import type { Asset } from '../../../../../core/model/contract/index.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { formatDuration } from '../../../format/format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { isReady, KIND_ICON } from '../../media/MediaGrid.tsx';
import { rememberDragged } from './use-add-clip.ts';

/** What a drag from the bin carries; the timeline looks for it. */
export const ASSET_DRAG = 'application/x-tongxin-asset';

interface BinCellProps {
  asset: Asset;
  picked: boolean;
  used: boolean;
  canAdd: boolean;
  onPick: () => void;
  onAdd: () => void;
}

/** One video or picture: a click picks it, a double click or Enter puts it at the end, a drag anywhere. */
export function BinCell({ asset, picked, used, canAdd, onPick, onAdd }: BinCellProps) {
  const { t } = useText();
  return (
    <li
      className={picked ? 'cell on' : 'cell'}
      draggable={canAdd}
      onDragStart={(e) => {
        e.dataTransfer.setData(ASSET_DRAG, asset.assetId);
        e.dataTransfer.effectAllowed = 'copy';
        rememberDragged(asset);
      }}
    >
      <button
        type="button"
        aria-pressed={picked}
        title={asset.name}
        onClick={onPick}
        onFocus={onPick}
        onDoubleClick={canAdd ? onAdd : undefined}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || !canAdd) return;
          e.preventDefault();
          onAdd();
        }}
      >
        <span className="th">
          {asset.poster ? (
            <img src={mediaUrl(asset.assetId, 'poster')} alt="" loading="lazy" draggable={false} />
          ) : (
            <span className="th-wait">
              <Icon name={KIND_ICON[asset.kind]} size={20} />
            </span>
          )}
          {isReady(asset) ? null : <span className="th-note">{t('cutting.bin.preparing')}</span>}
          <span className="d">
            {asset.durationUs === null ? t('cutting.bin.picture') : formatDuration(asset.durationUs)}
          </span>
        </span>
        <span className="nm">
          {used ? (
            <>
              <span className="dot ok" />
              <span className="vh">{t('cutting.bin.used')}</span>
            </>
          ) : null}
          <span className="cut">{asset.name}</span>
          {asset.problems.some(({ code }) => code === 'text_tracks') ? (
            <>
              <Icon name="cap" size={12} />
              <span className="vh">{t('cutting.bin.subtitled')}</span>
            </>
          ) : null}
        </span>
      </button>
    </li>
  );
}
