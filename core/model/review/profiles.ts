/**
 * What a package's target asks for. A profile is a part of what is approved: when a platform's rules change here,
 * pieces approved under the old ones differ.
 */
import { FILM_TARGETS, type PackageTarget } from '../contract/packages.ts';
import { builtInBook, inBook, type PlatformBook, type PlatformProfile } from '../platforms/index.ts';
import { rulesOf, type RuledTarget } from '../targets/index.ts';
import { DEFAULT_FRAME_RATE, isBuiltInTarget } from '../timeline/targets.ts';
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
export function filmProfile(platform: PlatformProfile) {
  const { target, canvas } = platform;
  return {
    format: FORMAT,
    target,
    kind: 'video',
    ...{ width: canvas?.width ?? null, height: canvas?.height ?? null, frameRate: DEFAULT_FRAME_RATE },
    ...{ videoCodec: 'h264-high-yuv420p-bt709', audioCodec: 'aac-lc-48000-stereo' },
    platform,
  } as const;
}

const builtIn = (target: string) => filmProfile(inBook(builtInBook(), target));

/** Of a target that is written by its rule file: the rules themselves, numbers and all. */
function articleProfile<Target extends RuledTarget>(target: Target) {
  return { format: FORMAT, target, kind: 'article', rules: rulesOf(target) } as const;
}

export const TARGET_PROFILES = {
  wechat: WECHAT_PROFILE,
  douyin: builtIn('douyin'),
  kuaishou: builtIn('kuaishou'),
  channels: builtIn('channels'),
  bilibili: builtIn('bilibili'),
  web: articleProfile('web'),
  toutiao: articleProfile('toutiao'),
  baijiahao: articleProfile('baijiahao'),
  weibo: articleProfile('weibo'),
  xiaohongshu: articleProfile('xiaohongshu'),
  docx: articleProfile('docx'),
  pdf: articleProfile('pdf'),
  md: articleProfile('md'),
  text: articleProfile('text'),
} as const satisfies Record<PackageTarget, { target: string; kind: 'article' | 'video' }>;

type AnyProfile = (typeof TARGET_PROFILES)[PackageTarget] | ReturnType<typeof filmProfile>;

/** Films of a package go to the program's film targets and to every platform that an office added. */
export const isFilmOf = (book: PlatformBook, target: string): boolean =>
  (FILM_TARGETS as readonly string[]).includes(target) || (book.has(target) && !isBuiltInTarget(target));

/** What every target of packages asks for, as an office has its platforms, by name: the program's own in their order, then those added. */
export function profilesOf(book: PlatformBook): Map<string, AnyProfile> {
  const all = new Map<string, AnyProfile>(Object.entries(TARGET_PROFILES));
  for (const [target, platform] of book) if (isFilmOf(book, target)) all.set(target, filmProfile(platform));
  return all;
}
