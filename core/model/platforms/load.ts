/** The files of `templates/platforms`, bundled with the program and checked when they are first asked for. */
import archive from '../../../templates/platforms/archive.json' with { type: 'json' };
import bilibili from '../../../templates/platforms/bilibili.json' with { type: 'json' };
import channels from '../../../templates/platforms/channels.json' with { type: 'json' };
import douyin from '../../../templates/platforms/douyin.json' with { type: 'json' };
import kuaishou from '../../../templates/platforms/kuaishou.json' with { type: 'json' };
import preview from '../../../templates/platforms/preview.json' with { type: 'json' };
import weibo from '../../../templates/platforms/weibo.json' with { type: 'json' };
import xiaohongshu from '../../../templates/platforms/xiaohongshu.json' with { type: 'json' };
import { StudioError } from '../errors.ts';
import { parsePlatform } from './profile.ts';
import type { PlatformProfile, PlatformTarget } from './profile.ts';

const FILES: Readonly<Record<PlatformTarget, unknown>> = {
  douyin,
  kuaishou,
  channels,
  xiaohongshu,
  bilibili,
  weibo,
  archive,
  preview,
};
const read = new Map<PlatformTarget, PlatformProfile>();

/** Profile of a target. Error: bad_input when its file is damaged, naming the place. */
export function platformOf(target: PlatformTarget): PlatformProfile {
  const known = read.get(target);
  if (known) return known;
  const file = `templates/platforms/${target}.json`;
  const profile = parsePlatform(FILES[target], file);
  if (profile.target !== target) throw new StudioError('bad_input', { what: `${file}: target: is ${profile.target}` });
  read.set(target, profile);
  return profile;
}
