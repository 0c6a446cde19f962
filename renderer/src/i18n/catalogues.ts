/** The two catalogues. Chinese is the first language: its keys are the type of all keys. */
import enCaptions from './en/captions.ts';
import enCommon from './en/common.ts';
import enCompare from './en/compare.ts';
import enEditor from './en/editor.ts';
import enDesk from './en/desk.ts';
import enCover from './en/cover.ts';
import enCutting from './en/cutting.ts';
import enFrame from './en/frame.ts';
import enMedia from './en/media.ts';
import enPackages from './en/packages.ts';
import enPack from './en/pack.ts';
import enPicture from './en/picture.ts';
import enPlatforms from './en/platforms.ts';
import enReview from './en/review.ts';
import enSettings from './en/settings.ts';
import enStart from './en/start.ts';
import enStories from './en/stories.ts';
import enStory from './en/story.ts';
import zhCaptions from './zh/captions.ts';
import zhCommon from './zh/common.ts';
import zhCompare from './zh/compare.ts';
import zhEditor from './zh/editor.ts';
import zhDesk from './zh/desk.ts';
import zhCover from './zh/cover.ts';
import zhCutting from './zh/cutting.ts';
import zhFrame from './zh/frame.ts';
import zhMedia from './zh/media.ts';
import zhPackages from './zh/packages.ts';
import zhPack from './zh/pack.ts';
import zhPicture from './zh/picture.ts';
import zhPlatforms from './zh/platforms.ts';
import zhReview from './zh/review.ts';
import zhSettings from './zh/settings.ts';
import zhStart from './zh/start.ts';
import zhStories from './zh/stories.ts';
import zhStory from './zh/story.ts';
import enThemes from './en/themes.ts';
import enTemplates from './en/templates.ts';
import zhThemes from './zh/themes.ts';
import zhTemplates from './zh/templates.ts';
import enVoice from './en/voice.ts';
import zhVoice from './zh/voice.ts';

export const zh = {
  captions: zhCaptions,
  common: zhCommon,
  compare: zhCompare,
  desk: zhDesk,
  cover: zhCover,
  cutting: zhCutting,
  editor: zhEditor,
  frame: zhFrame,
  media: zhMedia,
  packages: zhPackages,
  pack: zhPack,
  picture: zhPicture,
  platforms: zhPlatforms,
  review: zhReview,
  settings: zhSettings,
  start: zhStart,
  stories: zhStories,
  story: zhStory,
  templates: zhTemplates,
  themes: zhThemes,
  voice: zhVoice,
};

export const en = {
  captions: enCaptions,
  common: enCommon,
  compare: enCompare,
  desk: enDesk,
  cover: enCover,
  cutting: enCutting,
  editor: enEditor,
  frame: enFrame,
  media: enMedia,
  packages: enPackages,
  pack: enPack,
  picture: enPicture,
  platforms: enPlatforms,
  review: enReview,
  settings: enSettings,
  start: enStart,
  stories: enStories,
  story: enStory,
  templates: enTemplates,
  themes: enThemes,
  voice: enVoice,
};
