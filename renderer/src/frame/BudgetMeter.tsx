import { Tooltip } from '@mantine/core';
import type { BudgetLine } from '../../../core/model/wechat/index.ts';
import { useView } from '../app/view.ts';
import { formatNumber } from '../format/format.ts';
import { useText } from '../i18n/use-text.ts';

/** Titles and the like are short: they stand as numbers. The text has a bar. An author only where one is named. */
const SHORT = ['title', 'digest', 'author'] as const;

function useSay() {
  const { t, language } = useText();
  return (line: BudgetLine) =>
    t('editor.wechat.budget.of', {
      value: formatNumber(line.value, language),
      limit: formatNumber(line.limit, language),
    });
}

function Details({ budget }: { budget: readonly BudgetLine[] }) {
  const { t } = useText();
  const say = useSay();
  return (
    <span className="budget-all">
      {budget.map((line) => (
        <span key={line.what}>
          {`${t(`editor.wechat.budget.${line.what}`)}  ${say(line)}  ${t(`editor.wechat.budget.${line.level}`)}`}
        </span>
      ))}
    </span>
  );
}

/** How much of an official account's limit the *final* HTML of the open story takes. */
export function BudgetMeter() {
  const { t } = useText();
  const say = useSay();
  const budget = useView((s) => s.budget);
  const chars = budget?.find((line) => line.what === 'chars');
  if (!budget || !chars) return null;
  return (
    <Tooltip label={<Details budget={budget} />} multiline>
      <span
        className="it budget"
        data-level={chars.level}
        tabIndex={0}
        role="group"
        aria-label={t('editor.wechat.budget.label')}
      >
        {t('editor.wechat.budget.chars')}
        <meter min={0} max={chars.limit} value={Math.min(chars.value, chars.limit)} aria-hidden="true" />
        <span className={`lv ${chars.level}`}>{say(chars)}</span>
        {budget
          .filter((line) => SHORT.some((what) => what === line.what) && (line.what !== 'author' || line.value > 0))
          .map((line) => (
            <span key={line.what} className={`lv ${line.level}`}>
              {`${t(`editor.wechat.budget.${line.what}`)} ${say(line)}`}
            </span>
          ))}
      </span>
    </Tooltip>
  );
}
