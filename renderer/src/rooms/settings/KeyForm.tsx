import { PasswordInput, Radio } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import type { KeyKept, KeyProtection } from '../../../../core/model/contract/index.ts';
import { client } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';

const FORMS: readonly KeyKept[] = ['file', 'passphrase', 'system'];

interface KeyFormProps {
  present: KeyProtection;
  onDone: (kept: KeyKept) => void;
  onClose: () => void;
}

interface PassphraseFieldProps {
  name: 'present' | 'fresh' | 'again';
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

function PassphraseField({ name, value, error, onChange }: PassphraseFieldProps) {
  const { t } = useText();
  return (
    <PasswordInput
      label={t(`settings.key.field.${name}`)}
      description={name === 'fresh' ? t('settings.key.field.freshHint') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      maxLength={1024}
      autoComplete={name === 'present' ? 'current-password' : 'new-password'}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

/** The three ways a key can be kept, each with what it means here. */
function Choices({
  present,
  kept,
  onChange,
}: {
  present: KeyProtection;
  kept: KeyKept;
  onChange: (k: KeyKept) => void;
}) {
  const { t } = useText();
  const { refusal } = present.system;
  return (
    <Radio.Group
      label={t('settings.key.how')}
      value={kept}
      onChange={(value) => onChange(FORMS.find((form) => form === value) ?? 'file')}
    >
      <div className="key-forms">
        {FORMS.map((form) => {
          const why = form === 'system' && refusal !== null && present.kept !== 'system' ? refusal : null;
          return (
            <Radio
              key={form}
              value={form}
              label={t(`settings.key.form.${form}`)}
              description={why === null ? t(`settings.key.formHint.${form}`) : t(`settings.key.refusal.${why}`)}
              disabled={why !== null}
            />
          );
        })}
      </div>
    </Radio.Group>
  );
}

/** Keeps the signing key another way: which, the passphrase it is locked with now, the new one twice. */
export function KeyForm({ present, onDone, onClose }: KeyFormProps) {
  const { t, explain } = useText();
  const [kept, setKept] = useState<KeyKept>(present.kept);
  const [words, setWords] = useState({ present: '', fresh: '', again: '' });
  const [unequal, setUnequal] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // With its buttons, whichever choice is taken: the form is taller than what is left of a small window.
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' });
  }, [kept]);
  const type = (name: keyof typeof words) => (value: string) => setWords({ ...words, [name]: value });
  const code = error ? toStudioError(error).code : null;
  const sentence = error ? explain(error) : null;
  const at = (wanted: string) => (code === wanted && sentence ? `${sentence.message} ${sentence.hint}` : undefined);
  const asksPresent = present.kept === 'passphrase';
  const asksFresh = kept === 'passphrase';
  const same = kept === present.kept && kept !== 'passphrase';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setError(null);
    setUnequal(asksFresh && words.fresh !== words.again);
    if (asksFresh && words.fresh !== words.again) return;
    setBusy(true);
    client.keys
      .protect({
        kept,
        ...(asksFresh ? { passphrase: words.fresh } : {}),
        ...(asksPresent ? { present: words.present } : {}),
      })
      .then(() => onDone(kept), setError)
      .finally(() => setBusy(false));
  };
  return (
    <form ref={form} className="card key-form" onSubmit={submit} noValidate aria-label={t('settings.key.change')}>
      <Choices present={present} kept={kept} onChange={setKept} />
      {asksPresent ? (
        <PassphraseField
          name="present"
          value={words.present}
          error={at('wrong_passphrase')}
          onChange={type('present')}
        />
      ) : null}
      {asksFresh ? (
        <div className="key-twice">
          <PassphraseField name="fresh" value={words.fresh} error={at('weak_passphrase')} onChange={type('fresh')} />
          <PassphraseField
            name="again"
            value={words.again}
            error={unequal ? t('settings.key.unequal') : undefined}
            onChange={type('again')}
          />
        </div>
      ) : null}
      {same ? null : (
        <p className={kept === 'file' ? 'notice' : 'notice warn'}>
          <Icon name={kept === 'file' ? 'info' : 'alert'} />
          <span>{t(`settings.key.warning.${kept}`)}</span>
        </p>
      )}
      {error && code !== 'wrong_passphrase' && code !== 'weak_passphrase' ? <ErrorNote error={error} /> : null}
      <div className="row">
        <Btn
          type="submit"
          kind="primary"
          disabled={same || (asksFresh && words.fresh === '') || (asksPresent && words.present === '')}
          busy={busy && t('settings.key.changing')}
        >
          {t(`settings.key.submit.${kept}`)}
        </Btn>
        <Btn kind="quiet" onClick={onClose} disabled={busy}>
          {t('common.act.cancel')}
        </Btn>
      </div>
    </form>
  );
}
