import { PasswordInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { User } from '../../../../core/model/contract/index.ts';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import { client } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { toast } from '../../ui/toast.tsx';

interface PinFormProps {
  user: User;
  /** One's own PIN is changed by whoever knows the present one. */
  askOld: boolean;
  onDone: () => void;
}

/** A new PIN for one person. */
export function PinForm({ user, askOld, onDone }: PinFormProps) {
  const { t, explain } = useText();
  const [oldPin, setOldPin] = useState('');
  const [pin, setPin] = useState('');
  const [error, setError] = useState<unknown>(null);
  const sentence = error ? explain(error) : null;
  const text = sentence ? `${sentence.message} ${sentence.hint}` : undefined;
  const aboutOld = error !== null && ['wrong_pin', 'locked_out'].includes(toStudioError(error).code);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setError(null);
    client.users.setPin({ userId: user.userId, pin, ...(askOld ? { oldPin } : {}) }).then(() => {
      toast(t('settings.people.pinDone', { name: user.name }));
      onDone();
    }, setError);
  };
  return (
    <form className="pin-form" onSubmit={submit} noValidate>
      {askOld ? (
        <PasswordInput
          label={t('settings.people.oldPin')}
          value={oldPin}
          maxLength={128}
          autoComplete="current-password"
          error={aboutOld ? text : undefined}
          onChange={(e) => setOldPin(e.currentTarget.value)}
        />
      ) : null}
      <PasswordInput
        label={t('settings.people.newPin')}
        description={t('settings.people.pinHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={pin}
        maxLength={128}
        autoComplete="new-password"
        error={aboutOld ? undefined : text}
        onChange={(e) => setPin(e.currentTarget.value)}
      />
      <Btn type="submit" disabled={pin === ''}>
        {t('settings.people.pinSubmit')}
      </Btn>
    </form>
  );
}
