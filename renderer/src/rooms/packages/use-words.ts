/** Words of the packages room that the catalogue has for what the core names by code. */
import { useCallback } from 'react';
import { PACKAGE_TARGETS, isFilmTarget, type TargetCheck } from '../../../../core/model/contract/packages.ts';
import { partWords } from '../../../../core/model/targets/words.ts';
import { usePlatformName } from '../../client/platforms.ts';
import { zh } from '../../i18n/catalogues.ts';
import { useText } from '../../i18n/use-text.ts';

type WithoutPlural<Key> = Key extends `${infer Base}_other` ? Base : Key;
/** Codes of check lists that have a sentence. */
type Code = Exclude<WithoutPlural<keyof typeof zh.packages.code>, 'unknown'>;

function isCode(code: string): code is Code {
  const { code: sentences } = zh.packages;
  return code !== 'unknown' && (Object.hasOwn(sentences, code) || Object.hasOwn(sentences, `${code}_other`));
}

/** The name of a target: of a platform as the office calls it; its own id where there is none (a package of a later version). */
export function useTargetName() {
  const { t } = useText();
  const platformName = usePlatformName();
  return (target: string): string => {
    const known = PACKAGE_TARGETS.find((name) => name === target);
    return known && !isFilmTarget(known) ? t(`packages.target.${known}`) : platformName(target);
  };
}

/** The sentence of a line of a check list; its code where the catalogue has none. */
export function useCheckSentence() {
  const { t, language } = useText();
  return useCallback(
    ({ code, params }: TargetCheck): string => {
      if (!isCode(code)) return t('packages.code.unknown', { code });
      // Which places a sentence has is known to the core that gave the code, not to the type of the catalogue.
      const say = t as (key: string, values: Record<string, string | number>) => string;
      const what = code === 'part_lost' ? { what: partWords(String(params['what'] ?? ''), language) } : {};
      return say(`packages.code.${code}`, { ...params, ...what });
    },
    [t, language],
  );
}

/** What `verify` says of a file, in the core's English, and the sentence of the catalogue. */
const PROBLEMS: Record<string, keyof typeof zh.packages.problem> = {
  'was changed': 'changed',
  'is missing': 'missing',
  'was added': 'added',
  'is an added file': 'added',
  'is an added folder': 'added',
  'is listed twice': 'twice',
  'is a folder': 'folder',
  'is a draft that nobody approved': 'unapproved',
  'is signed with another key than the one given': 'otherKey',
};

/** What is wrong with a file of a package; rare things stay as the core said them. */
export function useProblemWords() {
  const { t } = useText();
  return useCallback(
    (what: string) => {
      const known = PROBLEMS[what];
      return known ? t(`packages.problem.${known}`) : what;
    },
    [t],
  );
}
