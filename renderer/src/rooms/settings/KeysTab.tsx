import { TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { COMMANDS, type Command } from '../../commands/definitions.ts';
import { canChange, chooseKeys, keysOf, resetKeys, takenBy, useOwnKeys } from '../../commands/keys.ts';
import { isMac, shortcutFrom } from '../../commands/shortcut.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { toast } from '../../ui/toast.tsx';

const GROUPS = ['everywhere', 'cutting', 'editor'] as const;
const groupOf = ({ keys }: Command): (typeof GROUPS)[number] => keys ?? 'everywhere';

/** Waits for the keys that are to run a command. What they ran until now is told, and asked about. */
function Asking({ command, onDone }: { command: Command; onDone: () => void }) {
  const { t } = useText();
  const [wanted, setWanted] = useState<{ keys: string; by: Command } | null>(null);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      onDone();
      return;
    }
    const keys = shortcutFrom({ ...event, code: event.nativeEvent.code, key: event.key }, isMac);
    if (keys === null) return;
    const by = takenBy(command, keys);
    if (by) {
      setWanted({ keys, by });
      return;
    }
    chooseKeys(command, keys);
    onDone();
  };
  const take = () => {
    if (!wanted) return;
    chooseKeys(command, wanted.keys, wanted.by);
    toast(t('settings.keys.taken', { name: t(`frame.command.${wanted.by.id}`) }), { icon: 'info' });
    onDone();
  };
  if (!wanted) {
    return (
      <button type="button" className="keys-ask" autoFocus onKeyDown={press} onBlur={onDone}>
        {t('settings.keys.press')}
      </button>
    );
  }
  const fixed = !canChange(wanted.by);
  return (
    <span className="row keys-taken">
      <Kbd keys={wanted.keys} />
      <span className="s12">{t('settings.keys.isTaken', { name: t(`frame.command.${wanted.by.id}`) })}</span>
      {fixed ? null : (
        <Btn size="xs" autoFocus onClick={take}>
          {t('settings.keys.take')}
        </Btn>
      )}
      <Btn size="xs" kind="quiet" onClick={onDone}>
        {t('common.act.cancel')}
      </Btn>
    </span>
  );
}

function Row({ command }: { command: Command }) {
  const { t } = useText();
  const { own } = useOwnKeys();
  const [asking, setAsking] = useState(false);
  const name = t(`frame.command.${command.id}`);
  const keys = keysOf(command);
  const changed = own[command.id] !== undefined;
  return (
    <li className={keys.length === 0 ? 'keys-row keyless' : 'keys-row'} aria-label={name}>
      <span className="grow">{name}</span>
      {asking ? (
        <Asking command={command} onDone={() => setAsking(false)} />
      ) : (
        <span className="row">
          {keys.length === 0 ? <span className="t3 s12">{t('settings.keys.none')}</span> : null}
          {keys.map((each) => (
            <Kbd key={each} keys={each} />
          ))}
        </span>
      )}
      {canChange(command) && !asking ? (
        <span className="row keys-acts">
          <Btn
            size="xs"
            kind="quiet"
            aria-label={t('settings.keys.changeOf', { name })}
            onClick={() => setAsking(true)}
          >
            {t('settings.keys.change')}
          </Btn>
          {changed ? (
            <Btn
              size="xs"
              kind="quiet"
              aria-label={t('settings.keys.resetOf', { name })}
              onClick={() => resetKeys(command)}
            >
              {t('settings.keys.reset')}
            </Btn>
          ) : null}
        </span>
      ) : null}
    </li>
  );
}

/** Every command and its keys: to read, to change, to print. */
export function KeysTab() {
  const { t } = useText();
  const { own } = useOwnKeys();
  const [text, setText] = useState('');
  const needle = text.trim().toLowerCase();
  const found = COMMANDS.filter((command) => t(`frame.command.${command.id}`).toLowerCase().includes(needle));
  return (
    <div className="keys">
      <div className="row keys-head">
        <TextInput
          className="grow"
          aria-label={t('settings.keys.find')}
          placeholder={t('settings.keys.find')}
          value={text}
          leftSection={<Icon name="search" size={14} />}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <Btn disabled={Object.keys(own).length === 0} onClick={() => resetKeys(null)}>
          {t('settings.keys.resetAll')}
        </Btn>
        <Btn icon="download" onClick={() => window.print()}>
          {t('settings.keys.print')}
        </Btn>
      </div>
      <div className="keys-sheet">
        {GROUPS.map((group) => {
          const list = found.filter((command) => groupOf(command) === group);
          if (list.length === 0) return null;
          return (
            <section key={group}>
              <h2>{t(`settings.keys.group.${group}`)}</h2>
              {group === 'editor' ? <p className="t3 s12">{t('settings.keys.fixed')}</p> : null}
              <ul>
                {list.map((command) => (
                  <Row key={command.id} command={command} />
                ))}
              </ul>
            </section>
          );
        })}
        {found.length === 0 ? <p className="t3">{t('settings.keys.nothing')}</p> : null}
      </div>
    </div>
  );
}
