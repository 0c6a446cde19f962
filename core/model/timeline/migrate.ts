/** The one door a stored or foreign timeline comes in by, and the bytes it is signed as. */
import type { z } from 'zod';
import { canonicalJson } from '../article/canonical.ts';
import { checkTimeline, refuse } from './check.ts';
import { TIMELINE_VERSION, timelineSchema } from './timeline.ts';
import type { Timeline } from './timeline.ts';

type Json = Record<string, unknown>;

/** One step: from version `from` to `from + 1`. */
export interface TimelineMigration {
  from: number;
  /** Gives the document of the next version; `version` is written by the caller. */
  up(timeline: Json): Json;
}

/** Every step, in order. Version 1 is the first, so there is none yet. */
export const TIMELINE_MIGRATIONS: readonly TimelineMigration[] = [];

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Runs the steps from the version the document names to `target`. The document itself stays as it is.
 *
 * @throws StudioError bad_timeline when it is not an object, its version is not a positive integer or is newer than
 *   `target`, or a step is missing.
 */
export function runTimelineMigrations(json: unknown, migrations: readonly TimelineMigration[], target: number): Json {
  if (!isRecord(json)) return refuse('not a timeline');
  const version = json['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) refuse('version is missing');
  const from = version;
  if (from > target) refuse(`written by a newer program (version ${from}, known ${target})`);
  let current = json;
  for (let v = from; v < target; v++) {
    const step = migrations.find((migration) => migration.from === v) ?? refuse(`no way from version ${v} to ${v + 1}`);
    current = { ...step.up(current), version: v + 1 };
  }
  return current;
}

/** First thing wrong with a shape, as "storyline/3/inUs: …". */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'not a timeline';
  const where = issue.path.map(String).join('/');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}

/**
 * A timeline of the present version, checked; what was left out has its default.
 *
 * @throws StudioError bad_timeline {what}: wrong shape, values or fields that are not known (`what` starts with the
 *   path), and as `checkTimeline`; range_outside_source.
 */
export function parseTimeline(json: unknown): Timeline {
  const parsed = timelineSchema.safeParse(json);
  if (!parsed.success) return refuse(firstIssue(parsed.error));
  checkTimeline(parsed.data);
  return parsed.data;
}

/**
 * A stored timeline of any version up to the present one, brought to it and checked.
 *
 * @throws StudioError as `runTimelineMigrations` and `parseTimeline`.
 */
export function migrateTimeline(json: unknown): Timeline {
  return parseTimeline(runTimelineMigrations(json, TIMELINE_MIGRATIONS, TIMELINE_VERSION));
}

/** Content of a timeline as it is hashed, signed and stored: JSON by RFC 8785. */
export function timelineContent(timeline: Timeline): string {
  return canonicalJson(timeline);
}
