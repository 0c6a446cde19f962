import { CAPTION_PRESETS, looksLike } from '../../../../../core/model/timeline/caption-presets.ts';
import { textWidth } from '../../../../../core/model/captions/text.ts';
import type { CaptionStyle } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';

/** Width and height of a sample, and the pixels of the film's 1080 that one of its pixels stands for. */
const [W, H, SCALE] = [88, 48, 3];
/** Distance of the words from the upper and lower edge, in parts of the height. */
const EDGE = 0.32;

/** A word in a look: its colours, rim and plate, how large it is and where it stands. */
function Sample({ style, word }: { style: CaptionStyle; word: string }) {
  const size = style.size / SCALE;
  const y = H * { top: EDGE, middle: 0.5, bottom: 1 - EDGE }[style.position];
  const width = size * (textWidth(word) + 0.4);
  return (
    <svg className="preset-sample" viewBox={`0 0 ${String(W)} ${String(H)}`} aria-hidden="true">
      {style.box ? (
        <rect
          x={(W - width) / 2}
          y={y - size * 0.65}
          width={width}
          height={size * 1.3}
          fill={style.box.colour}
          fillOpacity={style.box.opacity / 100}
        />
      ) : null}
      <text
        x={W / 2}
        y={y}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={size}
        fontWeight={style.bold ? 700 : 400}
        fill={style.colour}
        stroke={style.outlineColour}
        strokeWidth={(style.outlineWidth * 2) / SCALE}
        paintOrder="stroke"
      >
        {word}
      </text>
    </svg>
  );
}

/** Ready-made looks, chosen with one click. */
export function CaptionPresets({
  style,
  disabled,
  onChoose,
}: {
  style: CaptionStyle;
  disabled: boolean;
  onChoose: (style: Partial<CaptionStyle>) => void;
}) {
  const { t, language } = useText();
  return (
    <div className="presets" role="group" aria-label={t('captions.preset.label')}>
      {CAPTION_PRESETS.map((preset) => {
        const name = language === 'en' ? preset.name.en : preset.name.zh;
        return (
          <button
            key={preset.id}
            type="button"
            className="preset"
            aria-pressed={looksLike(style, preset)}
            disabled={disabled}
            onClick={() => onChoose(preset.style)}
          >
            <Sample style={{ ...style, ...preset.style }} word={t('captions.preset.word')} />
            <span className="s12">{name}</span>
          </button>
        );
      })}
    </div>
  );
}
