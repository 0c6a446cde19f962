import { EditorContent, useEditor, type JSONContent } from '@tiptap/react';
import { useEffect, useState } from 'react';
import type { ArticleChange, ArticleDiff } from '../../../../../core/model/article/diff/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { docNode } from '../editor/apply-remote.ts';
import { articleExtensions } from '../editor/extensions.ts';
import { CompareMarks, compareKey } from './compare-plugin.ts';
import { compareDecorations, type CompareWords } from './decorations.ts';
import type { Side } from './use-sides.ts';

/** The title with what came and went in it. */
function ComparedTitle({ side, change }: { side: Side; change: ArticleChange | undefined }) {
  const { t } = useText();
  if (!change) return <h1 className="title-field">{side.title || t('stories.untitled')}</h1>;
  const { before, after, ranges } = change;
  const parts: { text: string; kind: 'kept' | 'ins' | 'del' }[] = [];
  let [a, b] = [0, 0];
  for (const { from, to, kind } of ranges) {
    const kept = kind === 'deleted' ? before.slice(a, from) : after.slice(b, from);
    parts.push({ text: kept, kind: 'kept' });
    [a, b] = [a + kept.length, b + kept.length];
    parts.push({
      text: (kind === 'deleted' ? before : after).slice(from, to),
      kind: kind === 'deleted' ? 'del' : 'ins',
    });
    if (kind === 'deleted') a = to;
    else b = to;
  }
  parts.push({ text: after.slice(b), kind: 'kept' });
  return (
    <h1 className="title-field">
      {parts.map(({ text, kind }, i) => {
        if (kind === 'kept') return <span key={i}>{text}</span>;
        return kind === 'ins' ? (
          <ins key={i} className="cmp-ins">
            {text}
          </ins>
        ) : (
          <del key={i} className="cmp-del">
            {text}
          </del>
        );
      })}
    </h1>
  );
}

interface ComparedProps {
  a: Side;
  b: Side;
  diff: ArticleDiff;
  current: number | null;
  fold: boolean;
  onPick: (index: number) => void;
}

/** The new text, read only, with the comparison drawn into it. */
export function Compared({ a, b, diff, current, fold, onPick }: ComparedProps) {
  const { t } = useText();
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const editor = useEditor({
    extensions: [...articleExtensions(), CompareMarks],
    content: b.doc as JSONContent,
    editable: false,
    editorProps: { attributes: { class: 'article compared', role: 'document', 'aria-label': t('compare.body') } },
  });
  useEffect(() => {
    const after = docNode(editor, b.doc);
    if (!editor.state.doc.eq(after)) editor.commands.setContent(b.doc as JSONContent, { emitUpdate: false });
    const tag: CompareWords['tag'] = (index, kind) => `${index + 1} · ${t(`compare.kind.${kind}`)}`;
    const words: CompareWords = {
      tag,
      tagLabel: (index, kind) => t('compare.tag', { n: index + 1, tag: tag(index, kind) }),
      fold: (blocks) => t('compare.folded', { count: blocks }),
    };
    const set = compareDecorations({
      diff,
      before: docNode(editor, a.doc),
      after: editor.state.doc,
      current,
      fold,
      unfolded,
      words,
      onPick,
      onUnfold: (first) => setUnfolded((before) => new Set([...before, first])),
    });
    editor.view.dispatch(editor.state.tr.setMeta(compareKey, set));
  }, [editor, a, b, diff, current, fold, unfolded, onPick, t]);
  const titleAt = diff.changes.findIndex(({ blockId }) => blockId === 'title');
  const titleTag = `${titleAt + 1} · ${t('compare.kind.changed')}`;
  return (
    <article className="doc">
      {titleAt < 0 ? null : (
        <button
          type="button"
          className="cmp-tag of-title"
          data-change={titleAt}
          aria-current={current === titleAt}
          aria-label={t('compare.tag', { n: titleAt + 1, tag: titleTag })}
          onClick={() => onPick(titleAt)}
        >
          {titleTag}
        </button>
      )}
      <ComparedTitle side={b} change={diff.changes[titleAt]} />
      <EditorContent editor={editor} />
    </article>
  );
}
