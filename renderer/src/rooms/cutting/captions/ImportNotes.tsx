import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import type { CaptionImport } from './use-caption-import.ts';

/** A file that was read beside captions that are there already, and what reading a file mended. */
export function ImportNotes({ imports }: { imports: CaptionImport }) {
  const { t } = useText();
  const { asked, notes } = imports;
  return (
    <>
      {asked ? (
        <section className="notice captions-note" role="status">
          <Icon name="cap" />
          <div>
            <b className="wrap">{t('cutting.captions.read', { count: asked.cues.length, name: asked.name })}</b>
            <div className="row notice-acts">
              <Btn size="xs" onClick={() => imports.take(asked, 'replace')}>
                {t('cutting.captions.replace')}
              </Btn>
              <Btn size="xs" onClick={() => imports.take(asked, 'append')}>
                {t('cutting.captions.append')}
              </Btn>
              <Btn size="xs" kind="quiet" onClick={imports.leave}>
                {t('cutting.captions.leave')}
              </Btn>
            </div>
          </div>
        </section>
      ) : null}
      {notes ? (
        <section className="notice warn captions-note" role="status">
          <Icon name="alert" />
          <div>
            <div className="row">
              <b className="grow wrap">{t('cutting.captions.repairs', { name: notes.name })}</b>
              <IconBtn icon="x" size="sm" label={t('story.repairs.dismiss')} onClick={imports.dismiss} />
            </div>
            <ul>
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
