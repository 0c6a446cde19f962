import { Menu, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { OfficePlatform } from '../../../../../core/model/contract/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { GROUPS, addables, shown, valueAt, type Group, type Json } from './form-rows.ts';
import { NumberRow, fieldOf } from './NumberRow.tsx';
import type { Opened } from './kept-platform.ts';
import { todayText, usePlatformDraft, type PlatformDraft } from './use-platform-draft.ts';
import { usePlatformWords } from './use-platform-words.ts';

const NAMES = ['name.zh', 'name.en'] as const;

/** What people call it; of one that is being added also what folders and the command line call it. */
function NameFields({ draft, isNew }: { draft: PlatformDraft; isNew: boolean }) {
  const { t } = useText();
  const words = usePlatformWords();
  const fields = isNew ? (['target', ...NAMES] as const) : NAMES;
  return (
    <div className="pf-names">
      {fields.map((place) => {
        const problem = draft.problems.find((one) => one.place === place);
        return (
          <TextInput
            key={place}
            label={t(`platforms.names.${place === 'target' ? 'id' : place === 'name.zh' ? 'zh' : 'en'}`)}
            {...(place === 'target' ? { description: t('platforms.names.idHint') } : {})}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={shown(valueAt(draft.json, place), 'none')}
            maxLength={32}
            error={problem && words.problem(problem)}
            onChange={(e) => draft.set(place, e.currentTarget.value)}
          />
        );
      })}
    </div>
  );
}

/** What a group does not say yet. */
function AddTo({ draft, group }: { draft: PlatformDraft; group: Group }) {
  const { t } = useText();
  const words = usePlatformWords();
  const all = addables(draft.json, group, todayText());
  if (all.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Btn
          size="xs"
          kind="quiet"
          icon="plus"
          after="down"
          aria-label={t('platforms.addTo', { group: t(`platforms.group.${group}`) })}
        >
          {t('platforms.add')}
        </Btn>
      </Menu.Target>
      <Menu.Dropdown>
        {all.map(({ name, place, value }) => (
          <Menu.Item key={name} onClick={() => draft.set(place, value)}>
            {words.row(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Problems that no field of the form has. */
function OtherProblems({ draft, isNew }: { draft: PlatformDraft; isNew: boolean }) {
  const words = usePlatformWords();
  const named: readonly string[] = isNew ? ['target', ...NAMES] : NAMES;
  const others = draft.problems.filter(
    (problem) => !named.includes(problem.place) && !draft.rows.some((row) => fieldOf(row, problem) !== null),
  );
  if (others.length === 0) return null;
  return (
    <ul className="notice bad" role="alert">
      {others.map((problem) => (
        <li key={`${problem.place} ${problem.why}`}>
          {words.place(problem.place)} <code>{problem.place}</code> {words.problem(problem)}
        </li>
      ))}
    </ul>
  );
}

function GroupOf({ draft, group, mayEdit }: { draft: PlatformDraft; group: Group; mayEdit: boolean }) {
  const { t } = useText();
  const rows = draft.rows.filter((row) => row.group === group);
  return (
    <section className="pf-group" aria-label={t(`platforms.group.${group}`)}>
      <div className="pf-head">
        <h2>{t(`platforms.group.${group}`)}</h2>
        <span className="t3 s12 grow">{t(`platforms.groupHint.${group}`)}</span>
        {mayEdit ? <AddTo draft={draft} group={group} /> : null}
      </div>
      {rows.length === 0 ? <p className="t3 s12">{t('platforms.groupEmpty')}</p> : null}
      {rows.map((row) => (
        <NumberRow key={row.place} draft={draft} row={row} mayEdit={mayEdit} />
      ))}
    </section>
  );
}

interface FormProps {
  opened: Opened;
  mayEdit: boolean;
  /** With what was changed and not kept. */
  onClose: (unsaved: Json | null) => void;
  onKept: (kept: OfficePlatform) => void;
}

/** A platform's numbers, in groups. What is wrong is said at its field, and the first such field is gone to. */
export function PlatformForm({ opened, mayEdit, onClose, onKept }: FormProps) {
  const { t } = useText();
  const draft = usePlatformDraft(opened, onKept);
  const form = useRef<HTMLFormElement>(null);
  const { tried } = draft;
  const { title } = opened;
  useEffect(() => {
    if (tried === 0) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const room = first?.closest('.scroll');
    if (!first || !room) return;
    // In the middle of the room, and not under the bar that stays on top.
    const [place, seen] = [first.getBoundingClientRect(), room.getBoundingClientRect()];
    room.scrollBy({ top: place.top - seen.top - seen.height / 2 });
    first.focus({ preventScroll: true });
  }, [tried]);
  const count = draft.problems.length;
  return (
    <form
      ref={form}
      className="pf-form"
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void draft.save();
      }}
    >
      <div className="pf-top">
        <Btn onClick={() => onClose(draft.dirty ? draft.json : null)}>{t('platforms.back')}</Btn>
        <h2 className="grow cut">{title}</h2>
        {count > 0 ? (
          <span className="ta s12" role="status">
            {t('platforms.problems', { count })}
          </span>
        ) : null}
        {mayEdit ? (
          <Btn
            type="submit"
            kind="primary"
            disabled={!draft.dirty && !opened.isNew}
            busy={draft.busy && t('platforms.saving')}
          >
            {t('platforms.save')}
          </Btn>
        ) : null}
      </div>
      {mayEdit ? null : (
        <p className="notice">
          <Icon name="info" />
          <span>{t('platforms.onlyManagers')}</span>
        </p>
      )}
      {draft.error ? <ErrorNote error={draft.error} /> : null}
      <OtherProblems draft={draft} isNew={opened.isNew} />
      <fieldset className="pf-plain" disabled={!mayEdit}>
        <legend className="vh">{t('platforms.names.label')}</legend>
        <NameFields draft={draft} isNew={opened.isNew} />
      </fieldset>
      {GROUPS.map((group) => (
        <GroupOf key={group} draft={draft} group={group} mayEdit={mayEdit} />
      ))}
      <p className="t3 s12">{t('platforms.fixed')}</p>
    </form>
  );
}
