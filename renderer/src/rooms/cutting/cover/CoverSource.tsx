import { SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CoverFrom } from '../../../../../core/model/contract/video.ts';
import { assetEntry } from '../../../../../core/model/timeline/asset.ts';
import type { FilmCover } from '../../../../../core/model/timeline/timeline.ts';
import { client } from '../../../client/client.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ChoosePicture } from '../../story/cover/ChoosePicture.tsx';
import { FilmStage, useFilm } from '../player/FilmStage.tsx';
import { Player } from '../player/player.ts';
import { rateOf, timecode } from '../time/timecode.ts';
import { useCut, useCutState } from '../use-cut.ts';
import type { FilmCoverEdit } from './use-film-cover.ts';

const KINDS = ['auto', 'frame', 'picture'] as const;
type Kind = (typeof KINDS)[number];

/** The cover with another picture, everything else as it was. */
function withPicture(cover: FilmCover, picture: { atUs: number } | { assetId: string } | null): FilmCover {
  const { atUs: _atUs, assetId: _assetId, ...rest } = cover;
  return { ...rest, ...picture };
}

/** The film, to go to a frame in: played from its previews, so that it follows the hand. */
function Scrub({ edit, atUs }: { edit: FilmCoverEdit; atUs: number }) {
  const { t } = useText();
  const cut = useCut();
  const { timeline, places } = useCutState();
  const [player] = useState(() => new Player(timeline));
  const assets = useFilm(player, timeline);
  const rate = rateOf(timeline.canvas.frameRate);
  const frameUs = (1_000_000 * rate.den) / rate.num;
  const last = Math.max(0, Math.ceil(places.durationUs / frameUs - 0.01) - 1);
  const frame = Math.min(last, Math.floor(atUs / frameUs + 0.01));
  useEffect(() => player.seek(atUs), [player, atUs]);
  const go = (to: number, wait: boolean) =>
    edit.set(withPicture(edit.cover, { atUs: Math.round(Math.min(last, Math.max(0, to)) * frameUs) }), wait);
  return (
    <>
      <div className="fcover-stage">
        <FilmStage player={player} timeline={timeline} assets={assets} silent empty={null} />
      </div>
      <div className="fcover-scrub">
        <IconBtn
          icon="fback"
          size="sm"
          label={t('frame.command.cut.frameBack')}
          disabled={!edit.canEdit}
          onClick={() => go(frame - 1, false)}
        />
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={frame}
          disabled={!edit.canEdit}
          aria-label={t('cover.film.scrub')}
          aria-valuetext={timecode(atUs, rate)}
          onChange={(e) => go(Number(e.currentTarget.value), true)}
          onPointerUp={edit.settle}
        />
        <IconBtn
          icon="ffwd"
          size="sm"
          label={t('frame.command.cut.frameForward')}
          disabled={!edit.canEdit}
          onClick={() => go(frame + 1, false)}
        />
        <span className="s12 t2 nowrap num">{timecode(atUs, rate)}</span>
      </div>
      <Btn
        size="sm"
        icon="film"
        disabled={!edit.canEdit}
        onClick={() => go(Math.floor(cut.player.getTime() / frameUs + 0.01), false)}
      >
        {t('cover.film.takePlayhead', { time: timecode(cut.player.getTime(), rate) })}
      </Btn>
    </>
  );
}

/** Puts a picture of the library into the timeline's table, if it is not there, and on the cover. */
function useTakePicture(edit: FilmCoverEdit): (assetId: string) => void {
  const { explain, language } = useText();
  const { session } = useCut();
  return (assetId) => {
    client.media
      .get({ assetId })
      .then((asset) => {
        edit.settle();
        const { timeline } = session.getState();
        const known = timeline.assets.some((each) => each.assetId === assetId);
        session.run([
          ...(known ? [] : [{ type: 'addAsset' as const, asset: assetEntry(asset, asset.name) }]),
          { type: 'setCover', cover: withPicture(timeline.cover ?? {}, { assetId }) },
        ]);
      })
      .catch((error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' }));
  };
}

/** What the cover shows: a frame that is taken by itself, one that is chosen, or a picture. */
export function CoverSource({ edit, from }: { edit: FilmCoverEdit; from: CoverFrom | undefined }) {
  const { t } = useText();
  const { storyId } = useCut();
  const { timeline } = useCutState();
  const { cover, canEdit, set } = edit;
  const [choosing, setChoosing] = useState(false);
  const take = useTakePicture(edit);
  const kind: Kind = choosing || cover.assetId !== undefined ? 'picture' : cover.atUs === undefined ? 'auto' : 'frame';
  const autoUs = from && 'atUs' in from ? from.atUs : 0;
  const atUs = cover.atUs ?? autoUs;
  const choose = (next: Kind) => {
    setChoosing(next === 'picture');
    if (next === 'auto') set(withPicture(cover, null));
    if (next === 'frame' && cover.atUs === undefined) set(withPicture(cover, { atUs }));
  };
  const inFilm = timeline.assets.filter((asset) => asset.kind === 'image').map(({ assetId }) => assetId);
  return (
    <section className="fcover-source" aria-label={t('cover.film.source')}>
      <SegmentedControl
        fullWidth
        aria-label={t('cover.film.source')}
        data={KINDS.map((value) => ({ value, label: t(`cover.film.from.${value}`) }))}
        value={kind}
        disabled={!canEdit}
        onChange={(value) => choose(KINDS.find((each) => each === value) ?? 'auto')}
      />
      {kind === 'auto' ? <p className="t2 s12">{t('cover.film.autoNote')}</p> : null}
      {kind === 'picture' ? (
        <ChoosePicture
          storyId={storyId}
          inText={inFilm}
          heading={t('cover.film.inFilm')}
          chosen={cover.assetId ?? null}
          onChoose={take}
        />
      ) : (
        <Scrub edit={edit} atUs={atUs} />
      )}
    </section>
  );
}
