/** Office packs: what they are, the door, and how one is put into a timeline. */
export * from './shape.ts';
export { packProblems, readPack, type PackProblem } from './read.ts';
export { BUILT_IN_PACK, BUILT_IN_PACKS, NEW_CARD } from './built-in.ts';
export { applyPack, removePack } from './apply.ts';
export type { PackSupply } from './kit.ts';
