/**
 * What a package's target asks for. A profile is a part of what is approved: when a platform's rules change here,
 * pieces approved under the old ones differ.
 */
import type { FilmTarget, PackageTarget } from '../contract/packages.ts';
import { platformOf } from '../platforms/index.ts';
import { rulesOf, type RuledTarget } from '../targets/index.ts';
import { DEFAULT_FRAME_RATE, TARGET_CANVAS } from '../timeline/targets.ts';
import { WECHAT_LIMITS } from '../wechat/limits.ts';

const FORMAT = 'tongxin-profile/1';

/** A column is at most 677 CSS pixels wide; phones show it at about 375, where this is nearly three pixels for one. */
const WECHAT_PICTURE_WIDTH = 1080;

export const WECHAT_PROFILE = {
  format: FORMAT,
  target: 'wechat',
  kind: 'article',
  titleChars: WECHAT_LIMITS.title.stop,
  digestChars: WECHAT_LIMITS.digest.stop,
  contentChars: WECHAT_LIMITS.contentChars.stop,
  contentBytes: WECHAT_LIMITS.contentBytes.stop,
  pictureBytes: WECHAT_LIMITS.imageBytes.stop,
  pictureWidth: WECHAT_PICTURE_WIDTH,
  pictureTypes: ['jpeg', 'png'],
} as const;

/** Of a film: how it is made, and what the platform takes as it stood when the piece was approved. */
function filmProfile<Target extends FilmTarget>(target: Target) {
  return {
    format: FORMAT,
    target,
    kind: 'video',
    ...{ width: TARGET_CANVAS[target].width, height: TARGET_CANVAS[target].height, frameRate: DEFAULT_FRAME_RATE },
    ...{ videoCodec: 'h264-high-yuv420p-bt709', audioCodec: 'aac-lc-48000-stereo' },
    platform: platformOf(target),
  } as const;
}

/** Of a target that is written by its rule file: the rules themselves, numbers and all. */
function articleProfile<Target extends RuledTarget>(target: Target) {
  return { format: FORMAT, target, kind: 'article', rules: rulesOf(target) } as const;
}

export const TARGET_PROFILES = {
  wechat: WECHAT_PROFILE,
  douyin: filmProfile('douyin'),
  kuaishou: filmProfile('kuaishou'),
  channels: filmProfile('channels'),
  bilibili: filmProfile('bilibili'),
  web: articleProfile('web'),
  toutiao: articleProfile('toutiao'),
  baijiahao: articleProfile('baijiahao'),
  weibo: articleProfile('weibo'),
  xiaohongshu: articleProfile('xiaohongshu'),
  docx: articleProfile('docx'),
  pdf: articleProfile('pdf'),
  md: articleProfile('md'),
  text: articleProfile('text'),
} as const satisfies Record<PackageTarget, { target: PackageTarget; kind: 'article' | 'video' }>;
