/**
 * What a package's target asks for. A profile is a part of what is approved: when a platform's rules change here,
 * pieces approved under the old ones differ.
 *
 * WeChat: title at most 64 characters, digest 128, content 20,000 characters and under 1 MB, pictures jpg or png under
 * 1 MB each (developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add, and its answers 45003, 45004,
 * 64702); pictures are shown 677 CSS pixels wide, so 1,440 are sharp on a dense screen.
 */
import type { PackageTarget } from '../contract/packages.ts';
import { DEFAULT_FRAME_RATE, TARGET_CANVAS } from '../timeline/targets.ts';

const FORMAT = 'tongxin-profile/1';

export const WECHAT_PROFILE = {
  format: FORMAT,
  target: 'wechat',
  kind: 'article',
  titleChars: 64,
  digestChars: 128,
  contentChars: 20_000,
  pictureBytes: 1_000_000,
  pictureWidth: 1440,
  pictureTypes: ['jpeg', 'png'],
} as const;

export const DOUYIN_PROFILE = {
  format: FORMAT,
  target: 'douyin',
  kind: 'video',
  width: TARGET_CANVAS.douyin.width,
  height: TARGET_CANVAS.douyin.height,
  frameRate: DEFAULT_FRAME_RATE,
  videoCodec: 'h264-high-yuv420p-bt709',
  audioCodec: 'aac-lc-48000-stereo',
} as const;

export const TARGET_PROFILES = { wechat: WECHAT_PROFILE, douyin: DOUYIN_PROFILE } as const satisfies Record<
  PackageTarget,
  { target: PackageTarget; kind: 'article' | 'video' }
>;
