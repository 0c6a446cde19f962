import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PackageSummary, VerifyResult } from '../../../../core/model/contract/packages.ts';
import { errorMessage } from '../../../../core/model/errors.ts';
import { desktop } from '../../client/bridge.ts';
import { client } from '../../client/client.ts';
import { formatBytes, formatFull, formatWhen } from '../../format/format.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { useNow } from '../../ui/use-now.ts';
import { shortHash } from '../review/route-view.ts';
import { useStageName } from '../review/use-words.ts';
import { useProblemWords, useTargetName } from './use-words.ts';

/** What looking at every byte again has found. */
function Verified({ result }: { result: VerifyResult }) {
  const { t, language } = useText();
  const stageName = useStageName();
  const problemWords = useProblemWords();
  const now = useNow();
  const refused = result.refused === null ? '' : errorMessage(result.refused, {}, language);
  const said = result.ok ? t('packages.made.verifyOk') : t('packages.made.verifyBad', { why: refused });
  return (
    <div className={result.ok ? 'notice ok' : 'notice need'} role="status">
      <Icon name={result.ok ? 'shield' : 'alert'} />
      <div>
        <b>{said}</b>
        <ul className="verified">
          {result.problems.map((problem) => (
            <li key={`${problem.file} ${problem.what}`} className="wrap">
              {t('packages.made.problem', { file: problem.file, what: problemWords(problem.what) })}
            </li>
          ))}
          {result.approvals.map(({ stage, who, at, ok }) => (
            <li key={`${stage} ${who}`}>
              {ok
                ? t('packages.made.approval', { stage: stageName(stage), who, time: formatWhen(at, now, language) })
                : t('packages.made.approvalBad', { stage: stageName(stage), who })}
            </li>
          ))}
          <li className="wrap">
            {result.signer === 'unknown'
              ? t('packages.made.signerUnknown')
              : t('packages.made.signer', { signer: result.signer })}
          </li>
        </ul>
      </div>
    </div>
  );
}

interface MadePackageProps {
  made: PackageSummary;
  /** In a list of many stories the title is said, and leads to the story's packages. */
  withTitle?: boolean;
  /** Hash of what is approved now: a package of it says so. */
  current?: string | null;
  /** The job that made it just now. */
  jobId?: string | undefined;
}

/** A package that was made: what it holds, where it lies, and whether it is still what was signed. */
export function MadePackage({ made, withTitle = false, current = null, jobId }: MadePackageProps) {
  const { t, language, explain } = useText();
  const now = useNow();
  const targetName = useTargetName();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<VerifyResult | null>(null);
  const files = made.targets.flatMap((target) => target.files);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const tell = (error: unknown) => toast(inOneLine(explain(error), language), { icon: 'alert' });
  const verify = () => {
    setBusy(true);
    client.packages
      .verify({ packageId: made.packageId })
      .then(setResult, tell)
      .finally(() => setBusy(false));
  };
  const copy = () => {
    navigator.clipboard.writeText(made.dir).then(() => toast(t('packages.made.copied'), { icon: 'copy' }), tell);
  };
  return (
    <li className="made">
      <div className="made-head">
        <span className="made-name">
          {withTitle ? (
            <Link className="b cut" to="/packages/$storyId" params={{ storyId: made.storyId }}>
              {made.title || t('stories.untitled')}
            </Link>
          ) : (
            <span className="b">{made.targets.map(({ target }) => targetName(target)).join(' · ')}</span>
          )}
          {made.draft ? <span className="chip warn">{t('packages.draft')}</span> : null}
          {jobId === undefined ? null : <span className="chip ok">{t('packages.make.result')}</span>}
          {!made.draft && current === made.manifestHash ? (
            <span className="chip ok">{t('packages.made.current')}</span>
          ) : null}
        </span>
        <span className="row">
          <Btn size="xs" icon="copy" kind="quiet" onClick={copy}>
            {t('packages.made.copy')}
          </Btn>
          {desktop && jobId !== undefined ? (
            <Btn size="xs" icon="folder" onClick={() => void desktop?.showMade(jobId).catch(tell)}>
              {t('common.act.showInFolder')}
            </Btn>
          ) : null}
          <Btn size="xs" icon="shield" busy={busy && t('packages.made.verifying')} onClick={verify}>
            {t('packages.made.verify')}
          </Btn>
        </span>
      </div>
      <p className="s12 t3 made-facts">
        {withTitle ? <span>{made.targets.map(({ target }) => targetName(target)).join(' · ')}</span> : null}
        <span>{t('packages.made.files', { count: files.length })}</span>
        <span>{t('packages.made.size', { size: formatBytes(bytes, language) })}</span>
        <span title={formatFull(made.createdAt, language)}>
          {t('packages.made.by', { name: made.createdBy.name, time: formatWhen(made.createdAt, now, language) })}
        </span>
        <span className="mono" title={made.manifestHash}>
          {shortHash(made.manifestHash)}
        </span>
      </p>
      <p className="s12 t2 wrap made-dir">
        <Icon name="folder" size={14} />
        <span>{made.dir}</span>
      </p>
      {result ? <Verified result={result} /> : null}
    </li>
  );
}
