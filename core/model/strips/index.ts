/** What the timeline shows of a file: its sound as peaks, its pictures as a filmstrip. Formats and arithmetic. */
export * from './peaks.ts';
export * from './sheet.ts';
export * from './scenes.ts';
