/** What an import changed or left out, told in plain Chinese, one line a kind. */
import { Repairs } from '../../text/index.ts';
import type { RepairMessages } from '../../text/index.ts';

const MESSAGES = {
  heading_level_lowered: (n: number) => `${n} 个四级以下的小标题改成了三级`,
  nesting_flattened: (n: number) => `${n} 处嵌套太深，已展开`,
  nested_table_flattened: (n: number) => `${n} 个表格里的表格已展开成文字`,
  indent_dropped: (n: number) => `去掉了 ${n} 个段首的空格（缩进由样式决定）`,
  control_characters_dropped: (n: number) => `去掉了 ${n} 个看不见的控制字符`,
  characters_unreadable: (n: number) => `${n} 个字符无法识别，显示为 �，请对照原文补上`,
  encoding_guessed: (_n: number, names: string) => `文字编码按 ${names} 读入，请核对有没有乱码`,
  remote_image_left_out: (n: number) => `${n} 张网络图片没有导入（导入时不联网），请另存后插入`,
  local_image_left_out: (n: number, names: string) => `${n} 张图片不在文件里，没有导入：${names}`,
  picture_format_left_out: (n: number, names: string) => `${n} 张图片的格式不支持，没有导入：${names}`,
  picture_unreadable: (n: number) => `${n} 张图片已损坏，没有导入`,
  picture_too_large: (n: number) => `${n} 张图片超过 20 MB，没有导入`,
  picture_dropped: (n: number) => `${n} 张图片没有存下来，已从正文中去掉`,
  link_left_out: (n: number) => `${n} 个链接的地址不能发布，只保留了文字`,
  script_left_out: (n: number) => `${n} 段脚本已去掉`,
  form_left_out: (n: number) => `${n} 个表单控件已去掉`,
  media_left_out: (n: number) => `${n} 个嵌入的视频、音频或网页没有导入`,
  drawing_left_out: (n: number) => `${n} 个矢量图或图表没有导入`,
  formula_left_out: (n: number) => `${n} 个公式没有导入`,
  hidden_left_out: (n: number) => `${n} 处网页上不显示的内容没有导入`,
  hidden_text_kept: (n: number) => `${n} 处隐藏文字已带入正文，请检查`,
  footnotes_plain: (n: number) => `${n} 条脚注或尾注只保留了文字`,
  contribution_form_left_out: (_n: number) => `投稿表没有导入，正文从下一页起`,
  footnotes_moved: (n: number) => `${n} 条脚注或尾注移到了文末`,
  comments_left_out: (n: number, names: string) => `${n} 条批注没有导入${names === '' ? '' : `：${names}`}`,
  revisions_accepted: (n: number) => `${n} 处修订按“接受”处理`,
  toc_left_out: (n: number) => `目录（${n} 行）没有导入`,
  numbers_as_text: (n: number) => `${n} 处自动编号转成了文字`,
  code_as_text: (n: number) => `${n} 段代码转成了普通段落`,
  front_matter_left_out: (_n: number) => `文件开头的属性栏没有导入`,
  title_shortened: (_n: number) => `没有标题，取了第一段的开头，请改成合适的标题`,
} as const satisfies RepairMessages;

export type RepairCode = keyof typeof MESSAGES;

/** Collects repairs by kind, in order of first appearance. */
export class RepairList extends Repairs<typeof MESSAGES> {
  constructor() {
    super(MESSAGES);
  }
}
