import { PasswordInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { User, WorkspaceInfo } from '../../../../core/model/contract/index.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Btn } from '../../ui/Btn.tsx';
import { Brand } from '../../ui/Icon.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import './signin.css';

function PinForm({ user }: { user: User }) {
  const { t, explain } = useText();
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    client.session
      .signIn({ name: user.name, pin })
      .then(() => {
        // The next person starts at the desk, not where the last one was.
        window.location.hash = '#/desk';
        return queryClient.invalidateQueries();
      })
      .catch((e: unknown) => {
        setError(e);
        setPin('');
      })
      .finally(() => setBusy(false));
  };
  const problem = error ? explain(error) : null;
  return (
    <form className="pin" onSubmit={submit} noValidate>
      {user.hasPin ? (
        <PasswordInput
          label={t('start.signIn.pin', { name: user.name })}
          value={pin}
          maxLength={128}
          autoFocus
          autoComplete="current-password"
          error={
            problem ? (
              <>
                {problem.message}
                <br />
                {problem.hint}
              </>
            ) : undefined
          }
          onChange={(e) => setPin(e.currentTarget.value)}
        />
      ) : (
        <p className="t2">{t('start.signIn.noPin')}</p>
      )}
      {problem && !user.hasPin ? <ErrorNote error={error} /> : null}
      <Btn
        type="submit"
        kind="primary"
        size="lg"
        busy={busy && t('start.signIn.busy')}
        disabled={user.hasPin && pin === ''}
      >
        {t('start.signIn.submit')}
      </Btn>
    </form>
  );
}

/** Who is it? Names to choose from, then the PIN. `onBack`: somebody is signed in and may return. */
export function SignIn({ workspace, onBack }: { workspace: WorkspaceInfo; onBack?: () => void }) {
  const { t } = useText();
  const users = useQuery(api.users.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const people = (users.data ?? []).filter((u) => !u.disabled);
  const user = people.find((u) => u.userId === chosen) ?? (people.length === 1 ? people[0] : undefined);
  return (
    <main className="whole">
      <section className="card signin">
        <Brand label={t('common.appName')} />
        <p className="t3">{workspace.name}</p>
        <h1>{t('start.signIn.title')}</h1>
        <p className="t2">{t('start.signIn.lead')}</p>
        {users.isPending ? <Waiting /> : null}
        {users.isError ? <ErrorNote error={users.error} /> : null}
        {users.isSuccess && people.length === 0 ? <p className="t3">{t('start.signIn.empty')}</p> : null}
        <ul className="people" aria-label={t('start.signIn.people')}>
          {people.map((u) => (
            <li key={u.userId}>
              <button
                type="button"
                className="person"
                aria-pressed={u.userId === user?.userId}
                onClick={() => setChosen(u.userId)}
              >
                <Avatar name={u.name} size="xl" />
                <span className="grow">
                  <span className="cut person-name">{u.name}</span>
                  <span className="t3 s12">{t(`common.role.${u.role}`)}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {user ? <PinForm key={user.userId} user={user} /> : null}
        {onBack ? (
          <Btn kind="quiet" onClick={onBack}>
            {t('common.act.back')}
          </Btn>
        ) : null}
      </section>
    </main>
  );
}
