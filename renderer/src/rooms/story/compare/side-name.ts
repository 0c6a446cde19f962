/** One side of a comparison: the number of a version, or the draft. */
export type SideName = number | 'draft';
