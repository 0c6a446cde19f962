/** How the review room says what the core names. */
import { useCallback } from 'react';
import type { Difference } from '../../../../core/model/contract/review.ts';
import { errorHint, errorMessage, isErrorCode } from '../../../../core/model/errors.ts';
import { useSession } from '../../app/session.ts';
import { zh } from '../../i18n/catalogues.ts';
import { useText } from '../../i18n/use-text.ts';
import { useTargetName } from '../packages/use-words.ts';
import { usePlatformWords } from '../settings/platforms/use-platform-words.ts';

const STAGES = ['first', 'second', 'final'] as const;

/** The name of a stage: the usual ones in the language of the page, an office's own names as they are. */
export function useStageName() {
  const { t } = useText();
  return useCallback(
    (name: string) => {
      const usual = STAGES.find((id) => zh.review.stageName[id] === name);
      return usual ? t(`review.stageName.${usual}`) : name;
    },
    [t],
  );
}

/** Why the person may not sign, from the error code of the core. */
export function useWhyNot() {
  const { t, language } = useText();
  const { user } = useSession();
  return useCallback(
    (code: string) => {
      if (!isErrorCode(code)) return { message: code, hint: '' };
      const params = { role: t(`common.role.${user.role}`) };
      return { message: errorMessage(code, params, language), hint: errorHint(code, params, language) };
    },
    [t, language, user.role],
  );
}

/** The names of what differs, as one phrase; longer lists are cut after `most`. */
export function useDifferenceNames() {
  const { t } = useText();
  const words = usePlatformWords();
  const targetName = useTargetName();
  const nameOf = ({ kind, id, name, places }: Difference): string => {
    if (kind !== 'profile') return name;
    const platform = targetName(id);
    if (!places) return t('review.story.rulesOf', { name: platform });
    return t('review.story.numbersOf', { name: platform, numbers: words.changes(places) });
  };
  return (differences: readonly Difference[], most = 5): string => {
    const names = differences.slice(0, most).map((d) => t(`review.story.difference.${d.what}`, { name: nameOf(d) }));
    return names.join(t('review.story.join')) + (differences.length > most ? '…' : '');
  };
}
