/** The timeline: what a video is made of, how it is edited, undone, checked and written down. */
export * from './timeline.ts';
export * from './targets.ts';
export * from './rational.ts';
export * from './asset.ts';
export * from './layout.ts';
export { checkTimeline } from './check.ts';
export * from './migrate.ts';
export { applyPatch, isEmptyPatch, joinPatches } from './patch.ts';
export type { Applied, Patch, TableName } from './patch.ts';
export * from './operation.ts';
export * from './operations.ts';
export * from './history.ts';
export * from './safe-areas.ts';
export { breakLine } from './breaking.ts';
export * from './ass.ts';
export * from './from-captions.ts';
export { soundDurationUs, soundEndUs, soundsOf } from './sounds.ts';
