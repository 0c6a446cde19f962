/** The article: what it may hold, how it is checked, read and written down for signing. */
export * from './types.ts';
export * from './describe.ts';
export * from './schema.ts';
export * from './migrate.ts';
export * from './canonical.ts';
export * from './text.ts';
export * from './prompts.ts';
export * from './labels.ts';
export * from './qr.ts';
