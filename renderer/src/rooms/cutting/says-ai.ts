import type { Asset } from '../../../../core/model/contract/index.ts';

/** Whether a file of the library says itself that an AI made it. */
export const saysAi = (asset: Asset | undefined): boolean =>
  asset?.problems.some(({ code }) => code === 'ai_made') ?? false;
