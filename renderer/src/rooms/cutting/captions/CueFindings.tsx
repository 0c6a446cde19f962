import type { CaptionRule } from '../../../../../core/model/captions/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import type { Finding } from './use-caption-fixes.ts';

interface CueFindingsProps {
  findings: readonly Finding[];
  /** Place of the caption, from 0. */
  index: number;
  /** Undefined: this person only looks. */
  onFix: ((rule: CaptionRule) => void) | undefined;
}

/** What is wrong with a caption, each with its fix where one is certain. */
export function CueFindings({ findings, index, onFix }: CueFindingsProps) {
  const { t, language } = useText();
  return (
    <ul className="wn">
      {findings.map((finding) => {
        const what =
          language === 'zh-CN'
            ? finding.message.replace(/^第 \d+ 条/, '').replace(/（.*）$/, '')
            : t(`cutting.rule.${finding.rule}`);
        return (
          <li
            key={finding.rule}
            className={finding.hint ? 'hint' : undefined}
            title={language === 'zh-CN' ? `${finding.message} ${finding.fix}` : undefined}
          >
            <Icon name={finding.hint ? 'info' : 'alert'} size={14} />
            <span className="wrap grow">{what}</span>
            {onFix && finding.fixable ? (
              <Btn
                size="xs"
                kind="quiet"
                aria-label={t('captions.fix.oneOf', { n: index + 1, what })}
                onClick={() => onFix(finding.rule)}
              >
                {t('captions.fix.one')}
              </Btn>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
