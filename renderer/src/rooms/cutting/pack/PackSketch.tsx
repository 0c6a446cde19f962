import { useId } from 'react';
import { textWidth } from '../../../../../core/model/captions/text.ts';
import type { OfficePack, PackPart } from '../../../../../core/model/office-pack/index.ts';
import { FONTSIZE_OF_EM } from '../../../../../core/model/fonts/index.ts';
import { layLook } from '../../../../../core/model/timeline/ass-titles.ts';
import { roomOf } from '../../../../../core/model/timeline/ass-room.ts';
import { CAPTION_PRESETS } from '../../../../../core/model/timeline/caption-presets.ts';
import { dressed } from '../../../../../core/model/timeline/title-dress.ts';
import { titleLookOf } from '../../../../../core/model/timeline/title-looks.ts';
import { safeAreaOf } from '../../../../../core/model/timeline/safe-areas.ts';
import type { Timeline, Title } from '../../../../../core/model/timeline/timeline.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';

interface Words {
  office: string;
  story: string;
}
type Drawn = Omit<Title, 'id' | 'startUs' | 'endUs'>;

const said = (text: string, { office, story }: Words): string =>
  text.replaceAll('{office}', office).replaceAll('{story}', story);

/** From one line's top to the next, as titles are set (ass-titles). */
const LEADING = 1.28;

/** A title as the film lays it out: its plate and bar to the pixel, its lines as they break there. */
function Laid({ title, timeline }: { title: Drawn; timeline: Timeline }) {
  const plain = titleLookOf(title.look);
  if (!plain) return null;
  const room = roomOf(timeline, { ...timeline.canvas, safe: safeAreaOf(timeline.targets[0] ?? null, timeline.canvas) });
  const [laid] = layLook({ id: 'x', startUs: 0, endUs: 1, ...title }, plain, room);
  if (!laid) return null;
  const look = dressed(plain, title);
  const scale = (room.scale * (title.size ?? 100)) / 100;
  const { box } = laid;
  const texts = laid.parts.filter(({ tags }) => !tags.includes('\\p1'));
  const sizes = texts.map(({ tags }) => Number(/\\fs([\d.]+)/.exec(tags)?.[1] ?? 0) / FONTSIZE_OF_EM);
  const high = sizes.reduce((sum, em) => sum + em * LEADING, 0);
  const middleOf = (i: number): number => {
    const above = sizes.slice(0, i).reduce((sum, em) => sum + em * LEADING, 0);
    return box.y + (box.height - high) / 2 + above + ((sizes[i] ?? 0) * LEADING) / 2;
  };
  const anchor = { left: 'start', middle: 'middle', right: 'end' } as const;
  return (
    <g opacity={(title.opacity ?? 100) / 100}>
      {look.plate ? <rect {...box} fill={look.plate.colour} fillOpacity={look.plate.opacity / 100} /> : null}
      {look.bar ? (
        <rect
          x={box.x}
          y={look.bar.side === 'bottom' ? box.y + box.height - look.bar.size * scale : box.y}
          width={look.bar.side === 'left' ? look.bar.size * scale : box.width}
          height={look.bar.side === 'left' ? box.height : look.bar.size * scale}
          fill={look.bar.colour}
        />
      ) : null}
      {texts.map(({ x, text, tags }, i) => (
        <text
          key={String(i)}
          x={x}
          y={middleOf(i)}
          dominantBaseline="central"
          fontSize={sizes[i]}
          fontWeight={tags.includes('\\b1') ? 700 : 400}
          textAnchor={anchor[look.align]}
          fill={look.lines[0]?.colour}
          {...(look.outline
            ? { stroke: look.outline.colour, strokeWidth: look.outline.width * 2 * scale, paintOrder: 'stroke' }
            : {})}
        >
          {text}
        </text>
      ))}
    </g>
  );
}

function Caption({ pack, timeline, text }: { pack: OfficePack; timeline: Timeline; text: string }) {
  const { canvas } = timeline;
  const preset = CAPTION_PRESETS.find(({ id }) => id === pack.captions);
  const style = preset ? preset.style : timeline.captions.style;
  const scale = Math.min(canvas.width, canvas.height) / 1080;
  const safe = safeAreaOf(timeline.targets[0] ?? null, canvas);
  const size = style.size * scale;
  const y = {
    top: (canvas.height * safe.top) / 1000 + size,
    middle: canvas.height / 2,
    bottom: canvas.height * (1 - safe.bottom / 1000) - size * 0.7,
  }[style.position];
  const wide = size * (textWidth(text) + 0.6);
  return (
    <>
      {style.box ? (
        <rect
          x={(canvas.width - wide) / 2}
          y={y - size * 0.65}
          width={wide}
          height={size * 1.3}
          fill={style.box.colour}
          fillOpacity={style.box.opacity / 100}
        />
      ) : null}
      <text
        x={canvas.width / 2}
        y={y}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={size}
        fontWeight={style.bold ? 700 : 400}
        fill={style.colour}
        stroke={style.outlineColour}
        strokeWidth={style.outlineWidth * 2 * scale}
        paintOrder="stroke"
      >
        {text}
      </text>
    </>
  );
}

