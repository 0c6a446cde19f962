/** How the film goes out, set at its last clip. */
import { useText } from '../../../i18n/use-text.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { TimedKind } from './TimedKind.tsx';

/** As long as is usual at the end of a film, and the longest there is; microseconds. */
const [USUAL_US, LONGEST_US] = [1_000_000, 10_000_000];

export function EndingField() {
  const { t } = useText();
  const { session } = useCut();
  const { ending = null } = useCutState().timeline;
  return (
    <TimedKind
      id="ending"
      label={t('picture.ending.label')}
      lengthLabel={t('picture.ending.length')}
      value={ending}
      none={t('picture.ending.none')}
      kinds={(['black', 'white'] as const).map((value) => ({ value, label: t(`picture.ending.${value}`) }))}
      usualUs={USUAL_US}
      longestUs={LONGEST_US}
      onChange={(next, mark) => session.run({ type: 'setEnding', ending: next }, mark)}
    />
  );
}
