import { CAPTION_PRESETS, looksLike } from '../../../../../core/model/timeline/caption-presets.ts';
import type { CaptionStyle } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';

/** Width and height of a sample, and the pixels of the film's 1080 that one of its pixels stands for. */
const [W, H, SCALE] = [88, 40, 3];

/** The name of a look, drawn in it: its colours, rim and plate, and whether it is large or high up. */
function Sample({ style, name }: { style: CaptionStyle; name: string }) {
  const size = Math.min(style.size / SCALE, (W - 10) / Math.max(3, name.length));
  const y = style.position === 'top' ? H * 0.3 : style.position === 'middle' ? H * 0.5 : H * 0.7;
  const width = size * name.length + 8;
  return (
    <svg className="preset-sample" viewBox={`0 0 ${String(W)} ${String(H)}`} aria-hidden="true">
      {style.box ? (
        <rect
          x={(W - width) / 2}
          y={y - size * 0.75}
          width={width}
          height={size * 1.5}
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
        {name}
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
            <Sample style={{ ...style, ...preset.style }} name={preset.name.zh.slice(0, 4)} />
            <span className="s11">{name}</span>
          </button>
        );
      })}
    </div>
  );
}
