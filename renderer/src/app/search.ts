/** What stands in an address beside the room: the filter a person set, so that going back finds it again. */
import type { MediaFacts } from '../../../core/model/contract/index.ts';

export const STORY_SCOPES = ['mine', 'all', 'removed'] as const;
export type StoryScope = (typeof STORY_SCOPES)[number];
export interface StoriesSearch {
  scope?: StoryScope;
}

/** Panels at the right of a story. */
export const STORY_PANELS = ['versions', 'cover', 'videos', 'review'] as const;
export type StoryPanel = (typeof STORY_PANELS)[number];
export interface StorySearch {
  panel?: StoryPanel;
}

export const MEDIA_KINDS = ['video', 'audio', 'image'] as const;
export interface MediaSearch {
  kind?: MediaFacts['kind'];
  asset?: string;
}

export const SETTINGS_TABS = ['look', 'keys', 'people', 'workspace', 'platforms', 'tools'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];
export interface SettingsSearch {
  tab?: SettingsTab;
}

type Raw = Record<string, unknown>;

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((v) => v === value);
}

/** Unknown values are dropped, never an error: an address may come from an older version. */
export function readStoriesSearch(raw: Raw): StoriesSearch {
  const scope = oneOf(STORY_SCOPES, raw['scope']);
  return scope ? { scope } : {};
}

export function readStorySearch(raw: Raw): StorySearch {
  const panel = oneOf(STORY_PANELS, raw['panel']);
  return panel ? { panel } : {};
}

export function readMediaSearch(raw: Raw): MediaSearch {
  const kind = oneOf(MEDIA_KINDS, raw['kind']);
  const asset = raw['asset'];
  return { ...(kind ? { kind } : {}), ...(typeof asset === 'string' ? { asset } : {}) };
}

export function readSettingsSearch(raw: Raw): SettingsSearch {
  const tab = oneOf(SETTINGS_TABS, raw['tab']);
  return tab ? { tab } : {};
}
