import { Select, Switch } from '@mantine/core';
import type { ArticleDiff } from '../../../../../core/model/article/diff/index.ts';
import { formatNumber, formatWhen } from '../../../format/format.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useSavedAt } from '../use-autosave.ts';
import type { StorySession } from '../use-story-session.ts';
import type { SideName } from './side-name.ts';
import type { Sides } from './use-sides.ts';

interface SideHeadProps {
  label: string;
  name: SideName;
  sides: Sides;
  session: StorySession;
  onChange: (name: SideName) => void;
}

/** Which text stands on this side, and who wrote it when. */
function SideHead({ label, name, sides, session, onChange }: SideHeadProps) {
  const { t, language } = useText();
  const now = useNow();
  const savedAt = useSavedAt(session.autosave);
  const version = sides.versions.find(({ n }) => n === name);
  const who = version?.author.name ?? session.story.updatedBy.name;
  const when = formatWhen(version?.createdAt ?? savedAt, now, language);
  const data = [
    { value: 'draft', label: t('story.versions.current') },
    ...sides.versions.map(({ n, name: given }) => ({
      value: String(n),
      label: given === null ? t('story.versionN', { n }) : `${t('story.versionN', { n })} · ${given}`,
    })),
  ];
  return (
    <div className="cmp-side">
      <Select
        label={label}
        data={data}
        value={String(name)}
        allowDeselect={false}
        onChange={(value) => onChange(value === null || value === 'draft' ? 'draft' : Number(value))}
      />
      <span className="t3 s12 cut">
        {who} · {when}
      </span>
    </div>
  );
}

interface CompareHeadProps {
  session: StorySession;
  sides: Sides;
  names: { a: SideName; b: SideName };
  diff: ArticleDiff | null;
  current: number | null;
  fold: boolean;
  canTake: boolean;
  onNames: (names: { a: SideName; b: SideName }) => void;
  onFold: (fold: boolean) => void;
  onStep: (by: 1 | -1) => void;
  onTake: () => void;
  onClose: () => void;
}

/** Over the comparison: the two sides, how much changed, and the ways through it. */
export function CompareHead(props: CompareHeadProps) {
  const { session, sides, names, diff, current, fold, canTake, onNames, onFold, onStep, onTake, onClose } = props;
  const { t, language } = useText();
  const count = diff?.stats.changes ?? 0;
  const n = (value: number) => formatNumber(value, language);
  const none = count === 0;
  return (
    <div className="cmp-head">
      <div className="cmp-sides">
        <SideHead
          label={t('compare.before')}
          name={names.a}
          sides={sides}
          session={session}
          onChange={(a) => onNames({ ...names, a })}
        />
        <IconBtn icon="reuse" label={t('compare.swap')} onClick={() => onNames({ a: names.b, b: names.a })} />
        <SideHead
          label={t('compare.after')}
          name={names.b}
          sides={sides}
          session={session}
          onChange={(b) => onNames({ ...names, b })}
        />
        <span className="grow" />
        <IconBtn icon="x" label={t('compare.close')} shortcut="Escape" onClick={onClose} />
      </div>
      <div className="row cmp-bar">
        <span role="status" className="grow">
          {diff
            ? [
                ...diff.whole.map(({ part }) => t(`compare.whole.${part}`)),
                ...(none
                  ? [diff.whole.length > 0 ? t('compare.sameText') : t('compare.same')]
                  : [t('compare.count', { count, ins: n(diff.stats.insertedChars), del: n(diff.stats.deletedChars) })]),
              ].join(' · ')
            : ''}
        </span>
        <Switch
          size="xs"
          label={t('compare.onlyChanges')}
          checked={fold}
          disabled={none}
          onChange={(e) => onFold(e.currentTarget.checked)}
        />
        <IconBtn
          icon="up"
          label={t('compare.previous')}
          shortcut={shortcutOf('compare.previous')}
          disabled={none}
          onClick={() => onStep(-1)}
        />
        <span className="t3 s12 nowrap cmp-where">
          {none ? '' : `${current === null ? '–' : current + 1} / ${count}`}
        </span>
        <IconBtn
          icon="down"
          label={t('compare.next')}
          shortcut={shortcutOf('compare.next')}
          disabled={none}
          onClick={() => onStep(1)}
        />
        {session.canEdit ? (
          <Btn size="sm" icon="undo" disabled={!canTake} onClick={onTake}>
            {t('compare.take')}
          </Btn>
        ) : null}
      </div>
    </div>
  );
}
