import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../../core/model/contract/index.ts';
import { useMay, useSession } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { toast } from '../../ui/toast.tsx';
import { AddPerson } from './AddPerson.tsx';
import { PinForm } from './PinForm.tsx';

const refresh = () => queryClient.invalidateQueries({ queryKey: api.users.list.key() });

function Person({ user, manager }: { user: User; manager: boolean }) {
  const { t, explain } = useText();
  const me = useSession().user;
  const [pinOpen, setPinOpen] = useState(false);
  const self = user.userId === me.userId;
  const setDisabled = (disabled: boolean) => {
    client.users
      .setDisabled({ userId: user.userId, disabled })
      .then(refresh)
      .then(
        () => toast(t(disabled ? 'settings.people.disabledDone' : 'settings.people.enabledDone', { name: user.name })),
        (error: unknown) => toast(explain(error).message, { icon: 'alert' }),
      );
  };
  return (
    <li className="person-row">
      <Avatar name={user.name} size="lg" />
      <div className="grow">
        <div className="row">
          <b className="cut">{user.name}</b>
          {self ? <span className="chip">{t('settings.people.you')}</span> : null}
          {user.disabled ? <span className="chip warn">{t('settings.people.disabled')}</span> : null}
          {user.hasPin ? null : <span className="t3 s12">{t('settings.people.noPin')}</span>}
        </div>
        <div className="t3 s12">{t(`common.role.${user.role}`)}</div>
      </div>
      {(self || manager) && !user.disabled ? (
        <Btn size="sm" aria-expanded={pinOpen} onClick={() => setPinOpen(!pinOpen)}>
          {self ? t('settings.people.changePin') : t('settings.people.setPin')}
        </Btn>
      ) : null}
      {manager && !self && user.role !== 'owner' ? (
        <Btn size="sm" kind="quiet" onClick={() => setDisabled(!user.disabled)}>
          {user.disabled ? t('settings.people.enable') : t('settings.people.disable')}
        </Btn>
      ) : null}
      {pinOpen ? (
        <PinForm
          user={user}
          askOld={self && user.hasPin}
          onDone={() => {
            setPinOpen(false);
            void refresh();
          }}
        />
      ) : null}
    </li>
  );
}

/** Who works here. */
export function PeopleTab() {
  const { t } = useText();
  const manager = useMay('user.manage');
  const [adding, setAdding] = useState(false);
  const users = useQuery(api.users.list.queryOptions());
  return (
    <>
      <div className="settings-lead">
        <p className="t2 grow">{t('settings.people.lead')}</p>
        {manager && !adding ? (
          <Btn kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('settings.people.add')}
          </Btn>
        ) : null}
      </div>
      {manager ? null : (
        <p className="notice">
          <Icon name="info" />
          <span>{t('settings.people.onlyManagers')}</span>
        </p>
      )}
      {adding ? (
        <AddPerson
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            setAdding(false);
            toast(t('settings.people.added', { name }));
            void refresh();
          }}
        />
      ) : null}
      {users.isPending ? <Waiting /> : null}
      {users.isError ? <ErrorNote error={users.error} /> : null}
      <ul className="people-list" aria-label={t('settings.people.title')}>
        {(users.data ?? []).map((user) => (
          <Person key={user.userId} user={user} manager={manager} />
        ))}
      </ul>
    </>
  );
}
