import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { DeskItem } from '../../../../core/model/contract/packages.ts';
import { formatFull, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { useNow } from '../../ui/use-now.ts';
import { kindsOf, type Why } from './desk-view.ts';

/** Where a thing is done: the signature in the review, the revision in the story, the package in packages. */
function placeOf({ why, storyId }: DeskItem) {
  const params = { storyId };
  if (why === 'sign') return { to: '/review/$storyId', params } as const;
  if (why === 'approved') return { to: '/packages/$storyId', params } as const;
  return { to: '/stories/$storyId', params, search: why === 'returned' ? { panel: 'review' as const } : {} } as const;
}

const CHIP: Record<Why, string> = { sign: 'chip', returned: 'chip need', approved: 'chip ok', write: 'chip' };

function MyRow({ item }: { item: DeskItem }) {
  const { t, language } = useText();
  const now = useNow();
  const navigate = useNavigate();
  const place = placeOf(item);
  const { why, stage, text } = item;
  const { name } = item.by;
  const chip =
    why === 'sign'
      ? stage === null
        ? t('desk.why.signNoStage')
        : t('desk.why.sign', { stage })
      : t(`desk.why.${why}`);
  return (
    <li className="li">
      <Cover key={item.coverAssetId} assetId={item.coverAssetId} />
      <div className="tx">
        <div className="ti">
          <Link className="cut cover-link" {...place}>
            {item.title || t('stories.untitled')}
          </Link>
          <span className={CHIP[why]}>{chip}</span>
        </div>
        <div className="su cut" title={text}>
          {text === '' ? t(`desk.from.${why}`, { name }) : t('desk.said', { name, text })}
        </div>
      </div>
      <div className="due">
        <b title={formatFull(item.at, language)}>{formatWhen(item.at, now, language)}</b>
      </div>
      <Btn size="sm" className="row-act" onClick={() => void navigate(place)}>
        {t(`desk.act.${why}`)}
      </Btn>
    </li>
  );
}

/** What waits for the person, oldest first, with a switch between the kinds. */
export function MyList({ items }: { items: DeskItem[] }) {
  const { t } = useText();
  const [chosen, setChosen] = useState<Why | 'all'>('all');
  const kinds = kindsOf(items);
  // The last thing of a kind may be done meanwhile; then everything is shown again.
  const kind = kinds.some(({ why }) => why === chosen) ? chosen : 'all';
  const shown = kind === 'all' ? items : items.filter((item) => item.why === kind);
  return (
    <section aria-label={t('desk.mine.title')}>
      <div className="sec">
        <h2>{t('desk.mine.title')}</h2>
        {items.length > 0 ? <span className="n">{items.length}</span> : null}
        {kinds.length > 1 ? (
          <SegmentedControl
            className="push"
            aria-label={t('desk.mine.filter')}
            value={kind}
            onChange={(value) => setChosen(kinds.find(({ why }) => why === value)?.why ?? 'all')}
            data={[
              { value: 'all', label: t('desk.mine.all') },
              ...kinds.map(({ why, n }) => ({ value: why, label: t(`desk.mine.${why}`, { n }) })),
            ]}
          />
        ) : null}
      </div>
      {items.length === 0 ? <p className="t3 desk-none">{t('desk.mine.empty')}</p> : null}
      <ul className="list desk-list">
        {shown.map((item) => (
          <MyRow key={`${item.storyId} ${item.why}`} item={item} />
        ))}
      </ul>
    </section>
  );
}
