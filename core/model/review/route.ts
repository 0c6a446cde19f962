/** The route a story takes: stages in order, each signed once. */
import { z } from 'zod';
import { stageRule } from '../contract/review.ts';

export type StageRule = z.infer<typeof stageRule>;

/** A route as it stands in `templates/routes`. Stages are numbered from 1 without a gap; ids are there once. */
export const routeTemplate = z.strictObject({
  format: z.literal('tongxin-route/1'),
  stages: z
    .array(z.strictObject(stageRule.shape))
    .min(1)
    .max(20)
    .refine((stages) => stages.every((stage, i) => stage.n === i + 1), 'stages are numbered 1, 2, 3 …')
    .refine((stages) => new Set(stages.map((s) => s.id)).size === stages.length, 'an id is there twice'),
});

/**
 * The route of a new workspace (三审): the same as `templates/routes/default.json`. Every stage is open to any person
 * with the role of reviewer; nobody signs two stages of a round; who submitted signs none.
 */
export const DEFAULT_ROUTE: readonly StageRule[] = [
  { n: 1, id: 'first', name: '初审' },
  { n: 2, id: 'second', name: '复审' },
  { n: 3, id: 'final', name: '终审' },
];
