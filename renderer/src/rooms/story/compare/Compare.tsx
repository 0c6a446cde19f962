import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { diffArticles, type ArticleChange } from '../../../../../core/model/article/diff/index.ts';
import { useCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { toast } from '../../../ui/toast.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import type { StorySession } from '../use-story-session.ts';
import { CompareHead } from './CompareHead.tsx';
import { Compared } from './Compared.tsx';
import { takeBlock } from './take-block.ts';
import type { SideName } from './side-name.ts';
import { useSides } from './use-sides.ts';
import './compare.css';

/** Longer articles open with only what changed. */
const FOLD_FROM = 12;

interface CompareProps {
  session: StorySession;
  names: { a: SideName; b: SideName };
}

/** The old side of a change can be put into the draft: it was there, and is not the same now. */
const takeable = (change: ArticleChange | undefined): change is ArticleChange & { a: number } =>
  change !== undefined && change.a !== null && (change.b === null || change.edits.length > 0);

/** Escape closes, also when nothing has the focus: a button that went away while it was pressed takes the focus with it. */
function useEscape(root: React.RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const { activeElement, body } = document;
      if (activeElement === body || root.current?.contains(activeElement) === true) latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [root]);
}

/** Two texts of the story, one drawn into the other, in the place of the editor. */
export function Compare({ session, names }: CompareProps) {
  const { t } = useText();
  const root = useRef<HTMLElement>(null);
  const sides = useSides(session, names);
  const { a, b } = sides;
  const [docA, docB, titleA, titleB] = [a?.doc, b?.doc, a?.title, b?.title];
  const diff = useMemo(
    () => (docA && docB ? diffArticles({ title: titleA ?? '', doc: docA }, { title: titleB ?? '', doc: docB }) : null),
    [docA, docB, titleA, titleB],
  );
  const [picked, setPicked] = useState<number | null>(null);
  const [foldChosen, setFold] = useState<boolean | null>(null);
  const fold = foldChosen ?? (docB?.content?.length ?? 0) >= FOLD_FROM;
  const count = diff?.changes.length ?? 0;
  const current = picked !== null && picked < count ? picked : null;

  const pick = useCallback((index: number) => {
    setPicked(index);
    // After the tag has been drawn anew.
    requestAnimationFrame(() => {
      const tag = root.current?.querySelector<HTMLElement>(`[data-change="${index}"]`);
      tag?.scrollIntoView({ block: 'center' });
      tag?.focus({ preventScroll: true });
    });
  }, []);
  const step = (by: 1 | -1) => {
    if (count === 0) return;
    pick(current === null ? (by === 1 ? 0 : count - 1) : (current + by + count) % count);
  };
  const close = () => session.setViewing(null);
  const change = current === null ? undefined : diff?.changes[current];
  const take = () => {
    if (!a || !takeable(change)) return;
    const { editor } = session;
    void session.snapshot('restore');
    if (!takeBlock(editor, a.doc, change.a)) {
      toast(t('compare.takenAlready'), { icon: 'info' });
      return;
    }
    const undo = { label: t('common.act.undo'), run: () => void editor.commands.undo() };
    toast(t('compare.taken'), { icon: 'undo', action: undo });
  };
  useCommand('compare.next', () => step(1));
  useCommand('compare.previous', () => step(-1));
  useCommand('compare.take', take, session.canEdit && takeable(change));
  useCommand('compare.close', close);
  useEscape(root, close);
  return (
    <section ref={root} className="cmp" aria-label={t('compare.title')}>
      <CompareHead
        session={session}
        sides={sides}
        names={names}
        diff={diff}
        current={current}
        fold={fold}
        canTake={takeable(change)}
        onNames={(next) => {
          setPicked(null);
          session.setViewing({ kind: 'compare', ...next });
        }}
        onFold={setFold}
        onStep={step}
        onTake={take}
        onClose={close}
      />
      {sides.error ? <ErrorNote error={sides.error} /> : null}
      {a && b && diff ? (
        <Compared a={a} b={b} diff={diff} current={current} fold={fold} onPick={pick} />
      ) : sides.error ? null : (
        <Waiting />
      )}
    </section>
  );
}
