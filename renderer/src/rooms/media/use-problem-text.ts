import type { MediaProblem } from '../../../../core/model/contract/index.ts';
import { zh } from '../../i18n/catalogues.ts';
import { useText } from '../../i18n/use-text.ts';

type KnownProblem = keyof typeof zh.media.problem;

const isKnown = (code: string): code is KnownProblem => Object.hasOwn(zh.media.problem, code);

/** A media problem: in Chinese as the core said it (with its numbers), else by its code where that is known. */
export function useProblemText(): (problem: MediaProblem) => string {
  const { t, language } = useText();
  return (problem) =>
    language !== 'zh-CN' && isKnown(problem.code) ? t(`media.problem.${problem.code}`) : problem.message;
}

/** Whether it only tells something of the file, and nothing is wrong with it. */
export const isNote = ({ code }: MediaProblem): boolean => code === 'text_tracks';
