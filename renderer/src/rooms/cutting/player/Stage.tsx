import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { StageBox } from '../picture/StageBox.tsx';
import { useCut } from '../use-cut.ts';
import { FilmStage } from './FilmStage.tsx';

/** The stage of the cutting room. */
export function Stage({ safeArea }: { safeArea: boolean }) {
  const { t } = useText();
  const { player, assets, shown } = useCut();
  const empty = (
    <div className="stage-note" role="status">
      <Icon name="film" size={28} />
      <b>{t('cutting.empty.title')}</b>
      <span>{t('cutting.empty.text')}</span>
    </div>
  );
  return (
    <FilmStage player={player} timeline={shown} assets={assets} safeArea={safeArea} empty={empty}>
      <StageBox />
    </FilmStage>
  );
}
