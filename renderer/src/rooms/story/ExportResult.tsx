import { Modal } from '@mantine/core';
import type { RenderedArticle } from '../../../../core/model/contract/articles.ts';
import { partWords, warningWords } from '../../../../core/model/targets/words.ts';
import { desktop } from '../../client/bridge.ts';
import { formatBytes } from '../../format/format.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import './export.css';

export interface Exported {
  made: RenderedArticle;
  jobId: string;
}

export const worriesOf = ({ made }: Exported): number => made.lost.length + made.warnings.length;

/** What is to be looked at: sentences first, then what had no place in this target and the words where it stood. */
function Worries({ made }: Pick<Exported, 'made'>) {
  const { t, language } = useText();
  return (
    <ul className="exp-worries" aria-label={t('editor.export.worries')}>
      {made.warnings.map((warning) => (
        <li key={warning.code} className="tw">
          <Icon name="alert" size={14} />
          <span>{warningWords(warning, language)}</span>
        </li>
      ))}
      {made.lost.map(({ what, where }, i) => (
        // A part may be lost twice in the same words; the list never changes its order.
        <li key={`${what} ${where} ${String(i)}`}>
          <Icon name="info" size={14} />
          <span>{t('editor.export.lost', { what: partWords(what, language), where })}</span>
        </li>
      ))}
    </ul>
  );
}

function Where({ made, jobId }: Exported) {
  const { t, explain, language } = useText();
  const tell = (error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' });
  const copy = () => {
    navigator.clipboard.writeText(made.dir).then(() => toast(t('packages.made.copied'), { icon: 'copy' }), tell);
  };
  return (
    <div className="row exp-acts">
      <Btn size="sm" icon="copy" kind="quiet" onClick={copy}>
        {t('packages.made.copy')}
      </Btn>
      {desktop ? (
        <Btn size="sm" icon="folder" onClick={() => void desktop?.showMade(jobId).catch(tell)}>
          {t('common.act.showInFolder')}
        </Btn>
      ) : null}
    </div>
  );
}

/** What an export wrote, where it lies, and everything of the text that did not go along. */
export function ExportResult({
  exported,
  opened,
  onClose,
}: {
  exported: Exported;
  opened: boolean;
  onClose: () => void;
}) {
  const { t, language } = useText();
  const { made } = exported;
  const name = t(`packages.target.${made.target}`);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('editor.export.result', { target: name })}
      size="lg"
      padding="lg"
      closeButtonProps={{ 'aria-label': t('common.act.close') }}
    >
      <p className="s12 t3 wrap">{made.dir}</p>
      <ul className="exp-files">
        {made.files.map((file) => (
          <li key={file.path} className="row">
            <span className="grow cut">{file.path}</span>
            <span className="t3 s12">{formatBytes(file.bytes, language)}</span>
          </li>
        ))}
      </ul>
      {worriesOf(exported) > 0 ? <Worries made={made} /> : <p className="tok">{t('editor.export.whole')}</p>}
      <Where {...exported} />
    </Modal>
  );
}
