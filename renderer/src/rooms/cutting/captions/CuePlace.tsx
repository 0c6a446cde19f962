import { SegmentedControl } from '@mantine/core';
import { shortcutOf } from '../../../commands/keys.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { useCut } from '../use-cut.ts';
import { CUE_PLACES, placeAs, placeOf } from './cue-place.ts';

/** Where the selected caption stands, when it is not to stand where all do: a face is covered there. */
export function CuePlace({ cue, index }: { cue: Cue; index: number }) {
  const { t } = useText();
  const { session } = useCut();
  return (
    <div className="row cue-place">
      <SegmentedControl
        className="grow"
        size="xs"
        fullWidth
        aria-label={t('captions.place.of', { n: index + 1 })}
        value={placeOf(cue)}
        onChange={(place) => session.run(placeAs(cue, place))}
        data={CUE_PLACES.map((value) => ({ value, label: t(`captions.place.${value}`) }))}
      />
      <Kbd keys={shortcutOf('cut.cuePlace') ?? ''} />
    </div>
  );
}
