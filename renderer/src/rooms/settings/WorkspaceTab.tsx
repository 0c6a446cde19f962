import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckReport } from '../../../../core/model/contract/index.ts';
import { useMay, useSession } from '../../app/session.ts';
import { api, client } from '../../client/client.ts';
import { runCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { Setting } from './Setting.tsx';
import { SigningKey } from './SigningKey.tsx';

function PublicKey() {
  const { t } = useText();
  const key = useQuery(api.keys.export.queryOptions());
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => toast(t('settings.workspace.keyCopied')));
  };
  return (
    <Setting title={t('settings.workspace.key')} hint={t('settings.workspace.keyHint')}>
      <Btn size="sm" icon="copy" disabled={!key.data} onClick={() => key.data && copy(key.data.publicKey)}>
        {t('settings.workspace.copyKey')}
      </Btn>
    </Setting>
  );
}

function CheckResult({ report }: { report: CheckReport }) {
  const { t } = useText();
  if (report.ok) {
    return (
      <p className="notice ok check-result" role="status">
        <Icon name="okc" />
        <span>{t('settings.workspace.checkOk')}</span>
      </p>
    );
  }
  return (
    <div className="check-result" role="status">
      <p className="notice warn">
        <Icon name="alert" />
        <span>{t('settings.workspace.checkBad', { count: report.problems.length })}</span>
      </p>
      <ul className="check-list">
        {report.problems.map((problem) => (
          <li key={`${problem.code} ${problem.what}`}>
            <span>{t(`settings.workspace.problem.${problem.code}`)}</span>
            <span className="t3 s12 wrap">{problem.what}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Check() {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<CheckReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = () => {
    setBusy(true);
    setReport(null);
    setError(null);
    client.workspace
      .check()
      .then(setReport, setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Setting title={t('settings.workspace.check')} hint={t('settings.workspace.checkHint')}>
        <Btn size="sm" icon="shield" onClick={run} disabled={busy}>
          {t('settings.workspace.check')}
        </Btn>
      </Setting>
      {busy ? (
        <p className="t3" role="status">
          {t('settings.workspace.checking')}
        </p>
      ) : null}
      {report ? <CheckResult report={report} /> : null}
      {error ? <ErrorNote error={error} /> : null}
    </>
  );
}

/** The open workspace: where it is, its key, its health, the way out. */
export function WorkspaceTab() {
  const { t } = useText();
  const { workspace } = useSession();
  const mayCheck = useMay('workspace.check');
  return (
    <>
      <Setting title={t('settings.workspace.name')}>
        <span className="row">
          {workspace.name}
          {workspace.sample ? <span className="chip">{t('settings.workspace.sample')}</span> : null}
        </span>
      </Setting>
      <Setting title={t('settings.workspace.dir')}>
        <span className="mono wrap dir">{workspace.dir}</span>
      </Setting>
      <PublicKey />
      <SigningKey />
      {mayCheck ? <Check /> : null}
      <Setting title={t('settings.workspace.close')} hint={t('settings.workspace.closeHint')}>
        <Btn size="sm" onClick={() => void runCommand('workspace.close')}>
          {t('settings.workspace.close')}
        </Btn>
      </Setting>
    </>
  );
}
