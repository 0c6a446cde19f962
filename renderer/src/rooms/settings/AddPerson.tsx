import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import { ROLES, type Role } from '../../../../core/model/roles.ts';
import { client } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';

type NewRole = Exclude<Role, 'owner'>;
const NEW_ROLES = ROLES.filter((role): role is NewRole => role !== 'owner');

interface AddPersonProps {
  onAdded: (name: string) => void;
  onClose: () => void;
}

/** A new person: name, role, first PIN. */
export function AddPerson({ onAdded, onClose }: AddPersonProps) {
  const { t, explain } = useText();
  const [name, setName] = useState('');
  const [role, setRole] = useState<NewRole>('editor');
  const [pin, setPin] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const code = error ? toStudioError(error).code : null;
  const sentence = error ? explain(error) : null;
  const at = (wanted: string) => (code === wanted && sentence ? `${sentence.message} ${sentence.hint}` : undefined);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    client.users
      .add({ name: name.trim(), role, pin })
      .then(() => onAdded(name.trim()), setError)
      .finally(() => setBusy(false));
  };
  return (
    <form className="card add-person" onSubmit={submit} noValidate aria-label={t('settings.people.add')}>
      <TextInput
        label={t('settings.people.name')}
        value={name}
        maxLength={80}
        autoFocus
        error={at('name_taken')}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Select
        label={t('settings.people.role')}
        value={role}
        allowDeselect={false}
        data={NEW_ROLES.map((value) => ({ value, label: t(`common.role.${value}`) }))}
        description={t(`settings.people.roleHint.${role}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        onChange={(value) => setRole(NEW_ROLES.find((r) => r === value) ?? 'editor')}
      />
      <PasswordInput
        label={t('settings.people.pin')}
        description={t('settings.people.pinHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={pin}
        maxLength={128}
        autoComplete="new-password"
        error={at('weak_pin')}
        onChange={(e) => setPin(e.currentTarget.value)}
      />
      {error && code !== 'name_taken' && code !== 'weak_pin' ? (
        <div className="wide">
          <ErrorNote error={error} />
        </div>
      ) : null}
      <div className="row wide">
        <Btn type="submit" kind="primary" disabled={busy || name.trim() === ''}>
          {t('settings.people.addSubmit')}
        </Btn>
        <Btn kind="quiet" onClick={onClose}>
          {t('common.act.cancel')}
        </Btn>
      </div>
    </form>
  );
}