function Frame({ label, timeline, children }: { label: string; timeline: Timeline; children: React.ReactNode }) {
  const { width, height } = timeline.canvas;
  const id = useId();
  return (
    <figure className="pack-frame">
      <svg viewBox={`0 0 ${String(width)} ${String(height)}`} role="img" aria-labelledby={id}>
        {children}
      </svg>
      <figcaption id={id} className="t2 s12">
        {label}
      </figcaption>
    </figure>
  );
}

/** An opening or closing: a card with its words, or what the file is called. */
function PartFrame({ side, part, timeline, words }: PartFrameProps) {
  const { t } = useText();
  if (!part) return null;
  const texts =
    part.kind === 'card'
      ? Object.fromEntries(Object.entries(part.title.texts).map(([field, text]) => [field, said(text, words)]))
      : {};
  if (part.kind === 'card') {
    return (
      <Frame label={t(`pack.${side}`)} timeline={timeline}>
        <rect width="100%" height="100%" fill={part.colour} />
        <Laid title={{ look: part.title.look, texts }} timeline={timeline} />
      </Frame>
    );
  }
  return (
    <figure className="pack-frame">
      <span
        className="pack-clip"
        style={{ aspectRatio: `${String(timeline.canvas.width)} / ${String(timeline.canvas.height)}` }}
      >
        <Icon name="film" size={20} />
        <span className="s12">{part.file.name}</span>
      </span>
      <figcaption className="t2 s12">{t(`pack.${side}`)}</figcaption>
    </figure>
  );
}

interface PartFrameProps {
  side: 'opening' | 'closing';
  part: PackPart | null;
  timeline: Timeline;
  words: Words;
}

interface SketchProps {
  pack: OfficePack;
  timeline: Timeline;
  words: Words;
  mark: boolean;
}

/** Roughly what a film with the pack looks like: its opening, a frame with name bar, mark and caption, its closing. */
export function PackSketch({ pack, timeline, words, mark }: SketchProps) {
  const { t } = useText();
  const texts = { name: t('pack.sketch.name'), role: t('pack.sketch.role') };
  const bar: Drawn = {
    look: pack.nameBar ?? 'name-plate',
    texts,
    ...(pack.nameBar === null ? {} : { accent: pack.accent }),
  };
  // A picture of the film itself, where it has one.
  const seen = timeline.storyline.find(({ id }) => !timeline.pack?.items.includes(id));
  const text = mark && pack.mark?.kind === 'text' ? pack.mark : null;
  const picture = mark && pack.mark?.kind === 'picture' ? pack.mark : null;
  return (
    <div className="pack-sketch" role="group" aria-label={t('pack.sketch.label')}>
      <PartFrame side="opening" part={pack.opening} timeline={timeline} words={words} />
      <Frame label={t('pack.sketch.film')} timeline={timeline}>
        <rect className="pack-ground" width="100%" height="100%" />
        {seen ? (
          <image
            href={mediaUrl(seen.assetId, 'poster')}
            width="100%"
            height="100%"
            preserveAspectRatio="xMidYMid slice"
          />
        ) : null}
        <Caption pack={pack} timeline={timeline} text={t('pack.sketch.caption')} />
        <Laid title={bar} timeline={timeline} />
        {text ? (
          <Laid
            title={{
              ...{ look: 'corner', texts: { text: said(text.text, words) } },
              ...{ corner: text.corner, size: text.size, opacity: text.opacity },
            }}
            timeline={timeline}
          />
        ) : null}
        {picture ? (
          <Laid
            title={{
              ...{ look: 'corner', texts: { text: picture.file.name.slice(0, 12) } },
              ...{ corner: picture.corner, opacity: picture.opacity },
            }}
            timeline={timeline}
          />
        ) : null}
      </Frame>
      <PartFrame side="closing" part={pack.closing} timeline={timeline} words={words} />
    </div>
  );
}
