/** What reading or writing a caption file changed or left out, told in plain Chinese, one line a kind. */
import { Repairs } from '../text/index.ts';
import type { RepairMessages } from '../text/index.ts';

const FILE = {
  byte_order_mark: () => '去掉了文件开头的 BOM 标记',
  encoding_converted: (_n: number, names: string) => `原文件是 ${names} 编码，已转成 UTF-8`,
  encoding_guessed: (_n: number, names: string) => `文字编码按 ${names} 读入，请核对有没有乱码`,
  characters_unreadable: (n: number) => `${n} 个字符无法识别，显示为 �，请对照原文补上`,
  control_characters_dropped: (n: number) => `去掉了 ${n} 个看不见的控制字符`,
  line_ends: (n: number) => `${n} 处换行符统一成了 LF`,
  format_differs: (_n: number, names: string) => `后缀和内容不符，按 ${names} 读入`,
  missing_header: () => '缺少文件头（WEBVTT），已补上',
  header_dropped: (n: number) => `文件头里的 ${n} 行说明没有带入`,
  notes_dropped: (n: number) => `${n} 段注释或样式没有带入`,
  text_before_first_cue: (n: number) => `第一条字幕之前的 ${n} 行文字没有带入`,
  broken_lines_dropped: (n: number) => `${n} 行残缺，没有带入`,
} as const;

const CUES = {
  missing_index: (n: number) => `${n} 条字幕没有序号，已补上`,
  index_order: (n: number) => `${n} 处序号不连续，已重新编号`,
  blank_after_index: (n: number) => `${n} 处序号和时间之间多了空行`,
  index_without_times: (n: number) => `${n} 个序号后面没有时间，已去掉`,
  missing_blank_line: (n: number) => `${n} 条字幕之间缺少空行，已分开`,
  blank_line_in_text: (n: number) => `${n} 条字幕的文字中间有空行，已合在一起`,
  empty_cue_dropped: (n: number) => `${n} 条空字幕已去掉`,
  sorted: (n: number) => `${n} 条字幕不在时间顺序上，已重新排序`,
  end_repaired: (n: number) => `${n} 条字幕的结束不晚于开始：保留开始时间，结束时间按字数估计`,
  end_estimated: (n: number) => `${n} 条字幕没有结束时间，已按字数估计`,
  end_from_next: (n: number) => `${n} 条字幕没有结束时间，取下一条的开始`,
  negative_time: (n: number) => `${n} 条字幕的时间早于 0，已从 0 开始`,
  before_start_dropped: (n: number) => `${n} 条字幕整条早于 0，没有带入`,
  unreadable_time: (n: number) => `${n} 条字幕的时间无法识别，没有带入，请对照原文补上`,
  times_estimated: (n: number) => `文件里没有时间：${n} 行按每秒四个字、至少一秒依次排开，请对照画面调整`,
  offset_applied: (_n: number, names: string) => `已按文件里的 offset 整体移动 ${names} 毫秒`,
} as const;

const TIMES = {
  time_separator: (n: number) => `${n} 条字幕的秒和毫秒之间用错了符号，已改正`,
  full_width_time: (n: number) => `${n} 条字幕的时间用了全角字符，已改成半角`,
  spaces_in_time: (n: number) => `${n} 条字幕的时间里有多余的空格`,
  arrow: (n: number) => `${n} 条字幕的箭头写法不对，已改成 -->`,
  index_on_time_line: (n: number) => `${n} 条字幕的序号和时间写在同一行，已分开`,
  short_digits: (n: number) => `${n} 条字幕的时分秒位数不足，已补零`,
  hours_missing: (n: number) => `${n} 条字幕的时间没有小时，已补上`,
  milliseconds: (n: number) => `${n} 条字幕的毫秒不是三位，按小数读入（,5 就是 0.5 秒）`,
  frames_in_time: (n: number) => `${n} 条字幕的时间以帧结尾，按每秒 25 帧换算，请核对`,
  time_out_of_range: (n: number) => `${n} 条字幕的分或秒超过 59，已进位`,
  coordinates_dropped: (n: number) => `${n} 条字幕的坐标（X1:Y1）没有带入`,
  cue_settings_dropped: (n: number) => `${n} 条字幕的部分位置设置没有带入`,
} as const;

const TEXT = {
  tags_dropped: (n: number) => `${n} 条字幕里的格式标记（颜色、字体等）没有带入，文字保留`,
  inline_style_dropped: (n: number) => `${n} 条字幕里只用于部分文字的粗体、斜体没有带入`,
  word_times_dropped: (n: number) => `${n} 条字幕的逐字时间没有带入`,
  several_voices: (n: number) => `${n} 条字幕里有几个人说话，名字写进了文字`,
  entities_decoded: (n: number) => `${n} 条字幕里的 &amp; 一类写法已还原成字符`,
  line_breaks: (n: number) => `${n} 条字幕里的 \\N 或 <br> 已改成换行`,
  names_shortened: (n: number) => `${n} 处编号或说话人太长，已截短`,
  drawing_dropped: (n: number) => `${n} 条字幕里的图形没有带入`,
  overrides_dropped: (n: number) => `${n} 条字幕里的特效（位置、颜色、动画等）没有带入`,
  look_dropped: (n: number) => `${n} 个字幕样式的字体、颜色和大小没有带入，位置和粗斜体保留`,
  missing_format_line: () => '缺少 Format 行，按通常的列顺序读入',
  cue_without_times: (n: number) => `${n} 段文字没有时间，没有带入`,
  unknown_entity: (n: number) => `${n} 处实体无法识别，按原文保留`,
} as const;

const WRITING = {
  ids_not_written: (n: number, names: string) => `${n} 条字幕的编号在 ${names} 里没有地方写`,
  speakers_not_written: (n: number, names: string) => `${n} 条字幕的说话人在 ${names} 里没有地方写`,
  styles_not_written: (n: number, names: string) => `${n} 条字幕的位置或粗斜体在 ${names} 里没有地方写`,
  times_not_written: (n: number) => `TXT 只有文字：${n} 条字幕的时间没有写入`,
  lines_joined: (n: number) => `${n} 条多行字幕合成了一行`,
  overlaps_cut: (n: number) => `${n} 条字幕和下一条重叠：LRC 里到下一条开始为止`,
  brackets_replaced: (n: number) => `${n} 条字幕里像逐字时间的尖括号改成了全角`,
  names_changed: (n: number) => `${n} 个说话人名字里的逗号改成了全角`,
} as const;

const MESSAGES = { ...FILE, ...CUES, ...TIMES, ...TEXT, ...WRITING } as const satisfies RepairMessages;

export type RepairCode = keyof typeof MESSAGES;

/** Collects repairs by kind, in order of first appearance. */
export class RepairList extends Repairs<typeof MESSAGES> {
  constructor() {
    super(MESSAGES);
  }
}
