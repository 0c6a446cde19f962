import { PasswordInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { KeyProtection } from '../../../../core/model/contract/index.ts';
import { useMay } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { KeyForm } from './KeyForm.tsx';
import { Setting } from './Setting.tsx';

const refresh = () => queryClient.invalidateQueries({ queryKey: api.keys.protection.key() });

/** Opens a locked key until the workspace is closed. */
function Unlock() {
  const { t, explain } = useText();
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const sentence = error ? explain(error) : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    client.keys
      .unlock({ passphrase })
      .then(() => {
        toast(t('settings.key.unlocked'));
        return refresh();
      }, setError)
      .finally(() => setBusy(false));
  };
  return (
    <form className="key-unlock" onSubmit={submit} noValidate aria-label={t('settings.key.unlock')}>
      <PasswordInput
        label={t('settings.key.field.unlock')}
        value={passphrase}
        maxLength={1024}
        autoComplete="current-password"
        error={sentence ? `${sentence.message} ${sentence.hint}` : undefined}
        onChange={(e) => setPassphrase(e.currentTarget.value)}
      />
      <Btn type="submit" disabled={passphrase === ''} busy={busy && t('settings.key.unlocking')}>
        {t('settings.key.unlock')}
      </Btn>
    </form>
  );
}

/** What keeps this process from signing, and what to do about it. */
function Troubles({ state }: { state: KeyProtection }) {
  const { t } = useText();
  return (
    <>
      {state.locked && state.kept === 'passphrase' ? <Unlock /> : null}
      {state.locked && state.kept === 'system' && state.system.refusal !== null ? (
        <p className="notice warn key-note">
          <Icon name="alert" />
          <span>{t(`settings.key.closed.${state.system.refusal}`)}</span>
        </p>
      ) : null}
      {state.leftover ? (
        <p className="notice warn key-note">
          <Icon name="alert" />
          <span>{t('settings.key.leftover')}</span>
        </p>
      ) : null}
    </>
  );
}

/** How the signing key is kept now, and the way to keep it otherwise. */
export function SigningKey() {
  const { t } = useText();
  const mayChange = useMay('key.manage');
  const [open, setOpen] = useState(false);
  const { data: state, error } = useQuery(api.keys.protection.queryOptions());
  const hint = state ? t(`settings.key.now.${state.kept}`) : t('settings.key.asking');
  return (
    <>
      <Setting title={t('settings.key.title')} hint={mayChange ? hint : `${hint}${t('settings.key.ownerOnly')}`}>
        <span className="row">
          {state ? (
            <span className={state.locked ? 'chip warn' : 'chip'}>
              {state.locked ? t('settings.key.locked') : t(`settings.key.form.${state.kept}`)}
            </span>
          ) : null}
          {mayChange && state ? (
            <Btn size="sm" icon="key" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('settings.key.change')}
            </Btn>
          ) : null}
        </span>
      </Setting>
      {error ? <ErrorNote error={error} /> : null}
      {state ? <Troubles state={state} /> : null}
      {open && state ? (
        <KeyForm
          present={state}
          onClose={() => setOpen(false)}
          onDone={(kept) => {
            setOpen(false);
            toast(t(`settings.key.done.${kept}`));
            void refresh();
          }}
        />
      ) : null}
    </>
  );
}
