import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CoverFrom } from '../../../../core/model/contract/video.ts';
import { coverPictures, coverShapes, eachShapeOnce, type CoverShape } from '../../../../core/model/platforms/covers.ts';
import type { CoverOf } from '../../../../core/model/timeline/covers.ts';
import type { Timeline } from '../../../../core/model/timeline/timeline.ts';
import { api } from '../../client/client.ts';
import { usePlatformName, usePlatforms } from '../../client/platforms.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { CoverPictureOf } from '../cutting/cover/CoverPictureOf.tsx';
import { seconds } from '../cutting/time/timecode.ts';
import '../cutting/cover/film-cover.css';

/** Longest side, pixels: looked at large too. */
const LONG_SIDE = 960;

interface CoversProps {
  projectId: string;
  /** Of the version that is looked at. */
  contentHash: string;
  timeline: Timeline;
}

/** A frozen film has one cover of each shape, and one for each platform framed by itself: asked once, kept for the day. */
function useFrozenCover({ projectId, contentHash }: CoversProps, { shape, target }: CoverOf) {
  return useQuery(
    api.videos.cover.queryOptions({
      input: { projectId, shape, ...(target === undefined ? {} : { target }), contentHash, longSide: LONG_SIDE },
      staleTime: Infinity,
      retry: false,
    }),
  );
}

const coverOf = ({ shape, alone }: CoverShape): CoverOf => (alone === undefined ? { shape } : { shape, target: alone });

function useUses(): (shape: CoverShape) => string {
  const { language } = useText();
  const nameOf = usePlatformName();
  return ({ targets }) => targets.map(nameOf).join(language === 'en' ? ', ' : '、');
}

function Shot({ of, shape, onLook }: { of: CoversProps; shape: CoverShape; onLook: () => void }) {
  const { t, language, explain } = useText();
  const uses = useUses()(shape);
  const { data, error, isFetching } = useFrozenCover(of, coverOf(shape));
  return (
    <figure>
      <button
        type="button"
        className="fcover-shot"
        aria-label={t('cover.film.shot', { shape: shape.shape, uses })}
        aria-busy={isFetching}
        title={t('cover.film.look')}
        style={{ aspectRatio: `${String(shape.width)} / ${String(shape.height)}` }}
        onClick={onLook}
      >
        <CoverPictureOf made={data} safe={null} />
      </button>
      <figcaption className="t2">{shape.alone === undefined ? shape.shape : `${shape.shape} ${uses}`}</figcaption>
      {error ? <p className="cover-problem">{inOneLine(explain(error), language)}</p> : null}
    </figure>
  );
}

function Large({ of, shape, onClose }: { of: CoversProps; shape: CoverShape; onClose: () => void }) {
  const { t } = useText();
  const uses = useUses()(shape);
  const { data } = useFrozenCover(of, coverOf(shape));
  const name = t('cover.film.shot', { shape: shape.shape, uses });
  return (
    <Modal opened onClose={onClose} title={name} size="auto" closeButtonProps={{ 'aria-label': t('common.act.close') }}>
      <div
        className="fcover-large"
        role="img"
        aria-label={name}
        style={{ aspectRatio: `${String(shape.width)} / ${String(shape.height)}` }}
      >
        <CoverPictureOf made={data} safe={null} />
      </div>
    </Modal>
  );
}

/** The covers that go out with the film, as they will: what is approved is what is seen. */
export function FilmCovers(props: CoversProps) {
  const { t } = useText();
  const platforms = usePlatforms();
  const { cover } = props.timeline;
  const shapes = useMemo(() => coverPictures(eachShapeOnce(coverShapes(platforms)), cover), [platforms, cover]);
  const [first] = shapes;
  const from = useFrozenCover(props, first ? coverOf(first) : { shape: '' }).data?.from;
  const [large, setLarge] = useState<CoverShape | null>(null);
  if (props.timeline.storyline.length === 0) return null;
  const says = (shown: CoverFrom): string => {
    if ('assetId' in shown) return t('cover.film.picture');
    const time = seconds(shown.atUs);
    return shown.chosen ? t('cover.film.chosen', { time }) : t('cover.film.auto', { time });
  };
  return (
    <section className="fcover-review" aria-label={t('cover.film.label')}>
      <p className="t2 s12">{from ? says(from) : t('cover.film.label')}</p>
      <div className="fcover-row">
        {shapes.map((shape) => (
          <Shot key={`${shape.shape} ${shape.alone ?? ''}`} of={props} shape={shape} onLook={() => setLarge(shape)} />
        ))}
      </div>
      {large ? <Large of={props} shape={large} onClose={() => setLarge(null)} /> : null}
    </section>
  );
}
