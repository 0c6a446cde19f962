import { ratioById } from '../../../../../core/model/cover/index.ts';

/** Frames as they are shown: two of a height beside each other; the order of the table is that of the platforms. */
export const SHOWN = (['2.35x1', '16x9', '4x3', '1x1', '3x4'] as const).map(ratioById);
