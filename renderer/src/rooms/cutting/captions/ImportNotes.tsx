import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { cueTime } from '../time/timecode.ts';
import { useCutState } from '../use-cut.ts';
import type { CaptionImport, ReadFile } from './use-caption-import.ts';

/** A file that was read: where its captions go, and whether they are in two languages. */
function AskedFile({ imports, file }: { imports: CaptionImport; file: ReadFile }) {
  const { t } = useText();
  const { timeline } = useCutState();
  const [split, setSplit] = useState(true);
  const { name, cues, both } = file;
  const some = timeline.captions.cues.length > 0;
  const two = both !== null && split;
  return (
    <section className="notice captions-note" role="status">
      <Icon name="cap" />
      <div>
        <b className="wrap">{t('cutting.captions.read', { count: two ? both.cues.length : cues.length, name })}</b>
        {both ? (
          <Switch
            size="xs"
            label={t('captions.second.split', { count: both.count })}
            checked={split}
            onChange={(e) => setSplit(e.currentTarget.checked)}
          />
        ) : null}
        <div className="row notice-acts">
          <Btn size="xs" onClick={() => imports.take(file, 'replace', two)}>
            {t(some ? 'cutting.captions.replace' : 'captions.second.take')}
          </Btn>
          {some ? (
            <Btn size="xs" onClick={() => imports.take(file, 'append', two)}>
              {t('cutting.captions.append')}
            </Btn>
          ) : null}
          {some && !two ? (
            <Btn size="xs" onClick={() => imports.take(file, 'second')}>
              {t('captions.second.match')}
            </Btn>
          ) : null}
          <Btn size="xs" kind="quiet" onClick={imports.leave}>
            {t('cutting.captions.leave')}
          </Btn>
        </div>
      </div>
    </section>
  );
}

/** A file that was read beside captions that are there already, and what reading a file mended or left out. */
export function ImportNotes({ imports }: { imports: CaptionImport }) {
  const { t } = useText();
  const { asked, notes } = imports;
  return (
    <>
      {asked ? <AskedFile key={asked.cues[0]?.id} imports={imports} file={asked} /> : null}
      {notes ? (
        <section className="notice warn captions-note" role="status">
          <Icon name="alert" />
          <div>
            <div className="row">
              <b className="grow wrap">
                {notes.left.length > 0
                  ? t('captions.second.left', { count: notes.left.length, name: notes.name })
                  : notes.away > 0
                    ? t('captions.tracks.away', { count: notes.away })
                    : t('cutting.captions.repairs', { name: notes.name })}
              </b>
              <IconBtn icon="x" size="sm" label={t('story.repairs.dismiss')} onClick={imports.dismiss} />
            </div>
            <ul>
              {notes.left.map(({ startUs, text }) => (
                <li key={`${String(startUs)} ${text}`}>{`${cueTime(startUs)} ${text.replaceAll('\n', ' ')}`}</li>
              ))}
              {notes.repairs.map((repair) => (
                <li key={`${repair.code} ${repair.message}`}>
                  {repair.message}
                  {repair.count > 1 ? (
                    <span className="t2"> {t('story.repairs.times', { count: repair.count })}</span>
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        </section>
      ) : null}
    </>
  );
}
