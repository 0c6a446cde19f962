/** The one ordered list of migrations, for both engines. Static, because the program is bundled into single files. */
import type { Migration } from 'kysely';
import { base } from './0001-base.ts';
import { videoAndReview } from './0002-video-review.ts';
import { storyTemplates } from './0003-story-templates.ts';
import { themes } from './0004-themes.ts';
import { platforms } from './0005-platforms.ts';
import { officePacks } from './0006-office-packs.ts';
import { luts } from './0007-luts.ts';
import type { DialectName, Step } from './types.ts';

const STEPS: readonly (readonly [name: string, step: Step])[] = [
  ['0001_base', base],
  ['0002_video_review', videoAndReview],
  ['0003_story_templates', storyTemplates],
  ['0004_themes', themes],
  ['0005_platforms', platforms],
  ['0006_office_packs', officePacks],
  ['0007_luts', luts],
];

/** Names in the order they are applied. */
export const MIGRATION_NAMES: readonly string[] = STEPS.map(([name]) => name);

/** The list as Kysely's Migrator wants it. */
export function migrationsFor(dialect: DialectName): Record<string, Migration> {
  return Object.fromEntries(STEPS.map(([name, step]) => [name, { up: (db) => step(db, dialect) } satisfies Migration]));
}

export type { DialectName } from './types.ts';
