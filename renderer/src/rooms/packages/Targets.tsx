import { Checkbox } from '@mantine/core';
import { isPackageTarget } from '../../../../core/model/contract/packages.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { countLevel, levelOf, type Level, type TargetView } from './check-view.ts';
import { useTargetName } from './use-words.ts';

export const LEVEL_ICON: Record<Level, IconName> = { ok: 'okc', warn: 'alert', stop: 'stop' };
export const LEVEL_TONE: Record<Level, string> = { ok: 'tok', warn: 'tw', stop: 'ta' };

function useSummary() {
  const { t } = useText();
  return ({ checks }: TargetView): string => {
    const [stops, warns] = [countLevel(checks, 'stop'), countLevel(checks, 'warn')];
    if (stops > 0) return t('packages.targets.stops', { count: stops });
    if (warns > 0) return t('packages.targets.warns', { count: warns });
    return checks.length > 0 ? t('packages.targets.allOk', { count: checks.length }) : t('packages.targets.none');
  };
}

interface TargetsProps {
  targets: TargetView[];
  chosen: string | null;
  onChoose: (target: string) => void;
  /** What goes into the package. */
  included: readonly string[];
  onInclude: (target: string, include: boolean) => void;
}

/** Where the piece can go, each with how its check list stands. */
export function Targets({ targets, chosen, onChoose, included, onInclude }: TargetsProps) {
  const { t } = useText();
  const summary = useSummary();
  const nameOf = useTargetName();
  return (
    <>
      <p className="lbl tgts-head">{t('packages.targets.count', { count: targets.length })}</p>
      {targets.map((view) => {
        const level = levelOf(view.checks);
        return (
          <div key={view.target} className="tgrow">
            <Checkbox
              size="xs"
              checked={included.includes(view.target)}
              disabled={level === 'stop'}
              aria-label={t('packages.targets.include', { target: nameOf(view.target) })}
              onChange={(event) => onInclude(view.target, event.currentTarget.checked)}
            />
            <button
              type="button"
              className="tg"
              aria-pressed={view.target === chosen}
              onClick={() => onChoose(view.target)}
            >
              <span className="pf-ic" aria-hidden="true">
                {isPackageTarget(view.target) ? t(`packages.targetMark.${view.target}`) : [...nameOf(view.target)][0]}
              </span>
              <span className="tg-name">
                {nameOf(view.target)}
                <small>{summary(view)}</small>
              </span>
              <span className={LEVEL_TONE[level]}>
                <Icon name={LEVEL_ICON[level]} />
                <span className="vh">{t(`packages.level.${level}`)}</span>
              </span>
            </button>
          </div>
        );
      })}
    </>
  );
}
