/** The search in the captions: what is looked for, what was found, and where it stands. */
import { useMemo, useState } from 'react';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { useCut } from '../use-cut.ts';
import { findInCues, hitFrom, replaceHits, type FindPlace, type Hit } from './find-cues.ts';
import { settleTyping } from './typing.ts';

export function useCueFind(cues: readonly Cue[], open: boolean) {
  const { t } = useText();
  const { session, player } = useCut();
  const [query, setQuery] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [place, setPlace] = useState<FindPlace>({ index: 0, field: 'text', offset: 0 });
  const hits = useMemo(() => (open ? findInCues(cues, { query, matchCase }) : []), [cues, query, matchCase, open]);
  const byCue = useMemo(() => {
    const map = new Map<number, Hit[]>();
    for (const hit of hits) map.set(hit.index, [...(map.get(hit.index) ?? []), hit]);
    return map;
  }, [hits]);
  const at = hitFrom(hits, place);
  const goTo = (hit: Hit | undefined) => {
    if (!hit) return;
    settleTyping();
    setPlace({ index: hit.index, field: hit.field, offset: hit.start });
    // The words are marked where they are read, not where they are written.
    session.select(null);
    player.pause();
    player.seek(cues[hit.index]?.startUs ?? 0);
  };
  const move = (step: 1 | -1) => goTo(hits[(at + step + hits.length) % Math.max(1, hits.length)]);
  const search = (next: { query?: string; matchCase?: boolean }) => {
    const options = { query: next.query ?? query, matchCase: next.matchCase ?? matchCase };
    setQuery(options.query);
    setMatchCase(options.matchCase);
    const found = findInCues(cues, options);
    goTo(found[hitFrom(found, place)]);
  };
  const replaceOne = (words: string) => {
    const hit = hits[at];
    if (!hit) return;
    const { operations } = replaceHits(cues, [hit], words);
    if (operations.length > 0 && !session.run(operations)) return;
    const { cues: now } = session.getState().timeline.captions;
    const behind = { index: hit.index, field: hit.field, offset: hit.start + words.length };
    setPlace(behind);
    const left = findInCues(now, { query, matchCase });
    const next = left[hitFrom(left, behind)];
    if (next) player.seek(now[next.index]?.startUs ?? 0);
  };
  const replaceAll = (words: string) => {
    const { operations, count } = replaceHits(cues, hits, words);
    if (operations.length > 0 && session.run(operations)) toast(t('editor.find.replaced', { count }));
  };
  return { query, matchCase, search, hits, byCue, at, current: hits[at] ?? null, move, replaceOne, replaceAll };
}

export type CueFind = ReturnType<typeof useCueFind>;
