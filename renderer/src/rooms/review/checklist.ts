/**
 * The six checks a reviewer makes before passing a piece. The ticks live on the screen only; what was ticked is said in
 * the opinion that is signed, so the record holds the words and no second list.
 */
export const CHECKS = ['political', 'legal', 'policy', 'secrecy', 'wording', 'opinion'] as const;
export type Check = (typeof CHECKS)[number];

/** Longest opinion, as the contract has it. */
export const MAX_OPINION = 2000;

/** The words that are signed: what the person wrote, then, on a line of its own, what was checked. */
export function signedOpinion(written: string, checked: string): string {
  return [written.trim(), checked]
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, MAX_OPINION);
}
