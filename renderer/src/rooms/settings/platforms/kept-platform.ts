/**
 * Platforms that are being changed and not saved yet: the last one opens again with the settings, and each is kept in this browser or
 * window, so that a crash or a new start loses nothing. Of one person in one workspace: others have another `key`.
 */
import { z } from 'zod';
import { useSession } from '../../../app/session.ts';
import type { Json } from './form-rows.ts';

/** What is opened in the form. */
export interface Opened {
  profile: Json;
  /** The revision it began from; null: none, or a platform that is being added. */
  base: string | null;
  isNew: boolean;
  /** What changed numbers are marked against. */
  before: Json;
  title: string;
  /** How far somebody had come who left the room without keeping it. */
  draft?: Json;
}

const json = z.record(z.string(), z.unknown());
const keptShape = z.object({
  ...{ profile: json, before: json, draft: json },
  ...{ base: z.string().nullable(), isNew: z.boolean(), title: z.string() },
});

let left: { key: string; opened: Opened } | null = null;
const placeOf = (key: string): string => `tongxin.kept-platform.${key}`;

export function useDraftKey(): string {
  const { user, workspace } = useSession();
  return `${workspace.workspaceId}.${user.userId}`;
}

/** Left half-done since the page was opened; null: nothing. */
export const leftPlatform = (key: string): Opened | null => (left?.key === key ? left.opened : null);

/** What it was opened as: one that is being added may be given another name meanwhile. */
const nameOf = ({ profile }: Opened): string => String(profile['target']);

/** Kept from before the page was opened; what cannot be read counts as nothing. */
export function keptPlatforms(key: string): Opened[] {
  try {
    return z.array(keptShape).safeParse(JSON.parse(localStorage.getItem(placeOf(key)) ?? 'null')).data ?? [];
  } catch {
    return [];
  }
}

/** A full or forbidden storage is not an error: the person still has the page. */
function keep(key: string, all: readonly Opened[]): void {
  try {
    if (all.length === 0) localStorage.removeItem(placeOf(key));
    else localStorage.setItem(placeOf(key), JSON.stringify(all));
  } catch {
    // Quota or privacy settings.
  }
}

const othersThan = (key: string, opened: Opened): Opened[] =>
  keptPlatforms(key).filter((one) => nameOf(one) !== nameOf(opened));

/** With a draft that is as it was, nothing is kept. */
export function leavePlatform(key: string, opened: Opened & { draft: Json }): void {
  left = { key, opened };
  const same = JSON.stringify(opened.draft) === JSON.stringify(opened.profile);
  keep(key, [...othersThan(key, opened), ...(same ? [] : [opened])]);
}

/** Saved, or not wanted. */
export function dropLeft(key: string, opened: Opened): void {
  left = null;
  keep(key, othersThan(key, opened));
}
