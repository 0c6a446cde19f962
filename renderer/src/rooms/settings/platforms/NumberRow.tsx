import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { GRADES } from '../../../../../core/model/platforms/profile.ts';
import type { PlatformProblem } from '../../../../../core/model/platforms/problems.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { shown, typed, valueAt, type Field, type Row } from './form-rows.ts';
import type { PlatformDraft } from './use-platform-draft.ts';
import { usePlatformWords } from './use-platform-words.ts';

/** The field of a row at which a problem is said. */
export function fieldOf(row: Row, { place, why }: PlatformProblem): string | null {
  const last = row.fields.at(-1)?.key ?? '';
  if (place === row.place) return why === 'address' ? 'source' : last;
  if (!place.startsWith(`${row.place}.`)) return null;
  const key = place.slice(row.place.length + 1).split('.')[0] ?? '';
  return [...row.fields.map((field) => field.key), 'source', 'checked', 'grade'].includes(key) ? key : null;
}

interface FieldProps {
  draft: PlatformDraft;
  row: Row;
  field: Field;
  label: string;
  error: string | undefined;
}

/** One number or word. What is being typed stands as it was typed until the field is left. */
function ValueField({ draft, row, field, label, error }: FieldProps) {
  const words = usePlatformWords();
  const { t } = useText();
  const [text, setText] = useState<string | null>(null);
  const value = shown(valueAt(draft.json, `${row.place}.${field.key}`), field.unit);
  if (field.kind === 'choice') {
    return (
      <Select
        label={label}
        value={value}
        error={error}
        allowDeselect={false}
        data={(field.choices ?? []).map((choice) => ({ value: choice, label: words.field(choice) }))}
        onChange={(next) => next !== null && draft.edit(row, field.key, next)}
      />
    );
  }
  return (
    <TextInput
      className={field.kind === 'number' ? 'pf-number' : 'pf-word'}
      label={label}
      value={text ?? value}
      error={error}
      {...(field.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      placeholder={field.optional ? t('platforms.nothing') : ''}
      onChange={(e) => {
        setText(e.currentTarget.value);
        draft.edit(row, field.key, typed(e.currentTarget.value, field));
      }}
      onBlur={() => setText(null)}
    />
  );
}

/** Where a number is from, when that was looked up, and how good it is. */
function ProofFields({
  draft,
  row,
  errorAt,
}: {
  draft: PlatformDraft;
  row: Row;
  errorAt: (key: string) => string | undefined;
}) {
  const { t } = useText();
  const words = usePlatformWords();
  const at = (key: string): string => {
    const value = valueAt(draft.json, `${row.place}.${key}`);
    return typeof value === 'string' ? value : '';
  };
  const was = valueAt(draft.was(row), 'source');
  return (
    <>
      <TextInput
        className="pf-source"
        label={t('platforms.source')}
        value={at('source')}
        error={errorAt('source')}
        placeholder={typeof was === 'string' ? was : ''}
        title={at('source')}
        onChange={(e) => draft.edit(row, 'source', e.currentTarget.value)}
      />
      <TextInput
        className="pf-day"
        type="date"
        label={t('platforms.checked')}
        value={at('checked')}
        error={errorAt('checked')}
        onChange={(e) => draft.edit(row, 'checked', e.currentTarget.value)}
      />
      {row.proof === 'full' ? (
        <Select
          className="pf-grade"
          label={t('platforms.grade')}
          value={at('grade')}
          error={errorAt('grade')}
          allowDeselect={false}
          data={GRADES.map((grade) => ({ value: grade, label: words.field(grade) }))}
          onChange={(next) => next !== null && draft.edit(row, 'grade', next)}
        />
      ) : null}
    </>
  );
}

/** One row of the form: its numbers, where they are from, what is wrong with them. */
export function NumberRow({ draft, row, mayEdit }: { draft: PlatformDraft; row: Row; mayEdit: boolean }) {
  const { t } = useText();
  const words = usePlatformWords();
  const name = `${words.row(row.name)}${row.nth === null ? '' : ` ${String(row.nth)}`}`;
  const changed = draft.isChanged(row);
  const isThere = draft.was(row) !== undefined;
  const errorAt = (key: string): string | undefined => {
    const found = draft.problems.find((problem) => fieldOf(row, problem) === key);
    return found ? words.problem(found) : undefined;
  };
  const labelOf = (field: Field): string => {
    const unit = words.unit(field.unit);
    const label = words.field(field.label);
    return unit === '' ? label : t('platforms.labelUnit', { label, unit });
  };
  return (
    <fieldset className="pf-row" data-changed={changed || undefined} data-place={row.place} disabled={!mayEdit}>
      <legend className="vh">{name}</legend>
      <div className="pf-name">
        <b aria-hidden="true">{name}</b>
        {changed ? (
          <span className="chip warn">{t(isThere ? 'platforms.changedHere' : 'platforms.addedHere')}</span>
        ) : null}
        {changed && isThere && mayEdit ? (
          <Btn
            size="xs"
            kind="quiet"
            icon="undo"
            onClick={() => draft.giveBack(row)}
            aria-label={t('platforms.giveBackOf', { name })}
          >
            {t('platforms.giveBackOne')}
          </Btn>
        ) : null}
        {row.removable && mayEdit ? (
          <IconBtn
            icon="trash"
            className="pf-away"
            size="sm"
            label={t('platforms.takeAway', { name })}
            onClick={() => draft.set(row.place, undefined)}
          />
        ) : null}
      </div>
      <div className="pf-fields">
        {row.fields.map((field) => (
          <ValueField
            key={field.key}
            draft={draft}
            row={row}
            field={field}
            label={labelOf(field)}
            error={errorAt(field.key)}
          />
        ))}
        {row.proof === 'none' ? null : <ProofFields draft={draft} row={row} errorAt={errorAt} />}
      </div>
    </fieldset>
  );
}
