import { useState } from 'react';
import {
  COPY_SENTENCES,
  renderResult,
  type CopiedClip,
  type CopyReport,
  type Job,
  type RenderOutput,
  type RenderResult,
} from '../../../core/model/contract/index.ts';
import { parseRational } from '../../../core/model/timeline/rational.ts';
import { usePlatformName } from '../client/platforms.ts';
import { formatDuration, formatNumber } from '../format/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Btn } from '../ui/Btn.tsx';

/** What a job rendered; null for other jobs, and for one that is not done. */
export function filmsOf(job: Job): RenderResult | null {
  if (job.kind !== 'video.render' || job.state !== 'done') return null;
  return renderResult.safeParse(job.result).data ?? null;
}

/** Frames of a film as people tell lengths: `0.4 s` below a minute, `09:48` above. */
function useLengths(frameRate: string) {
  const { t, language } = useText();
  const { num, den } = parseRational(frameRate) ?? { num: 30, den: 1 };
  const us = (frames: number) => (frames * 1_000_000 * den) / num;
  const length = (frames: number): string => {
    const all = us(frames);
    if (all >= 60_000_000) return formatDuration(all);
    // Never nothing where there is a frame.
    const tenths = Math.max(frames > 0 ? 1 : 0, Math.round(all / 100_000));
    return t('frame.film.seconds', { n: formatNumber(tenths / 10, language) });
  };
  return { us, length };
}

/** "title 10 s, edges of the cuts 2 s": what frames were encoded for. */
function useCauses(length: (frames: number) => string) {
  const { t } = useText();
  return (clips: readonly CopiedClip[]): string => {
    const sums = new Map<string, number>();
    for (const { causes = [] } of clips) {
      for (const { cause, frames } of causes) {
        const name = t(`frame.film.cause.${cause}`);
        sums.set(name, (sums.get(name) ?? 0) + frames);
      }
    }
    const whole = clips.filter(({ causes }) => causes === undefined).reduce((sum, { encoded }) => sum + encoded, 0);
    if (whole > 0) sums.set(t('frame.film.cause.clips'), whole);
    const parts = [...sums].map(([name, frames]) => t('frame.film.part', { name, length: length(frames) }));
    return parts.join(t('frame.film.comma'));
  };
}

/** A clip of a film that is as its source: its place in the film, what of it is copied, what the rest was encoded for. */
function ClipLine({ clip, number, from, rate }: { clip: CopiedClip; number: number; from: number; rate: string }) {
  const { t, language } = useText();
  const { us, length } = useLengths(rate);
  const causes = useCauses(length)([clip]);
  const place = { number, from: formatDuration(us(from)), to: formatDuration(us(from + clip.copied + clip.encoded)) };
  const said =
    clip.copied === 0
      ? COPY_SENTENCES[clip.reason][language === 'en' ? 'en' : 'zh']
      : clip.encoded === 0
        ? t('frame.film.allCopied')
        : t('frame.film.partly', { copied: length(clip.copied), causes });
  return (
    <li>
      <span className="num">
        {clip.name === undefined
          ? t('frame.film.clip', place)
          : t('frame.film.clipNamed', { ...place, name: clip.name })}
      </span>
      <span>{said}</span>
    </li>
  );
}

/** Clips with their first frames in the film. */
function placed(clips: readonly CopiedClip[]): { clip: CopiedClip; from: number }[] {
  let end = 0;
  return clips.map((clip) => {
    const from = end;
    end += clip.copied + clip.encoded;
    return { clip, from };
  });
}

/** What was copied of a film that is to be as its source, in one line; clip by clip on demand. */
function Copying({ output, report }: { output: RenderOutput; report: CopyReport }) {
  const { t, language } = useText();
  const nameOf = usePlatformName();
  const [open, setOpen] = useState(false);
  const { length } = useLengths(output.frameRate);
  const causes = useCauses(length);
  const { copied, encoded } = report.frames;
  const name = nameOf(output.target);
  const lengths = { name, copied: length(copied), all: length(copied + encoded), encoded: length(encoded) };
  const line =
    report.made === 'encoded'
      ? t('frame.film.encoded', { name, why: report.message[language === 'en' ? 'en' : 'zh'] })
      : encoded === 0
        ? t('frame.film.copiedAll', lengths)
        : t('frame.film.copied', { ...lengths, causes: causes(report.clips) });
  const lines = placed(report.clips).map(({ clip, from }, i) => (
    <ClipLine key={clip.clipId} clip={clip} number={i + 1} from={from} rate={output.frameRate} />
  ));
  return (
    <>
      <span>{line}</span>
      <Btn
        kind="quiet"
        size="xs"
        className="film-more"
        aria-expanded={open}
        after={open ? 'up' : 'down'}
        onClick={() => setOpen(!open)}
      >
        {t('frame.film.byClip')}
      </Btn>
      {open ? (
        <ul className="film-clips" aria-label={t('frame.film.byClipOf', { name })}>
          {lines}
        </ul>
      ) : null}
    </>
  );
}

/** What is worth knowing of rendered films beside where they are: what was copied and why no more, and which encoder made the rest. */
export function FilmResult({ films }: { films: RenderResult }) {
  const { t } = useText();
  const { madeBy, outputs } = films;
  const copying = outputs.flatMap((output) => (output.copying ? [{ output, report: output.copying }] : []));
  const chip = madeBy && madeBy.used !== 'software' ? t(`settings.encoder.${madeBy.used}`) : null;
  const failed = madeBy && madeBy.used === 'software' ? t(`settings.encoder.${madeBy.asked}`) : null;
  return (
    <>
      {copying.map(({ output, report }) => (
        <div key={output.target} className="st film-said">
          <Copying output={output} report={report} />
        </div>
      ))}
      {chip === null ? null : <span className="st wide">{t('frame.film.madeBy', { name: chip })}</span>}
      {failed === null ? null : (
        <span className="st wide tw">{t('cutting.render.bySoftware', { name: failed, why: madeBy?.why ?? '' })}</span>
      )}
    </>
  );
}
