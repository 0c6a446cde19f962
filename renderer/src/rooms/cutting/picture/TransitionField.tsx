/** How the selected clip comes in. */
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { useText } from '../../../i18n/use-text.ts';
import { useCut } from '../use-cut.ts';
import { TimedKind } from './TimedKind.tsx';

const KINDS = ['dissolve', 'black', 'white', 'wipe'] as const;
/** As long as is usual: noticed, and not waited for; and the longest there is. Microseconds. */
const [USUAL_US, LONGEST_US] = [800_000, 5_000_000];

export function TransitionField({ placed }: { placed: PlacedClip }) {
  const { t } = useText();
  const { session } = useCut();
  const { id, transition } = placed.clip;
  // There is nothing before the film that it could dissolve from.
  const kinds = placed.index === 0 ? (['black', 'white'] as const) : KINDS;
  const known = transition && !kinds.some((kind) => kind === transition.kind) ? [transition.kind, ...kinds] : kinds;
  return (
    <TimedKind
      id="transition"
      label={t('picture.transition.label')}
      lengthLabel={t('picture.transition.length')}
      value={transition ?? null}
      none={t('picture.transition.cut')}
      kinds={known.map((value) => ({ value, label: t(`picture.transition.${value}`) }))}
      usualUs={USUAL_US}
      longestUs={LONGEST_US}
      onChange={(next, mark) =>
        session.run({ type: 'setTransition', clipId: id, transition: next }, mark === null ? null : `${mark}-${id}`)
      }
    />
  );
}
