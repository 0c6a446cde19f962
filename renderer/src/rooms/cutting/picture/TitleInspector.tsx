/** The selected title: how it looks, what it says, when and where it is. */
import { Select, Textarea } from '@mantine/core';
import { TITLE_LOOKS, titleLookOf } from '../../../../../core/model/timeline/title-looks.ts';
import type { OperationOf } from '../../../../../core/model/timeline/operation.ts';
import type { Title } from '../../../../../core/model/timeline/timeline.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Seconds } from '../Seconds.tsx';
import { useCut } from '../use-cut.ts';

type Change = Omit<OperationOf<'editTitle'>, 'type' | 'titleId'>;

/** Shortest length a field takes, microseconds. */
const SHORTEST_US = 300_000;

export function TitleInspector({ title }: { title: Title }) {
  const { t, language } = useText();
  const { session, edit, setEdit, player } = useCut();
  const disabled = !session.canEdit;
  const look = titleLookOf(title.look);
  const lang = language === 'en' ? 'en' : 'zh';
  const set = (change: Change, mark?: string) =>
    void session.run(
      { type: 'editTitle', titleId: title.id, ...change },
      mark === undefined ? null : `${mark}-${title.id}`,
    );
  const placing = edit?.kind === 'title' && edit.titleId === title.id;
  const place = () => {
    player.pause();
    const us = player.getTime();
    // Where it has come in and is not yet going out again.
    if (us < title.startUs || us >= title.endUs) player.seek(Math.round((title.startUs + title.endUs) / 2));
    setEdit({ kind: 'title', titleId: title.id });
  };
  return (
    <div className="insp">
      <h3 id="look-label">{t('picture.title.look')}</h3>
      <Select
        aria-labelledby="look-label"
        size="xs"
        allowDeselect={false}
        value={title.look}
        disabled={disabled}
        data={TITLE_LOOKS.map(({ id, name }) => ({ value: id, label: name[lang] }))}
        onChange={(value) => value !== null && set({ look: value })}
      />
      {(look?.lines ?? []).map(({ field, name, sample }) => (
        <Textarea
          // Done with the words: from here on the keys are the room's.
          onKeyDown={(e) => {
            if (e.key === 'Escape') e.currentTarget.blur();
          }}
          key={field}
          label={name[lang]}
          size="xs"
          autosize
          minRows={1}
          maxRows={6}
          placeholder={sample}
          value={title.texts[field] ?? ''}
          disabled={disabled}
          onChange={(e) => set({ texts: { ...title.texts, [field]: e.currentTarget.value } }, `title-${field}`)}
          onBlur={() => session.closeStep()}
        />
      ))}
      <div className="insp-three">
        <Seconds
          label={t('cutting.sound.start')}
          us={title.startUs}
          disabled={disabled}
          onChange={(startUs) => set({ startUs, endUs: startUs + (title.endUs - title.startUs) }, 'title-start')}
        />
        <Seconds
          label={t('cutting.inspector.duration')}
          us={title.endUs - title.startUs}
          disabled={disabled}
          onChange={(us) => us >= SHORTEST_US && set({ endUs: title.startUs + us }, 'title-length')}
        />
      </div>
      {disabled ? null : (
        <div className="row insp-acts">
          <Btn size="sm" aria-pressed={placing} onClick={() => (placing ? setEdit(null) : place())}>
            {t(placing ? 'picture.done' : 'picture.title.place')}
          </Btn>
          {title.at ? (
            <Btn size="sm" kind="quiet" onClick={() => set({ at: null })}>
              {t('picture.title.ownPlace')}
            </Btn>
          ) : null}
          <span className="grow" />
          <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
            {t('picture.title.remove')}
          </Btn>
        </div>
      )}
    </div>
  );
}
