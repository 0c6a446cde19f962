import { TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { desktop } from '../../client/bridge.ts';
import { client } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Opening } from './use-opening.ts';

interface DirFieldProps {
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (dir: string) => void;
}

/** A folder: written, or (in the desktop window) chosen. */
function DirField({ label, value, error, onChange }: DirFieldProps) {
  const { t } = useText();
  const choose = () => {
    void desktop?.chooseFolder().then((dir) => {
      if (dir !== null) onChange(dir);
    });
  };
  return (
    <div className="row dir-field">
      <TextInput
        className="grow"
        label={label}
        value={value}
        error={error}
        spellCheck={false}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
      {desktop ? <Btn onClick={choose}>{t('common.act.browse')}</Btn> : null}
    </div>
  );
}

/** A new workspace: the office's name and a folder. */
export function CreateCard({ opening, defaultDir }: { opening: Opening; defaultDir: string }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [dir, setDir] = useState(defaultDir);
  const [tried, setTried] = useState(false);
  const busy = opening.busy === 'create';

  const begin = () => {
    setOpen(true);
    if (!desktop) return;
    void desktop.chooseFolder().then((chosen) => {
      if (chosen !== null) setDir(chosen);
    });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || dir.trim() === '') return;
    opening.run('create', () => client.workspace.create({ name: name.trim(), dir: dir.trim() }));
  };

  return (
    <section className="card opt">
      <span className="pic">
        <Icon name="folder" size={28} />
      </span>
      <div>
        <h2>{t('start.first.create.title')}</h2>
        <p>{t('start.first.create.text')}</p>
      </div>
      {open ? (
        <span />
      ) : (
        <Btn size="lg" disabled={opening.busy !== null} onClick={begin}>
          {t('start.first.create.action')}
        </Btn>
      )}
      {open ? (
        <form className="opt-more" onSubmit={submit} noValidate>
          <TextInput
            label={t('start.first.create.name')}
            placeholder={t('start.first.create.nameHint')}
            value={name}
            maxLength={80}
            data-autofocus
            autoFocus
            error={tried && name.trim() === '' ? t('start.first.create.noName') : undefined}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <DirField
            label={t('start.first.create.dir')}
            value={dir}
            error={tried && dir.trim() === '' ? t('start.first.create.noDir') : undefined}
            onChange={setDir}
          />
          {opening.error?.what === 'create' ? <ErrorNote error={opening.error.error} /> : null}
          <div className="row">
            <Btn type="submit" busy={busy && t('start.first.create.busy')} disabled={opening.busy !== null}>
              {t('start.first.create.submit')}
            </Btn>
            <Btn kind="quiet" onClick={() => setOpen(false)}>
              {t('common.act.cancel')}
            </Btn>
          </div>
        </form>
      ) : null}
    </section>
  );
}

/** A workspace that exists already: chosen in the desktop window, written in a browser. */
export function OpenCard({ opening }: { opening: Opening }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [dir, setDir] = useState('');
  const [tried, setTried] = useState(false);
  const start = (chosen: string) => opening.run('open', () => client.workspace.open({ dir: chosen }));

  const begin = () => {
    if (!desktop) {
      setOpen(true);
      return;
    }
    void desktop.chooseFolder().then((chosen) => {
      if (chosen !== null) start(chosen);
    });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (dir.trim() !== '') start(dir.trim());
  };

  return (
    <section className="card opt">
      <span className="pic">
        <Icon name="story" size={28} />
      </span>
      <div>
        <h2>{t('start.first.open.title')}</h2>
        <p>{t('start.first.open.text')}</p>
      </div>
      {open ? (
        <span />
      ) : (
        <Btn
          size="lg"
          busy={opening.busy === 'open' && t('start.first.open.busy')}
          disabled={opening.busy !== null}
          onClick={begin}
        >
          {t('start.first.open.action')}
        </Btn>
      )}
      {open ? (
        <form className="opt-more" onSubmit={submit} noValidate>
          <DirField
            label={t('start.first.open.dir')}
            value={dir}
            error={tried && dir.trim() === '' ? t('start.first.create.noDir') : undefined}
            onChange={setDir}
          />
          <div className="row">
            <Btn
              type="submit"
              busy={opening.busy === 'open' && t('start.first.open.busy')}
              disabled={opening.busy !== null}
            >
              {t('start.first.open.submit')}
            </Btn>
            <Btn kind="quiet" onClick={() => setOpen(false)}>
              {t('common.act.cancel')}
            </Btn>
          </div>
        </form>
      ) : null}
      {opening.error?.what === 'open' ? (
        <div className="opt-more">
          <ErrorNote error={opening.error.error} />
        </div>
      ) : null}
    </section>
  );
}
