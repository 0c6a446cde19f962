// docs/TIMELINE.md and docs/timeline.schema.json say what the code does.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TIMELINE_SCHEMA_FILE, timelineSchemaText } from '../../../scripts/timeline-schema.ts';
import { durationUs } from './layout.ts';
import * as look from './look.ts';
import { migrateTimeline } from './migrate.ts';
import { operation, parseOperations } from './operation.ts';
import { applyOperations } from './operations.ts';
import { volumeKey } from './pace.ts';
import { patch } from './patch.ts';
import { focus, reframe } from './reframe.ts';
import * as shape from './timeline.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/TIMELINE.md'), 'utf8');

/** The JSON of the block that begins with "```json NAME". */
function example(name: string): unknown {
  const block = page.split(`\`\`\`json ${name}\n`)[1]?.split('\n```')[0];
  if (block === undefined) throw new Error(`no example ${name}`);
  return JSON.parse(block);
}

describe('docs/TIMELINE.md', () => {
  it('has an example that is a timeline', () => {
    const timeline = migrateTimeline(example('timeline'));
    expect(durationUs(timeline)).toBe(5_003_000);
    expect(timeline.captions.style).toMatchObject({ size: 64, bold: true });
  });
  it('has operations that apply to it', () => {
    const { timeline } = applyOperations(migrateTimeline(example('timeline')), parseOperations(example('operations')));
    expect(timeline.storyline.map(({ id, inUs, outUs }) => [id, inUs, outUs])).toEqual([
      ['c1', 1_001_000, 2_502_500],
      ['c2', 0, 2_000_000],
    ]);
    expect(timeline.captions.cues.map(({ startUs, endUs, text }) => [startUs, endUs, text])).toEqual([
      [200_000, 1_501_500, '清晨六点\n茶园醒了'],
      [1_598_500, 3_398_500, '村口又热闹起来'],
    ]);
  });
  it('names every field and every operation', () => {
    const shapes = [
      shape.timelineSchema,
      shape.canvas,
      shape.timelineAsset,
      shape.clip,
      ...[look.crop, look.view, look.zoom, look.colours, look.lut, look.mask, look.maskKey, look.transition],
      shape.cue,
      shape.captionStyle,
      shape.overlay,
      shape.title,
      shape.sound,
      focus,
      reframe,
      shape.marker,
      shape.group,
      shape.ending,
      shape.filmCover,
      shape.coverTitle,
      shape.coverFrame,
      shape.coverFill,
      volumeKey,
      patch,
      ...operation.options,
    ];
    const names = shapes.flatMap((each) => Object.keys(each.shape));
    const types = operation.options.map((option) => option.shape.type.value);
    const missing = [...names, ...types].filter((name) => !new RegExp(`\`${name}\\??\``).test(page));
    expect(missing).toEqual([]);
  });
});

describe('docs/timeline.schema.json', () => {
  it('is what the shapes say now (node --import tsx scripts/timeline-schema.ts)', async () => {
    expect(readFileSync(TIMELINE_SCHEMA_FILE, 'utf8')).toBe(await timelineSchemaText());
  });
});
