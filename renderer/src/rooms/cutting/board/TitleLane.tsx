import { memo } from 'react';
import { titleLookOf } from '../../../../../core/model/timeline/title-looks.ts';
import type { Title } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { titleByDrag } from '../acts.ts';
import { cueTime } from '../time/timecode.ts';
import { useCutState } from '../use-cut.ts';
import { SpanBlock, type SetCaught } from './SpanBlock.tsx';
import { SpanLane } from './SpanLane.tsx';
import { useDrawn, type BoardView } from './use-board-view.ts';

interface BlockProps {
  title: Title;
  view: BoardView;
  selected: boolean;
  setCaught: SetCaught;
  row: number;
  rows: number;
}

/** What a title says, in one line; the name of its look where it says nothing. */
export function wordsOf(title: Title, language: 'zh' | 'en'): string {
  const look = titleLookOf(title.look);
  const said = (look?.lines ?? []).flatMap(({ field }) => title.texts[field]?.replaceAll('\n', ' ').trim() || []);
  return said.join(' · ') || (look?.name[language] ?? title.look);
}

/** One title, name bar or mark. */
const TitleBlock = memo(function TitleBlock({ title, view, selected, setCaught, row, rows }: BlockProps) {
  const { t, language } = useText();
  const words = wordsOf(title, language === 'en' ? 'en' : 'zh');
  return (
    <SpanBlock
      item={{ kind: 'title', id: title.id }}
      span={title}
      label={t('picture.title.block', { text: words, time: cueTime(title.startUs) })}
      title={words}
      className="ttl"
      view={view}
      selected={selected}
      setCaught={setCaught}
      row={row}
      rows={rows}
      dragged={(part, byUs) => titleByDrag(title, part, byUs)}
    >
      <span className="span-text">
        <span className="cut">{words}</span>
      </span>
    </SpanBlock>
  );
});

interface LaneProps {
  view: BoardView;
  setCaught: SetCaught;
}

/** Titles, name bars and marks; takes room only when there are some. */
export function TitleLane({ view, setCaught }: LaneProps) {
  const { t } = useText();
  const { timeline } = useCutState();
  const { fromUs, toUs } = useDrawn(view, 'beside');
  return (
    <SpanLane
      kind="title"
      items={timeline.titles}
      spanOf={(title) => title}
      label={t('picture.title.lane')}
      lane="titles"
      {...{ fromUs, toUs }}
      block={(title, place) => <TitleBlock key={title.id} {...{ title, view, setCaught }} {...place} />}
    />
  );
}
