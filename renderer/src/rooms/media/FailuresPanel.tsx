import { errorDataText, useText } from '../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { MediaImport } from './use-media-import.ts';

/** What was not imported: each file with the reason, the way out, and another try. */
export function FailuresPanel({ imports }: { imports: MediaImport }) {
  const { t, language } = useText();
  const count = imports.failures.length;
  return (
    <aside className="panel" data-region="side" aria-label={t('media.failedTitle', { count })}>
      <div className="panel-head">
        <h2 className="grow">{t('media.failedTitle', { count })}</h2>
        <IconBtn icon="x" label={t('media.failedClose')} onClick={imports.clearFailures} />
      </div>
      <ul className="panel-body failures">
        {imports.failures.map((failure) => {
          const text = errorDataText(failure.error, language);
          return (
            <li key={`${failure.name} ${JSON.stringify(failure.source)}`}>
              <div className="row">
                <span className="tw">
                  <Icon name="alert" />
                </span>
                <b className="wrap">{failure.name}</b>
              </div>
              <p>{text.message}</p>
              <p className="t3">{text.hint}</p>
              <div className="row">
                {failure.error.code === 'media_truncated' && failure.error.params['salvage'] !== 'no' ? (
                  <Btn size="sm" onClick={() => imports.again(failure, true)}>
                    {t('media.salvage')}
                  </Btn>
                ) : null}
                <Btn size="sm" kind="quiet" onClick={() => imports.again(failure, false)}>
                  {t('media.retry')}
                </Btn>
              </div>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
