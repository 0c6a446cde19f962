/** What a film takes over from its sources as they are coded, and why it does not (docs/PLATFORMS.md, smart cut). */
import { z } from 'zod';

const count = z.number().int().nonnegative();

/**
 * Why a film, or a clip of it, is copied or encoded: stable codes with their sentences. The first one is the only one of a
 * film with copied pictures.
 */
export const COPY_SENTENCES = {
  copied: {
    zh: '没有改动的画面原样复制，只重新编码切口两边的几帧。',
    en: 'Pictures that nothing was done to are copied as they are; only frames at the edges are encoded.',
  },
  touched: {
    zh: '没有足够长的未改动画面：字幕、标题、叠加、打码、调色、裁切、变速、倒放、转场都算改动。',
    en: 'No stretch of the picture is untouched for long enough: captions, titles, overlays, masks, colours, crops, speed, reverse and transitions all change it.',
  },
  draft: {
    zh: '草稿的每一帧都有“未经审核”字样，全部重新编码。',
    en: 'Every frame of a draft is marked; all is encoded.',
  },
  ai_made: {
    zh: '片中有人工智能生成的内容，要带标识，全部重新编码。',
    en: 'Something in it is made by an AI and is labelled; all is encoded.',
  },
  container: {
    zh: '只有 MP4、MOV、MKV 文件的画面能原样复制；传输流（TS）等没有画面索引。',
    en: 'Only pictures of MP4, MOV and MKV files can be copied as they are; transport streams and others have no index of pictures.',
  },
  codec: { zh: '只有 H.264 和 HEVC 的画面能原样复制。', en: 'Only H.264 and HEVC can be copied as they are.' },
  profile: {
    zh: '素材用的编码档次不是通用的，播放器不一定都能放。',
    en: 'The source is coded in a profile that not every player takes.',
  },
  pixels: {
    zh: '素材不是 8 位 4:2:0 画面。',
    en: 'The pictures of the source are not 8 bit 4:2:0.',
  },
  colours: {
    zh: '素材的色彩不是 BT.709（或是 HDR、全范围）。',
    en: 'The colours of the source are not BT.709 (or HDR, or full range).',
  },
  interlaced: { zh: '素材是隔行扫描的。', en: 'The source is interlaced.' },
  frame_rate: {
    zh: '素材的帧率不通行，或与成片中原样复制的素材不同。',
    en: 'The frame rate of the source is an unusual one, or not that of what is copied in this film.',
  },
  uneven_times: { zh: '素材的帧间隔不均匀或有缺帧。', en: 'The frames of the source are uneven, or some are missing.' },
  edit_list: {
    zh: '素材里有被剪辑列表隐藏的画面。',
    en: 'An edit list hides pictures in the middle of the source.',
  },
  shape: {
    zh: '素材的画面尺寸、方向或像素比例与成片不同。',
    en: 'Size, rotation or pixel aspect of the source are not those of the film.',
  },
  parameter_sets: {
    zh: '素材的编码参数中途改变，或读不出来。',
    en: 'The coding parameters of the source change on the way, or cannot be read.',
  },
  other_settings: {
    zh: '这段素材的编码参数与片中原样复制的素材不同。',
    en: 'It is coded with other settings than what is copied in this film.',
  },
  entry_points: {
    zh: '这一段里没有可以独立开始解码的关键帧（IDR）。',
    en: 'There is no key frame in it that decoding can begin at (IDR).',
  },
  long_groups: {
    zh: '关键帧间隔太长，要重新编码的比省下的还多，整片编码更快。',
    en: 'Key frames are so far apart that encoding all of it costs less.',
  },
  encoder: {
    zh: '这个 ffmpeg 没有 libx265，HEVC 切口处的几帧没法编码。',
    en: 'This ffmpeg has no libx265 to encode the frames at the edges of HEVC.',
  },
  check_failed: {
    zh: '复制的成片没有通过检查，已改为整片重新编码。',
    en: 'The copied film did not pass its check; all of it was encoded instead.',
  },
} as const satisfies Record<string, { zh: string; en: string }>;

export type CopyReason = keyof typeof COPY_SENTENCES;
export const COPY_REASONS = Object.keys(COPY_SENTENCES) as [CopyReason, ...CopyReason[]];
const reason = z.enum(COPY_REASONS);

/**
 * What frames of a copied clip were encoded for: what lies over them, a transition or the film's ending, or that they are between a cut and the
 * next place where copying can begin or end.
 */
export const COPY_CAUSES = ['captions', 'titles', 'overlays', 'transitions', 'edges'] as const;
export type CopyCause = (typeof COPY_CAUSES)[number];

/** What was decided for a film that is to be as its source. */
export const copyReport = z.object({
  made: z.enum(['copied', 'encoded']),
  reason,
  message: z.object({ zh: z.string(), en: z.string() }),
  frames: z.object({ copied: count, encoded: count }),
  /** In the order of the film: how many frames of each clip are copied; `reason`: of the whole clip. */
  clips: z.array(
    z.object({
      ...{ clipId: z.string(), reason, copied: count, encoded: count },
      /** Of its source's file, as people know it; left out in reports made before it was told. */
      name: z.string().exactOptional(),
      /** Of a clip that is copied in part: its encoded frames by what they were encoded for, each counted once. */
      causes: z.array(z.object({ cause: z.enum(COPY_CAUSES), frames: count.positive() })).exactOptional(),
    }),
  ),
});
export type CopyReport = z.infer<typeof copyReport>;
export type CopiedClip = CopyReport['clips'][number];

/** A report with its sentence. */
export function copyReportOf(reason: CopyReason, clips: readonly CopiedClip[]): CopyReport {
  const sum = (of: 'copied' | 'encoded'): number => clips.reduce((all, clip) => all + clip[of], 0);
  return {
    ...{ made: reason === 'copied' ? 'copied' : 'encoded', reason, message: { ...COPY_SENTENCES[reason] } },
    frames: { copied: sum('copied'), encoded: sum('encoded') },
    clips: [...clips],
  };
}

/** The report of a film that is encoded whole after all. */
export const encodedAfterAll = (report: CopyReport, reason: CopyReason): CopyReport =>
  copyReportOf(
    reason,
    report.clips.map(({ clipId, name, copied, encoded }) => ({
      ...{ clipId, reason, copied: 0, encoded: copied + encoded },
      ...(name === undefined ? {} : { name }),
    })),
  );
