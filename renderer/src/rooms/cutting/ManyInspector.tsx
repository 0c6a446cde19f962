/** Several things picked at once: how many, and what can be done to all of them. */
import { groupOf } from '../../../../core/model/timeline/groups.ts';
import { runCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { useCut, useCutState } from './use-cut.ts';

export function ManyInspector() {
  const { t } = useText();
  const { session } = useCut();
  const { timeline, picked } = useCutState();
  const groups = new Set(picked.map(({ id }) => groupOf(timeline, id)?.id));
  const isGroup = groups.size === 1 && !groups.has(undefined);
  const grouped = picked.some(({ id }) => groupOf(timeline, id) !== null);
  return (
    <div className="insp">
      <h3>{t('cutting.many.label', { count: picked.length })}</h3>
      <p className="t2 s12">{t(isGroup ? 'cutting.many.grouped' : 'cutting.many.hint')}</p>
      {session.canEdit ? (
        <div className="row insp-acts">
          <Btn size="sm" icon="link" disabled={isGroup} onClick={() => void runCommand('cut.group')}>
            {t('cutting.many.group')}
          </Btn>
          <Btn size="sm" icon="unlink" disabled={!grouped} onClick={() => void runCommand('cut.ungroup')}>
            {t('cutting.many.ungroup')}
          </Btn>
          <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
            {t('cutting.many.remove')}
          </Btn>
        </div>
      ) : null}
    </div>
  );
}
