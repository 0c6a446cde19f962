import { useEffect, useMemo, useState } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { inShape, type Shape } from '../shapes.ts';
import { useCut } from '../use-cut.ts';
import { FilmStage, useFilm } from './FilmStage.tsx';
import { Player } from './player.ts';

/** While the film plays the others are brought along this often, milliseconds: all at once would take what the one needs. */
const EVERY_MS = 150;

/** Keeps a player at the time of another. */
function useFollowing(player: Player, lead: Player): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      timer = undefined;
      player.seek(lead.getTime());
    };
    const soon = () => {
      timer ??= setTimeout(follow, lead.getState().playing ? EVERY_MS : 0);
    };
    follow();
    const stop = lead.onTime(soon);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [player, lead]);
}

/** The film in another shape: seen, not heard. A click looks at it in that one. */
function BesideStage({ shape }: { shape: Shape }) {
  const { t } = useText();
  const { player: lead, shown, setShape } = useCut();
  const timeline = useMemo(() => inShape(shown, shape), [shown, shape]);
  const [player] = useState(() => new Player(timeline));
  const assets = useFilm(player, timeline);
  useFollowing(player, lead);
  return (
    <figure className="beside" data-shape={shape}>
      <FilmStage player={player} timeline={timeline} assets={assets} silent empty={null} />
      <figcaption>
        <button type="button" className="link s12" onClick={() => setShape(shape)}>
          {t('cutting.shape.name', { shape })}
        </button>
      </figcaption>
    </figure>
  );
}

/** The film at the playhead in other shapes, beside the stage. */
export function BesideStages({ shapes }: { shapes: readonly Shape[] }) {
  return shapes.map((shape) => <BesideStage key={shape} shape={shape} />);
}
