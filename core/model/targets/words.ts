/** Sentences of the warnings, for the command line; the catalogues of the page have their own. */
import type { Language } from '../errors.ts';
import type { TargetWarning } from './types.ts';

const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  title_missing: ['没有标题', 'There is no title'],
  title_long: ['标题 {length} 字，超过 {limit} 字', 'The title counts {length}, over {limit}'],
  title_short: ['标题 {length} 字，不足 {limit} 字', 'The title counts {length}, under {limit}'],
  text_long: ['正文 {length} 字，超过 {limit} 字', 'The text counts {length}, over {limit}'],
  content_long: [
    '内容 {length} 个字符（含标记），超过 {limit}',
    'The content has {length} characters with its markup, over {limit}',
  ],
  content_heavy: ['内容 {length} 字节，超过 {limit}', 'The content has {length} bytes, over {limit}'],
  text_shortened: [
    '正文 {length} 字，超过 {limit} 字，已在句末截短到 {kept} 字',
    'The text counts {length}, over {limit}: cut at the end of a sentence to {kept}',
  ],
  topics_missing: ['没有话题，发布时请加上', 'There are no topics; add them when you publish'],
  pictures_few: ['有 {count} 张图片，至少要 {least} 张', '{count} pictures; at least {least} are needed'],
  pictures_many: [
    '有 {count} 张图片，最多放 {most} 张，其余没有输出',
    '{count} pictures; at most {most} are taken, the rest were left out',
  ],
  picture_unreadable: ['有一张图片读不出来，没有输出（{id}）', 'A picture could not be read and was left out ({id})'],
  pictures_in_frame: [
    '{count} 张图片裁掉会少三成以上，改为完整放在素色底上',
    '{count} pictures would lose over three tenths in the frame and stand whole on a plain ground',
  ],
  cover_toutiao: [
    '封面另选：16:9，不小于 660×370，1 张或 3 张不同的图，不能有二维码、电话',
    'Choose a cover: 16:9, at least 660×370, one picture or three different ones, no codes or phone numbers',
  ],
  cover_baijiahao: [
    '封面另选：16:9 或 1:1，不能有二维码和联系方式',
    'Choose a cover: 16:9 or 1:1, no codes or contact details',
  ],
  cover_weibo: ['发布前要选一张封面', 'A cover has to be chosen before publishing'],
  theme_gone: [
    '稿件的主题（{theme}）不在这个工作区里，先用了默认主题',
    'The theme of the story ({theme}) is not in this workspace; the default one was used',
  ],
  cover_text_long: [
    '封面上的字太多，在列表里看不清（{ratios}）',
    'Too many words on the cover to be read in a list ({ratios})',
  ],
  cover_glyphs: [
    '字体里没有这些字，封面上是空框：{characters}（{ratios}）',
    'The font lacks these characters of the cover: {characters} ({ratios})',
  ],
  cover_picture_small: [
    '封面截取的部分只有 {width} 像素宽，要 {wanted}，会发虚（{ratios}）',
    'The part of the picture on the cover is {width} pixels wide, {wanted} are wanted: it will look soft ({ratios})',
  ],
  missing_glyphs: ['字体里没有这些字，印出来是空框：{chars}', 'The font lacks these characters: {chars}'],
  form_author_missing: ['投稿表里没有作者，请补上', 'The contribution form has no author'],
};

/** What a report of losses calls a part of an article, for people. */
const PARTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'blocks in a cell': ['单元格里的段落和列表', 'paragraphs and lists in a cell'],
  bold: ['加粗', 'bold'],
  code: ['二维码', 'a code to scan'],
  colspan: ['横向合并的单元格', 'cells joined across'],
  highlight: ['底色', 'highlighting'],
  image: ['图片', 'a picture'],
  italic: ['斜体', 'italics'],
  leadGuide: ['引导关注', 'the line that asks to follow'],
  link: ['链接', 'a link'],
  qrBlock: ['二维码', 'a code to scan'],
  rowspan: ['纵向合并的单元格', 'cells joined downwards'],
  strike: ['删除线', 'strike-through'],
  subscript: ['下标', 'subscript'],
  superscript: ['上标', 'superscript'],
  table: ['表格', 'a table'],
  text: ['文字', 'text'],
  textAlign: ['对齐', 'alignment'],
  textColor: ['文字颜色', 'the colour of words'],
  underline: ['下划线', 'underlining'],
  videoCard: ['视频', 'a film'],
  width: ['图片宽度', 'the width of a picture'],
};

/** What was lost, in words; the name in the article's model where there is none. */
export function partWords(what: string, language: Language): string {
  const known = PARTS[what];
  if (!known) return what;
  return language === 'en' ? known[1] : known[0];
}

/** The sentence of a warning; its code and numbers where there is none. */
export function warningWords({ code, params }: TargetWarning, language: Language): string {
  const known = WORDS[code];
  if (!known) return Object.keys(params).length > 0 ? `${code} ${JSON.stringify(params)}` : code;
  const sentence = language === 'en' ? known[1] : known[0];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

/** Whether a warning has a sentence of its own; for the test over the rule files. */
export function hasWords(code: string): boolean {
  return Object.hasOwn(WORDS, code);
}
