import { useQuery } from '@tanstack/react-query';
import type { Tool } from '../../../../core/model/contract/index.ts';
import { desktop } from '../../client/bridge.ts';
import { api } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ComputerSettings } from './ComputerSettings.tsx';

function ToolRow({ tool }: { tool: Tool }) {
  const { t } = useText();
  return (
    <li className="tool">
      <span className={tool.found ? 'tok' : 'tw'}>
        <Icon name={tool.found ? 'okc' : 'alert'} />
      </span>
      <div className="grow">
        <b>{t(`settings.tools.name.${tool.name}`)}</b>
        {tool.path ? <div className="t3 s12 mono wrap">{tool.path}</div> : null}
        {tool.hint === '' ? null : <p className="tool-hint">{tool.hint}</p>}
      </div>
      <span className={tool.found ? 't2 s12' : 'tw s12'}>
        {tool.found
          ? tool.version
            ? t('settings.tools.version', { version: tool.version })
            : t('settings.tools.ready')
          : t(tool.needed ? 'settings.tools.missing' : 'settings.tools.optional')}
      </span>
    </li>
  );
}

/** The parts the studio leans on, and how to get those that are missing. */
export function ToolsTab() {
  const { t } = useText();
  const doctor = useQuery(api.workspace.doctor.queryOptions());
  return (
    <>
      <div className="settings-lead">
        <p className="t2 grow">{t('settings.tools.lead')}</p>
        <Btn size="sm" icon="reuse" disabled={doctor.isFetching} onClick={() => void doctor.refetch()}>
          {t('settings.tools.again')}
        </Btn>
      </div>
      {doctor.isFetching ? (
        <p className="t3" role="status">
          {t('settings.tools.checking')}
        </p>
      ) : null}
      {doctor.isError ? <ErrorNote error={doctor.error} /> : null}
      <ul className="tools-list" aria-label={t('settings.tools.title')}>
        {(doctor.data?.tools ?? []).map((tool) => (
          <ToolRow key={tool.name} tool={tool} />
        ))}
      </ul>
      <ComputerSettings />
      {desktop ? (
        <div className="row settings-foot">
          <span className="t3 s12 grow">{t('settings.tools.app', { version: desktop.version })}</span>
          <Btn size="sm" icon="folder" onClick={() => void desktop?.openLog()}>
            {t('settings.tools.log')}
          </Btn>
        </div>
      ) : null}
    </>
  );
}
