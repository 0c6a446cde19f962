import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaptionRule } from '../../../../../core/model/captions/index.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { useAtPlayhead, useCutState } from '../use-cut.ts';
import { CueRow } from './CueRow.tsx';
import { guessedHeight, rowsToKeep } from './cue-rows.ts';
import type { CaptionFindings } from './use-caption-fixes.ts';
import type { CueFind } from './use-cue-find.ts';

/** Rows drawn beyond either edge of what is seen. */
const OVERSCAN = 6;

interface CueListProps {
  cues: readonly Cue[];
  findings: CaptionFindings;
  onFix: (cueId: string, rule: CaptionRule) => void;
  find: CueFind;
  /** The second language has a field in every row. */
  second: boolean;
}

/**
 * Draws the rows that are seen, and two more places: the row that is being written in (its field keeps focus and letters
 * however far one scrolls), and the one the focus is in with its neighbours, so that Tab goes on from there.
 */
function useRows({ cues, findings, second }: CueListProps, selected: string | null) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const placeOf = useMemo(() => new Map(cues.map(({ id }, at) => [id, at] as const)), [cues]);
  const kept = useMemo(() => rowsToKeep(placeOf, selected, focused), [placeOf, selected, focused]);
  // The same functions as long as nothing changed: with new ones every row would be placed anew each time.
  const getItemKey = useCallback((at: number) => cues[at]?.id ?? at, [cues]);
  const rangeExtractor = useCallback(
    (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...kept.filter((at) => at < range.count)])].sort((a, b) => a - b),
    [kept],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- what it returns goes to no memoized component
  const rows = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: cues.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => {
      const { text = '', translation = second ? '' : null } = cues[at] ?? {};
      return guessedHeight(text, findings.byCue.get(at)?.length ?? 0, translation);
    },
    getItemKey,
    overscan: OVERSCAN,
    rangeExtractor,
  });
  return { scroller, rows, placeOf, setFocused };
}

/** Brings the row into view as soon as it is another one. */
function useInView(at: number | null, rows: ReturnType<typeof useRows>['rows'], nonce: unknown = null): void {
  useEffect(() => {
    if (at !== null) rows.scrollToIndex(at, { align: 'auto' });
  }, [at, rows, nonce]);
}

/** The captions, one under the other. Of a long list only what is seen stands in the page; each row says its place in all. */
export function CueList(props: CueListProps) {
  const { cues, findings, onFix, find, second } = props;
  const { t } = useText();
  const { selection } = useCutState();
  const selected = selection?.kind === 'cue' ? selection.id : null;
  const shown = useAtPlayhead((us) => cues.find(({ startUs, endUs }) => startUs <= us && us < endUs)?.id ?? null);
  const { scroller, rows, placeOf, setFocused } = useRows(props, selected);
  const place = (id: string | null): number | null => (id === null ? null : (placeOf.get(id) ?? null));
  useInView(place(shown), rows);
  useInView(place(selected), rows);
  // Last: where the search stands is what somebody asked for just now.
  useInView(find.current?.index ?? null, rows, find.current?.start);
  return (
    <div className="scroll captions-scroll" ref={scroller}>
      {cues.length === 0 ? (
        <Empty small icon="cap" title={t('cutting.captions.empty')} text={t('cutting.captions.emptyText')} />
      ) : null}
      <ol
        className="cue-list"
        aria-label={t('cutting.captions.list')}
        style={{ height: rows.getTotalSize() }}
        onFocus={(e) => setFocused(e.target.closest('li[data-cue]')?.getAttribute('data-cue') ?? null)}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const cue = cues[index];
          if (!cue) return null;
          const [sel, on] = [cue.id === selected, cue.id === shown];
          return (
            <li
              key={cue.id}
              ref={rows.measureElement}
              data-index={index}
              data-cue={cue.id}
              className={`cue${sel ? ' sel' : ''}${on ? ' on' : ''}`}
              style={{ transform: `translateY(${String(start)}px)` }}
              aria-setsize={cues.length}
              aria-posinset={index + 1}
              aria-current={on ? 'true' : undefined}
            >
              <CueRow
                cue={cue}
                index={index}
                findings={findings.byCue.get(index)}
                onFix={onFix}
                hits={find.byCue.get(index)}
                hitAt={find.current?.index === index ? find.current : null}
                second={second}
                selected={sel}
                last={index === cues.length - 1}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
