import { useLine, useSession } from '../app/session.ts';
import { useView, type SaveView } from '../app/view.ts';
import { desktop } from '../client/bridge.ts';
import { formatClock, formatNumber } from '../format/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { BudgetMeter } from './BudgetMeter.tsx';
import { JobsTray } from './JobsTray.tsx';

const SAVE_ICON: Record<SaveView['state'], IconName> = {
  saved: 'check',
  saving: 'clock',
  unsaved: 'clock',
  retrying: 'alert',
  conflict: 'alert',
  refused: 'alert',
};

function SaveState({ save }: { save: SaveView }) {
  const { t, language } = useText();
  const text =
    save.state === 'saved'
      ? t('frame.status.saved', { time: formatClock(save.at, language) })
      : t(`frame.status.${save.state}`);
  const worry = SAVE_ICON[save.state] === 'alert';
  return (
    <span className={worry ? 'it tw' : 'it'} role="status" data-testid="save-state" data-state={save.state}>
      <Icon name={SAVE_ICON[save.state]} size={14} />
      {text}
    </span>
  );
}

/** The bar below: jobs, saved state, words, workspace, line. */
export function StatusBar() {
  const { t, language } = useText();
  const { workspace } = useSession();
  const save = useView((s) => s.save);
  const words = useView((s) => s.words);
  const selected = useView((s) => s.selectedWords);
  const line = useLine();
  return (
    <footer className="status" data-region="status" aria-label={t('frame.region.status')}>
      <JobsTray />
      {save ? <SaveState save={save} /> : null}
      {words === null ? null : (
        <span className="it">{t('frame.status.words', { count: words, n: formatNumber(words, language) })}</span>
      )}
      {selected ? (
        <span className="it t3">
          {t('frame.status.selected', { count: selected, n: formatNumber(selected, language) })}
        </span>
      ) : null}
      <BudgetMeter />
      <span className="it push">
        <Icon name="folder" size={14} />
        <span className="cut" title={workspace.dir}>
          {workspace.name}
        </span>
      </span>
      {desktop ? null : (
        <span className="it">
          <span className={line === 'open' ? 'dot ok' : 'dot warn'} />
          {line === 'open' ? t('frame.status.connected') : t('frame.status.lost')}
        </span>
      )}
    </footer>
  );
}
