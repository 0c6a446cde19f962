import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, type ReactNode } from 'react';
import { PROTOCOL_VERSION, type WorkspaceInfo } from '../../../core/model/contract/index.ts';
import { api } from '../client/client.ts';
import { useText } from '../i18n/use-text.ts';
import { FirstStart } from '../rooms/first/FirstStart.tsx';
import { SignIn } from '../rooms/signin/SignIn.tsx';
import { Btn } from '../ui/Btn.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Brand } from '../ui/Icon.tsx';
import { makeRouter } from './router.tsx';
import { SessionContext, useLine, useWorkspace } from './session.ts';
import { useView } from './view.ts';

function Whole({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <main className="whole">
      <Brand label={t('common.appName')} />
      {children}
    </main>
  );
}

/** What stands before the frame: the line, the version, a workspace, a person. In this order. */
export function Gate() {
  const { t } = useText();
  const line = useLine();
  const current = useWorkspace();
  if (!current.data) {
    return (
      <Whole>
        {current.isError && line === 'open' ? (
          <ErrorNote error={current.error}>
            <Btn size="sm" onClick={() => void current.refetch()}>
              {t('common.act.retry')}
            </Btn>
          </ErrorNote>
        ) : (
          <>
            <p role="status">{t(`common.line.${line === 'open' ? 'connecting' : line}`)}</p>
            {line === 'refused' ? <p className="t3">{t('common.line.refusedHint')}</p> : null}
          </>
        )}
      </Whole>
    );
  }
  if (current.data.protocol !== PROTOCOL_VERSION) {
    return (
      <Whole>
        <p role="alert">{t('common.line.protocol')}</p>
        <p className="t3">{t('common.line.protocolHint')}</p>
        <Btn kind="primary" onClick={() => window.location.reload()}>
          {t('common.line.reload')}
        </Btn>
      </Whole>
    );
  }
  const { workspace, recent, defaultDir } = current.data;
  if (!workspace) return <FirstStart recent={recent} defaultDir={defaultDir} />;
  return <Inside key={workspace.workspaceId} workspace={workspace} />;
}

function Inside({ workspace }: { workspace: WorkspaceInfo }) {
  const { t } = useText();
  const who = useQuery(api.session.whoAmI.queryOptions());
  const switching = useView((s) => s.switching);
  const setView = useView((s) => s.set);
  const user = who.data?.user ?? null;
  const userId = user?.userId;
  // A router for each person: the next one starts at the desk, not in somebody's story.
  const router = useMemo(() => (userId === undefined ? null : makeRouter()), [userId]);
  useEffect(() => setView({ switching: false }), [setView, userId]);

  if (who.isPending) {
    return (
      <Whole>
        <p role="status">{t('common.loading')}</p>
      </Whole>
    );
  }
  if (who.isError && !user) {
    return (
      <Whole>
        <ErrorNote error={who.error}>
          <Btn size="sm" onClick={() => void who.refetch()}>
            {t('common.act.retry')}
          </Btn>
        </ErrorNote>
      </Whole>
    );
  }
  if (!user || !router || switching) {
    return <SignIn workspace={workspace} {...(user ? { onBack: () => setView({ switching: false }) } : {})} />;
  }
  return (
    <SessionContext value={{ user, workspace }}>
      <RouterProvider router={router} />
    </SessionContext>
  );
}
