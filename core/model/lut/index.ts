/** Colour tables (LUT). */
export { MAX_CUBE_SIDE, MAX_CURVE, MAX_LUT_BYTES, cubeText, mixed, parseCube } from './cube.ts';
export type { Lut } from './cube.ts';
