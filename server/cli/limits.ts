/** Limits of platforms in sentences for people. */
import type { LimitWarning, RenderResult } from '../../core/model/contract/index.ts';
import type { Context } from './context.ts';

const KINDS: Readonly<Record<string, { zh: string; en: string }>> = {
  bytes: { zh: '文件大小（字节）', en: 'size (bytes)' },
  durationUs: { zh: '时长（微秒）', en: 'length (microseconds)' },
  container: { zh: '封装格式', en: 'container' },
  codec: { zh: '视频编码', en: 'codec' },
  pixelFormat: { zh: '像素格式', en: 'pixel format' },
  shortSide: { zh: '短边像素', en: 'shorter side (pixels)' },
  longSide: { zh: '长边像素', en: 'longer side (pixels)' },
  canvas: { zh: '画面尺寸', en: 'canvas' },
  frameRate: { zh: '帧率', en: 'frames a second' },
  videoKbit: { zh: '视频码率（kbit/s）', en: 'video rate (kbit/s)' },
  peakKbit: { zh: '最高码率（kbit/s）', en: 'peak rate (kbit/s)' },
  keyFrameUs: { zh: '关键帧间隔（微秒）', en: 'key frame distance (microseconds)' },
  audioKbit: { zh: '音频码率（kbit/s）', en: 'audio rate (kbit/s)' },
  audioChannels: { zh: '声道数', en: 'audio channels' },
  audioRate: { zh: '采样率（Hz）', en: 'sample rate (Hz)' },
  lufs: { zh: '响度（LUFS）', en: 'loudness (LUFS)' },
  truePeakDb: { zh: '真峰值（dBTP）', en: 'true peak (dBTP)' },
  faststart: { zh: '边下边播', en: 'index before the pictures' },
  aigc: { zh: '人工智能生成标识', en: 'AI label in the file' },
  logo: { zh: '疑似台标或水印（会被限流）', en: 'what looks like a logo (costs reach)' },
  coverBytes: { zh: '封面文件大小（字节）', en: 'size of the cover (bytes)' },
  coverWidth: { zh: '封面宽度（像素）', en: 'width of the cover (pixels)' },
  coverHeight: { zh: '封面高度（像素）', en: 'height of the cover (pixels)' },
  coverTitle: { zh: '封面标题太长', en: 'the title on the cover is long' },
  title: { zh: '标题字数', en: 'characters of the title' },
  shortTitle: { zh: '短标题字数', en: 'characters of the short title' },
  shortTitleCharacters: { zh: '短标题不支持的字符', en: 'characters the short title does not take' },
  text: { zh: '正文字数', en: 'characters of the text' },
  topics: { zh: '话题数', en: 'topics' },
  topicsTogether: { zh: '话题总字数', en: 'characters of all topics' },
};

function limitText({ min, max, anyOf }: LimitWarning['limit']): string {
  if (anyOf !== undefined) return anyOf.join(' / ');
  if (min !== undefined && max !== undefined) return `${min}–${max}`;
  return min === undefined ? `≤ ${max ?? ''}` : `≥ ${min}`;
}

/** One line a limit: what, how much, the limit, where it is from. */
export function limitLines(context: Context, warnings: readonly LimitWarning[]): string[] {
  return warnings.map(({ target, what, value, limit, source }) => {
    const kind = KINDS[what] ?? { zh: what, en: what };
    const numbers = `${String(value)}（${limitText(limit)}）`;
    const plain = `${String(value)} (${limitText(limit)})`;
    return context.say({
      zh: `  注意 ${target}：${kind.zh} ${numbers}，依据：${source}`,
      en: `  Note ${target}: ${kind.en} ${plain}, by ${source}`,
    });
  });
}

/** How many covers were made, and which picture is on them where nobody chose one. */
export function coverLines(context: Context, { outputs, cover }: RenderResult): string[] {
  const count = outputs.reduce((sum, { covers = [] }) => sum + covers.length, 0);
  if (cover === undefined || count === 0) return [];
  const seconds = 'atUs' in cover ? (cover.atUs / 1_000_000).toFixed(1) : '';
  const auto = cover.chosen
    ? { zh: '', en: '' }
    : {
        zh: `，没有选定，自动取了第 ${seconds} 秒的画面`,
        en: `; none was chosen, the frame at ${seconds} s was taken`,
      };
  return [context.say({ zh: `封面：${count} 张${auto.zh}`, en: `covers: ${count}${auto.en}` })];
}

/** What was copied of films that are to be as their source, and why no more. */
export function copyLines(context: Context, { outputs }: RenderResult): string[] {
  return outputs.flatMap(({ target, copying }) => {
    if (!copying) return [];
    const { copied, encoded } = copying.frames;
    const zh = copying.made === 'copied' ? `（原样 ${copied} 帧，重新编码 ${encoded} 帧）` : '';
    const en = copying.made === 'copied' ? ` (${copied} frames copied, ${encoded} encoded)` : '';
    return [
      context.say({ zh: `  ${target}：${copying.message.zh}${zh}`, en: `  ${target}: ${copying.message.en}${en}` }),
    ];
  });
}
