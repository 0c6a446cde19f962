/**
 * `node --import tsx scripts/timeline-schema.ts`: writes docs/timeline.schema.json, the JSON Schema of the timeline
 * document, from the zod shapes that check it. The shape of one operation stands under `$defs/operation`.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { operation, timelineSchema } from '../core/model/timeline/index.ts';

export const TIMELINE_SCHEMA_FILE = path.resolve(import.meta.dirname, '../docs/timeline.schema.json');

/** Text of the schema file: what may be written, so that fields with a default may be left out. */
export async function timelineSchemaText(): Promise<string> {
  const { $schema, ...document } = z.toJSONSchema(timelineSchema, { io: 'input' });
  const { $schema: _same, ...edit } = z.toJSONSchema(operation, { io: 'input' });
  const whole = {
    $schema,
    $id: 'timeline.schema.json',
    title: 'Timeline, version 1. docs/TIMELINE.md explains it; times are whole microseconds.',
    ...document,
    $defs: { operation: { title: 'One operation; a file for `video edit --ops` is a list of them.', ...edit } },
  };
  const config = await resolveConfig(TIMELINE_SCHEMA_FILE);
  return format(JSON.stringify(whole), { ...config, parser: 'json' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(TIMELINE_SCHEMA_FILE, await timelineSchemaText());
}
