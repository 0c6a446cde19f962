import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useCut } from '../use-cut.ts';
import type { CaptionFindings } from './use-caption-fixes.ts';

interface FindingsBarProps {
  findings: CaptionFindings;
  onLook: (index: number) => void;
  onFixAll: () => void;
}

/** How many captions break a rule: a way there, and one click that mends what can be mended. */
export function FindingsBar({ findings, onLook, onFixAll }: FindingsBarProps) {
  const { t } = useText();
  const { session } = useCut();
  const { byCue, bad, hinted, fixable } = findings;
  const places = [...byCue.keys()];
  const first = places.find((at) => byCue.get(at)?.some(({ hint }) => !hint)) ?? places[0];
  if (first === undefined) return null;
  return (
    <div className={bad > 0 ? 'captions-bad tw s12' : 'captions-bad t2 s12'}>
      <Icon name={bad > 0 ? 'alert' : 'info'} size={14} />
      <span className="grow">
        {bad > 0 ? t('cutting.captions.bad', { count: bad }) : t('captions.hint', { count: hinted })}
      </span>
      <Btn size="xs" kind="quiet" onClick={() => onLook(first)}>
        {t('cutting.captions.look')}
      </Btn>
      {session.canEdit && fixable ? (
        <Btn size="xs" onClick={onFixAll}>
          {t('captions.fix.all')}
        </Btn>
      ) : null}
    </div>
  );
}
